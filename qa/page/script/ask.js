// The question box, the chips under a question and the form that changes how it was understood.
(() => {
  const { send, watch, rename, params, heldAnew } = window.minutebook;
  const LOOK = 3000; // milliseconds between two looks at what goes on
  const SELDOM = 10; // every so many looks, where nothing does
  const box = () => document.querySelector("#mb-question textarea");
  const busy = () => document.querySelector('.mb-turn[aria-busy="true"]');

  function ask(asked) {
    if (busy()) return;
    if (location.hash) history.replaceState(null, "", location.pathname + location.search);
    send("ask", asked);
  }

  function submit() {
    const field = box();
    if (busy()) return;
    const within = params().getAll("within");
    ask({ question: field.value, ...(within.length && !params().has("q") ? { typed: { within } } : {}) });
    field.value = typing = "";
  }

  const turnOf = (element) => Number(element.closest(".mb-turn").dataset.turn);

  // The values of a form by name; a field for several holds them apart by semicolons.
  function typedIn(form) {
    const typed = { within: [] };
    for (const [name, value] of new FormData(form)) (typed[name] ??= []).push(value);
    for (const name of ["session", "body", "speaker"]) typed[name] = typed[name].join().split(";");
    if (!typed.within.length) typed.within = [""];
    return typed;
  }

  function edit(button) {
    const turn = button.closest(".mb-turn");
    const form = turn.querySelector(".mb-correct");
    const opens = form.hidden || !button.matches(".mb-narrow");
    form.hidden = !opens;
    turn.querySelector(".mb-narrow").setAttribute("aria-expanded", String(opens));
    if (opens) form.elements[button.dataset.edit]?.focus?.();
  }

  function close(form) {
    form.hidden = true;
    const narrow = form.closest(".mb-turn").querySelector(".mb-narrow");
    narrow.setAttribute("aria-expanded", "false");
    narrow.focus();
  }

  // A meeting that was found by typing becomes a box that is ticked.
  function add(input) {
    const option = [...document.querySelectorAll("#mb-held-meetings option")].find((one) => one.value === input.value);
    if (!option) return;
    const label = document.createElement("label");
    const tick = Object.assign(document.createElement("input"), {
      type: "checkbox",
      name: "within",
      value: option.dataset.record,
      checked: true,
    });
    label.append(tick, ` ${option.value}`);
    input.closest("fieldset").insertBefore(label, input.closest("label"));
    input.value = "";
  }

  function copied(button) {
    const label = button.textContent;
    button.textContent = button.dataset.done;
    setTimeout(() => (button.textContent = label), 2000);
  }

  function copy(button, text) {
    navigator.clipboard.writeText(text).then(() => copied(button));
  }
  window.minutebook.copy = copy;

  document.addEventListener("submit", (event) => {
    const correct = event.target.closest(".mb-correct");
    if (!correct && !event.target.closest("#mb-question")) return;
    event.preventDefault();
    if (correct) ask({ turn: turnOf(correct), typed: typedIn(correct) });
    else submit();
  });

  document.addEventListener("reset", (event) => {
    const correct = event.target.closest(".mb-correct");
    if (correct) close(correct);
  });

  document.addEventListener("input", (event) => {
    if (event.target.matches("[data-add]")) add(event.target);
  });

  document.addEventListener("keydown", (event) => {
    const form = event.target.closest?.(".mb-correct");
    if (event.key === "Escape" && form) {
      event.stopPropagation();
      return form.reset();
    }
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.target !== box()) return;
    event.preventDefault();
    submit();
  }, true);

  document.addEventListener("click", (event) => {
    const pressed = (selector) => event.target.closest(selector);
    const asked = pressed("[data-ask]");
    const again = pressed("[data-again]");
    const away = pressed("[data-correct]");
    const change = pressed("[data-edit]");
    const link = pressed('[data-copy="link"]');
    if (asked) ask({ question: asked.dataset.ask });
    else if (again) ask({ turn: Number(again.dataset.again) });
    else if (away) ask({ turn: turnOf(away), typed: JSON.parse(away.dataset.correct) });
    else if (change) edit(change);
    else if (link) copy(link, new URL(link.closest("[data-link]").dataset.link, location.origin).href);
    else if (pressed(".mb-stop")) send("stop");
  });

  // What is typed outlives a box that is made anew, in another language for example.
  let typing = "";
  let made = null;
  document.addEventListener("input", (event) => {
    if (event.target === box()) typing = event.target.value;
  });
  function keepTyped() {
    const field = box();
    if (field === made) return;
    made = field;
    if (field && !field.value) field.value = typing;
  }

  // A question that was not answered goes back to its box.
  let returned = null;
  function takeBack() {
    const trouble = document.querySelector(".mb-trouble[data-question]");
    if (trouble === returned) return;
    returned = trouble;
    if (trouble && box() && !box().value) box().value = trouble.dataset.question;
  }

  // A finished answer gives the page its address, and asks for questions to go on with.
  let finished = null;
  function finish() {
    const newest = [...document.querySelectorAll(".mb-turn")].at(-1);
    const link = newest?.dataset.link;
    if (newest && !link) finished = null;
    if (!link || `${newest.id}${link}` === finished) return;
    finished = `${newest.id}${link}`;
    if (document.documentElement.dataset.column === "ask") rename(link);
    send("further");
  }

  // What goes on at the index is asked for again, often while there is something to say or no record to ask. Once it is
  // over, records that came in since the page was opened show themselves, wherever they came from.
  let held = null;
  let asked = 0;
  const saying = () => document.querySelector("#mb-state .mb-state");
  function showHeld() {
    const now = document.querySelector("#mb-state [data-generation]")?.dataset.generation;
    held ??= now;
    if (now === held || saying() || busy()) return;
    held = now;
    heldAnew();
  }
  function askState() {
    const soon = saying() || document.querySelector(".mb-no-records");
    if (!document.hidden && (soon || ++asked % SELDOM === 0)) send("state");
  }
  setInterval(askState, LOOK);
  document.addEventListener("visibilitychange", () => document.hidden || send("state"));

  // The meetings that the address limits questions to.
  function showScope() {
    const line = document.querySelector(".mb-scope");
    if (!line) return;
    const within = params().has("q") ? [] : params().getAll("within");
    const named = [...document.querySelectorAll("#mb-held-meetings option")]
      .filter((one) => within.includes(one.dataset.record))
      .map((one) => one.value);
    const said = line.dataset.said.replace("{meeting}", named.join("; ") || within.join("; "));
    if (line.hidden !== !within.length) line.hidden = !within.length;
    if (line.firstChild.textContent !== said) line.firstChild.textContent = said;
  }

  // An address with a question asks it, once, when the page is opened.
  let opened = false;
  document.addEventListener("minutebook:screen", ({ detail: { screen, query } }) => {
    if (screen !== "ask" || opened) return;
    opened = true;
    if (!query.has("q")) return;
    const typed = {};
    for (const name of new Set(query.keys())) typed[name] = query.getAll(name);
    send("ask", { question: query.get("q"), typed });
  });

  watch(() => {
    keepTyped();
    takeBack();
    finish();
    showScope();
    showHeld();
  });
})();
