// What is kept of answers: the menu that saves them, what is said of them, the list of conversations.
(() => {
  const { send, watch, go, params } = window.minutebook;
  const pressed = new Map();
  const sure = new Set(); // what to delete was clicked once; a list that arrives between the clicks changes nothing

  const searched = () => params().get("q") ?? "";

  function turnOf(element) {
    return Number(element.closest("[data-turn]")?.dataset.turn ?? 0);
  }

  function save(button) {
    send("save", { form: button.dataset.file, whole: Boolean(button.dataset.whole), turn: turnOf(button) });
    button.closest("details")?.removeAttribute("open");
  }

  function judge(element, verdict, note = "") {
    pressed.set(turnOf(element), verdict);
    send("judge", { turn: turnOf(element), verdict, note });
    press();
  }

  function press() {
    for (const button of document.querySelectorAll(".mb-keep [data-verdict]")) {
      const on = String(pressed.get(turnOf(button)) === button.dataset.verdict);
      if (button.getAttribute("aria-pressed") !== on) button.setAttribute("aria-pressed", on);
    }
  }

  function toggleWrong(button) {
    const keep = button.closest(".mb-keep");
    const form = keep.querySelector(".mb-wrong");
    form.hidden = !form.hidden;
    keep.querySelector("[data-wrong]").setAttribute("aria-expanded", String(!form.hidden));
    (form.hidden ? keep.querySelector("[data-wrong]") : form.querySelector("textarea")).focus();
  }

  // Deleting takes two clicks on the same button.
  function forget(button) {
    const conversation = button.dataset.forget;
    if (sure.delete(conversation)) return send("forget", { conversation, search: searched() });
    sure.add(conversation);
    confirm();
  }

  function confirm() {
    for (const button of document.querySelectorAll("[data-forget]")) {
      if (!sure.has(button.dataset.forget) || button.textContent === button.dataset.really) continue;
      button.textContent = button.dataset.really;
      button.removeAttribute("aria-label");
    }
  }

  document.addEventListener("click", (event) => {
    const at = (selector) => event.target.closest(selector);
    const open = at("[data-reopen]");
    for (const menu of document.querySelectorAll(".mb-save[open]")) {
      if (!menu.contains(event.target)) menu.removeAttribute("open");
    }
    if (at("[data-file]")) save(at("[data-file]"));
    else if (at("[data-verdict]")) judge(event.target, at("[data-verdict]").dataset.verdict);
    else if (at("[data-wrong]")) toggleWrong(at("[data-wrong]"));
    else if (at("[data-forget]")) forget(at("[data-forget]"));
    else if (open) {
      pressed.clear();
      send("reopen", { conversation: open.dataset.reopen });
      go("./");
    }
  });

  document.addEventListener("submit", (event) => {
    const form = event.target.closest(".mb-wrong");
    if (!form) return;
    event.preventDefault();
    judge(form, "wrong", form.querySelector("textarea").value);
    toggleWrong(form);
  });

  watch(press);
  watch(confirm);

  document.addEventListener("minutebook:screen", (event) => {
    sure.clear();
    if (event.detail.screen === "history") send("history", { search: searched() });
  });
})();
