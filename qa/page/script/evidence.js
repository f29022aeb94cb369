// Shows the evidence of a citation beside its answer. The address holds the state: #t1-c2 is the second
// citation of the first turn. Gradio rewrites the turns, classes too, while an answer grows, so the state is
// put back after every change of the page.
(() => {
  const { watch } = window.minutebook;
  const CITATION = /^#t(\d+)-c(\d+)$/;
  let lastTurn = null;

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

  function show() {
    const turns = [...document.querySelectorAll(".mb-turn")];
    const newest = turns.at(-1);
    if (newest && newest.id !== lastTurn) begin(newest);
    if (!newest) lastTurn = null;
    const at = shown();
    const card = at && cardOf(at.turn, at.number);
    const active = card ? card.closest(".mb-turn") : newest;
    for (const turn of turns) {
      setClass(turn, "mb-active", turn === active);
      setClass(turn, "mb-open", Boolean(card) && turn === active);
    }
    for (const other of document.querySelectorAll(".mb-card")) setClass(other, "mb-shown", other === card);
    const current = new Set(card ? marksOf(at.turn, at.number) : []);
    for (const mark of document.querySelectorAll(".mb-mark")) setClass(mark, "mb-current", current.has(mark));
    setClass(document.documentElement, "mb-asked", Boolean(newest));
    return card;
  }

  function begin(turn) {
    const first = lastTurn === null || turn.id === "t1";
    lastTurn = turn.id;
    if (shown()) history.replaceState(null, "", location.pathname + location.search);
    if (first) scrollTo({ top: 0 });
    else turn.scrollIntoView({ block: "start", behavior: pace() });
  }

  function pace() {
    return matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
  }

  function go(turn, number) {
    const hash = `#t${turn}-c${number}`;
    if (location.hash !== hash) history.pushState(null, "", location.pathname + location.search + hash);
    const card = show();
    if (!card) return;
    bringIntoView(card);
    card.focus({ preventScroll: true });
  }

  // Scrolls only the panel: the card to its top, or the quote to its middle where the card is longer.
  function bringIntoView(card) {
    const panel = card.closest(".mb-scroll");
    const quote = card.querySelector("mark");
    const top = card.getBoundingClientRect().top - panel.getBoundingClientRect().top + panel.scrollTop;
    const depth = quote.getBoundingClientRect().bottom - card.getBoundingClientRect().top;
    const spare = depth > panel.clientHeight ? depth - panel.clientHeight / 2 : 0;
    panel.scrollTo({ top: top + spare - 12, behavior: pace() });
  }

  function leave() {
    const at = shown();
    if (!at) return;
    history.pushState(null, "", location.pathname + location.search);
    show();
    const mark = marksOf(at.turn, at.number)[0];
    if (mark) mark.focus();
  }

  function step(turn, by) {
    const cards = [...document.querySelectorAll(`#t${turn} .mb-card[data-citation]`)];
    if (!cards.length) return;
    const at = cards.findIndex((card) => card.classList.contains("mb-shown"));
    const next = at < 0 ? (by > 0 ? 0 : cards.length - 1) : (at + by + cards.length) % cards.length;
    go(turn, cards[next].dataset.citation);
  }

  function stepActive(by) {
    const active = document.querySelector(".mb-turn.mb-active");
    if (active) step(active.id.slice(1), by);
  }

  document.addEventListener("click", (event) => {
    const mark = event.target.closest(".mb-mark");
    const back = event.target.closest(".mb-back");
    const button = event.target.closest("[data-step]");
    if (!mark && !back && !button) return;
    event.preventDefault();
    if (mark) go(mark.dataset.turn, mark.dataset.citation);
    else if (back || button.dataset.step === "close") leave();
    else step(button.dataset.turn, button.dataset.step === "next" ? 1 : -1);
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") return leave();
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    if (event.key === " " && event.target.matches(".mb-mark, .mb-back")) {
      event.preventDefault();
      event.target.click();
    } else if (event.key === "n") stepActive(1);
    else if (event.key === "p") stepActive(-1);
  });

  addEventListener("popstate", () => {
    const card = show();
    if (card) bringIntoView(card);
  });
  watch(show);
})();
