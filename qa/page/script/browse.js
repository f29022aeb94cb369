// The screens one leafs through: a new one begins at its heading, with its record beside it where there is room.
(() => {
  const { send, watch, openPlace, copy } = window.minutebook;
  let read = null;

  function begin(leaf) {
    read = leaf;
    scrollTo({ top: 0 });
    const heading = leaf.querySelector("h2");
    if (heading) document.title = `${heading.textContent.trim().slice(0, 80)} · Minutebook`;
    const field = leaf.contains(document.activeElement);
    if (!field && document.activeElement === document.body) heading?.focus({ preventScroll: true });
    if (leaf.dataset.opens && innerWidth > 860) openPlace(JSON.parse(leaf.dataset.opens));
  }

  document.addEventListener("minutebook:screen", ({ detail: { screen } }) => {
    if (screen === "ask") document.title = "Minutebook";
  });

  document.addEventListener("click", (event) => {
    const table = event.target.closest("[data-table]");
    const link = event.target.closest('[data-copy="address"]');
    const dot = event.target.closest(".mb-plot [data-citation]");
    if (table) send("table", { query: location.search });
    if (link) copy(link, location.origin + location.pathname + location.search);
    if (dot) document.getElementById(`event-${dot.dataset.citation}`)?.scrollIntoView({ block: "center" });
  });

  watch(() => {
    const leaf = document.querySelector("#mb-leaf .mb-sheet");
    if (leaf && leaf !== read) begin(leaf);
  });
})();
