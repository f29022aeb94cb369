// What is kept of answers: the menu that saves them, what is said of them, the list of conversations.
(() => {
  const { send, watch, go, params } = window.minutebook;
  const pressed = new Map();

  function turnOf(element) {
    return Number(element.closest("[data-turn]")?.dataset.turn ?? 0);
  }

  function save(button) {
    send("save", { form: button.dataset.save, whole: Boolean(button.dataset.whole), turn: turnOf(button) });
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
    if (button.dataset.sure) return send("forget", { conversation: button.dataset.forget });
    button.dataset.sure = "1";
    button.textContent = button.dataset.really;
    button.removeAttribute("aria-label");
  }

  document.addEventListener("click", (event) => {
    const at = (selector) => event.target.closest(selector);
    const open = at("[data-open]");
    for (const menu of document.querySelectorAll(".mb-save[open]")) {
      if (!menu.contains(event.target)) menu.removeAttribute("open");
    }
    if (at("[data-save]")) save(at("[data-save]"));
    else if (at("[data-verdict]")) judge(event.target, at("[data-verdict]").dataset.verdict);
    else if (at("[data-wrong]")) toggleWrong(at("[data-wrong]"));
    else if (at("[data-forget]")) forget(at("[data-forget]"));
    else if (open) {
      pressed.clear();
      send("reopen", { conversation: open.dataset.open });
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

  // A file arrives as a link that holds it.
  let last = null;
  watch(() => {
    press();
    const link = document.querySelector("#mb-saved a[download]");
    if (!link || link.dataset.number === last) return;
    last = link.dataset.number;
    link.click();
  });

  document.addEventListener("minutebook:screen", (event) => {
    if (event.detail.screen === "history") send("history", { search: params().get("q") ?? "" });
  });
})();
