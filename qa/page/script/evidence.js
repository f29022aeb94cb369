// From a citation to its words. The address holds the state: #t1-c2 is the second citation of the first turn, and its
// record is open beside the answer. Gradio rewrites the turns, classes too, while an answer grows, so the state is put
// back after every change of the page.
(() => {
  const { send, watch } = window.minutebook;
  const CITATION = /^#t(\d+)-c(\d+)$/;
  let lastTurn = null;
  let asked = null; // what the server was last asked to open

  const shown = () => {
    const found = CITATION.exec(location.hash);
    return found && { turn: found[1], number: found[2] };
  };
  const cardOf = (turn, number) => document.getElementById(`t${turn}-c${number}`);
  const marksOf = (turn, number) =>
    document.querySelectorAll(`.mb-mark[data-turn="${turn}"][data-citation="${number}"]`);
  const setClass = (element, name, on) => {
    if (element.classList.contains(name) !== on) element.classList.toggle(name, on);
  };
  const reader = () => document.querySelector(".mb-record");

  function show() {
    const turns = [...document.querySelectorAll(".mb-turn")];
    const newest = turns.at(-1);
    if (newest && newest.id !== lastTurn) begin(newest);
    if (!newest) lastTurn = null;
    const at = shown();
    const card = at && cardOf(at.turn, at.number);
    const active = card ? card.closest(".mb-turn") : newest;
    for (const turn of turns) setClass(turn, "mb-active", turn === active);
    const current = new Set(card ? marksOf(at.turn, at.number) : []);
    for (const mark of document.querySelectorAll(".mb-mark")) setClass(mark, "mb-current", current.has(mark));
    setClass(document.documentElement, "mb-asked", Boolean(newest));
    if (card) open(at, card);
    else if (asked?.startsWith("t")) close();
  }

  function begin(turn) {
    const first = lastTurn === null || turn.id === "t1";
    lastTurn = turn.id;
    if (first) scrollTo({ top: 0 });
    else turn.scrollIntoView({ block: "start", behavior: pace() });
  }

  const pace = () => (matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth");

  // The record of a citation: from the server unless it is open already, then its quote is brought into view.
  function open(at, card) {
    const { record, version } = card.dataset;
    const wanted = `t${at.turn} ${record} ${version}`;
    setClass(document.documentElement, "mb-reads", true);
    if (asked !== wanted) {
      asked = wanted;
      send("open", { turn: at.turn, number: at.number });
    }
    const panel = reader();
    if (!panel || panel.dataset.record !== record || panel.dataset.version !== version) return;
    if (panel.dataset.turn !== at.turn || panel.dataset.shown === at.number) return;
    panel.dataset.shown = at.number;
    panel.dataset.quotation = card.dataset.quotation;
    panel.querySelector(".mb-here").replaceChildren(...numbered(card).flatMap((fact) => [fact, " "]));
    for (const mark of panel.querySelectorAll("mark")) {
      setClass(mark, "mb-current", mark.dataset.numbers.split(" ").includes(at.number));
    }
    bringIntoView(panel.querySelector("mark.mb-current"), panel);
  }

  // What the panel says of the quote: its number and, from its card, item, speaker, page or time.
  function numbered(card) {
    const number = document.createElement("li");
    number.append(card.querySelector(".mb-number").cloneNode(true));
    return [number, ...[...card.querySelectorAll(".mb-facts li")].slice(1).map((fact) => fact.cloneNode(true))];
  }

  function bringIntoView(place, panel) {
    const pages = panel.querySelector(".mb-pages");
    if (!place) return;
    const top = place.getBoundingClientRect().top - pages.getBoundingClientRect().top + pages.scrollTop;
    pages.scrollTo({ top: top - pages.clientHeight / 4, behavior: "auto" });
  }

  function go(turn, number) {
    const hash = `#t${turn}-c${number}`;
    if (location.hash !== hash) history.pushState(null, "", location.pathname + location.search + hash);
    delete reader()?.dataset.shown;
    show();
    for (const mark of [...marksOf(turn, number)].slice(0, 1)) mark.scrollIntoView({ block: "nearest" });
  }

  function close() {
    asked = null;
    setClass(document.documentElement, "mb-reads", false);
  }

  // Back to the text, to the number one came from.
  function leave() {
    const at = shown();
    close();
    if (!at) return;
    history.pushState(null, "", location.pathname + location.search);
    show();
    marksOf(at.turn, at.number)[0]?.focus();
  }

  function step(turn, by) {
    const cards = [...document.querySelectorAll(`#t${turn} .mb-card[data-citation]`)];
    if (!cards.length) return;
    const at = shown();
    const now = at && at.turn === turn ? cards.findIndex((card) => card.dataset.citation === at.number) : -1;
    const next = now < 0 ? (by > 0 ? 0 : cards.length - 1) : (now + by + cards.length) % cards.length;
    go(turn, cards[next].dataset.citation);
  }

  function stepActive(by) {
    const active = document.querySelector(".mb-turn.mb-active");
    if (active && document.documentElement.dataset.column === "ask") step(active.dataset.turn, by);
  }

  // A place of a record, from a list or from the panel itself: {record, version, start, end}. The address then names no
  // citation any more, or the next change of the page would open that again; the way back leads to it.
  function openPlace(place) {
    if (shown()) history.pushState(null, "", location.pathname + location.search);
    asked = JSON.stringify(place);
    delete reader()?.dataset.shown;
    setClass(document.documentElement, "mb-reads", true);
    send("open", place);
    showPlace();
  }
  Object.assign(window.minutebook, { openPlace, closeReader: close });

  // Waits until the panel holds the place that was asked for last, then brings it into view, once.
  function showPlace() {
    const panel = reader();
    if (!asked?.startsWith("{") || panel?.dataset.turn !== "0" || panel.dataset.shown === asked) return;
    const { record, version, start = 0 } = JSON.parse(asked);
    const { record: shownRecord, version: shownVersion, at } = panel.dataset;
    if (shownRecord !== record || (version && shownVersion !== String(version)) || at !== String(start)) return;
    panel.dataset.shown = asked;
    const blocks = [...panel.querySelectorAll(".mb-pages [data-start]")];
    const place = panel.querySelector("mark") ?? blocks.findLast((one) => one.dataset.start <= start);
    bringIntoView(place, panel);
  }
  watch(showPlace);

  // What is shown may have been purged meanwhile: whoever comes back to the page or goes on with it has that looked up.
  let checked = 0;
  let soon = null;
  function check() {
    if (document.hidden || soon || !document.querySelector(".mb-turn, .mb-record")) return;
    soon = setTimeout(() => {
      const { record, version } = reader()?.dataset ?? {};
      soon = null;
      checked = Date.now();
      send("check", { record, version });
    }, Math.max(0, checked + 3000 - Date.now()));
  }
  for (const name of ["pointerdown", "keydown", "visibilitychange"]) document.addEventListener(name, check);

  document.addEventListener("click", (event) => {
    const pressed = (selector) => event.target.closest(selector);
    const mark = pressed(".mb-mark");
    const card = pressed(".mb-card[data-citation]");
    const button = pressed("[data-step]");
    const tool = pressed("[data-reader]");
    const place = pressed("[data-open]");
    if (place) return openPlace(JSON.parse(place.dataset.open));
    if (!mark && !card && !button && !tool) return;
    event.preventDefault();
    if (mark) go(mark.dataset.turn, mark.dataset.citation);
    else if (card) go(card.closest(".mb-turn").dataset.turn, card.dataset.citation);
    else if (tool && ["back", "close"].includes(tool.dataset.reader)) leave();
    else if (tool) step(reader().dataset.turn, tool.dataset.reader === "next" ? 1 : -1);
    else if (button.dataset.step === "close") leave();
    else step(button.dataset.turn, button.dataset.step === "next" ? 1 : -1);
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") return leave();
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    if (event.key === " " && event.target.matches(".mb-mark")) {
      event.preventDefault();
      event.target.click();
    } else if (event.key === "n") stepActive(1);
    else if (event.key === "p") stepActive(-1);
  });

  // The quote of a number, while the pointer or the focus is on it.
  const peek = Object.assign(document.createElement("div"), { id: "mb-peek", role: "tooltip", hidden: true });
  function showPeek(mark) {
    const card = cardOf(mark.dataset.turn, mark.dataset.citation);
    if (!card) return;
    const source = Object.assign(document.createElement("p"), { className: "mb-peek-source" });
    source.textContent = [card.querySelector("h4"), ...card.querySelectorAll(".mb-facts li")]
      .map((part) => part.textContent)
      .join(" · ");
    const quote = document.createElement("blockquote");
    quote.lang = card.querySelector("blockquote").lang;
    quote.append(...[...card.querySelector("mark").childNodes].map((node) => node.cloneNode(true)));
    peek.replaceChildren(quote, source);
    if (!peek.isConnected) document.querySelector("gradio-app").append(peek);
    peek.hidden = false;
    mark.setAttribute("aria-describedby", "mb-peek");
    const at = mark.getBoundingClientRect();
    const below = at.bottom + peek.offsetHeight + 16 < innerHeight;
    peek.style.top = `${below ? at.bottom + 8 : Math.max(8, at.top - peek.offsetHeight - 8)}px`;
    peek.style.left = `${Math.min(Math.max(8, at.left - 24), innerWidth - peek.offsetWidth - 8)}px`;
  }
  function hidePeek() {
    peek.hidden = true;
    peek.replaceChildren();
  }
  watch(() => peek.hidden || document.querySelector(".mb-mark:is(:hover, :focus)") || hidePeek());
  for (const [enters, leaves] of [["pointerover", "pointerout"], ["focusin", "focusout"]]) {
    document.addEventListener(enters, (event) => {
      const mark = event.target.closest?.(".mb-mark");
      if (mark && event.pointerType !== "touch") showPeek(mark);
    });
    document.addEventListener(leaves, (event) => event.target.closest?.(".mb-mark") && hidePeek());
  }
  addEventListener("scroll", hidePeek, { passive: true });
  document.addEventListener("click", hidePeek);

  addEventListener("popstate", () => {
    delete reader()?.dataset.shown;
    show();
  });
  watch(show);
})();
