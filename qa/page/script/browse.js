// The screens one leafs through: a new one begins at its heading, with its record beside it where there is room. Gradio
// changes the elements of the one before rather than making new ones, so a screen is known by the address it was made for.
(() => {
  const { send, watch, openPlace, copy } = window.minutebook;
  let read = null;
  let arrived = null;

  function begin(leaf) {
    scrollTo({ top: 0 });
    const heading = leaf.querySelector("h2");
    if (heading) document.title = `${heading.textContent.trim().slice(0, 80)} · Minutebook`;
    const field = leaf.contains(document.activeElement);
    if (!field && document.activeElement === document.body) heading?.focus({ preventScroll: true });
    if (leaf.dataset.opens && innerWidth > 860) openPlace(JSON.parse(leaf.dataset.opens));
  }

  document.addEventListener("minutebook:screen", ({ detail: { screen } }) => {
    read = null;
    if (screen === "ask") document.title = "Minutebook";
  });

  // Filters that were unfolded stay so while they are changed, until the list is asked for or left.
  let unfolded = false;
  function fold() {
    const button = document.querySelector(".mb-fold");
    if (button && button.getAttribute("aria-expanded") !== String(unfolded)) button.setAttribute("aria-expanded", unfolded);
  }
  document.addEventListener("submit", (event) => {
    if (!event.target.matches(".mb-filters")) return;
    unfolded = false;
    fold();
  });

  document.addEventListener("click", (event) => {
    const table = event.target.closest("[data-table]");
    const link = event.target.closest('[data-copy="address"]');
    const dot = event.target.closest(".mb-plot [data-citation]");
    if (event.target.closest(".mb-fold, .mb-screens a")) {
      unfolded = Boolean(event.target.closest('.mb-fold[aria-expanded="false"]'));
      fold();
    }
    if (table) send("table", { query: location.search });
    if (link) copy(link, location.origin + location.pathname + location.search);
    if (dot) document.getElementById(`event-${dot.dataset.citation}`)?.scrollIntoView({ block: "center" });
  });

  watch(fold);
  watch(() => {
    const leaf = document.querySelector("#mb-leaf [data-query] > .mb-sheet");
    const query = leaf?.parentElement.dataset.query;
    if (!leaf || `${leaf.lang} ${query}` === read) return;
    if (query !== arrived) {
      arrived = query;
      if (query !== location.search && document.documentElement.dataset.column === "browse") {
        send("visit", { query: location.search }); // an answer to an earlier address came last
      }
    }
    if (query !== location.search) return;
    read = `${leaf.lang} ${query}`;
    begin(leaf);
  });
})();
