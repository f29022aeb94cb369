// Searching within an open record, and copying from it. What is found is highlighted without touching the text.
(() => {
  const { watch } = window.minutebook;
  let found = [];
  let at = -1;

  // The text of the record as the page holds it, with the node each character is in.
  function nodesOf(pages) {
    const walk = document.createTreeWalker(pages, NodeFilter.SHOW_TEXT);
    const nodes = [];
    let length = 0;
    while (walk.nextNode()) {
      nodes.push({ node: walk.currentNode, start: length });
      length += walk.currentNode.length;
    }
    return nodes;
  }

  function rangesOf(pages, words) {
    const nodes = nodesOf(pages);
    const text = nodes.map(({ node }) => node.data).join("");
    const pattern = new RegExp(words.trim().split(/\s+/).map(escaped).join("\\s+"), "giu");
    const place = (offset) => {
      const held = nodes.findLast(({ start }) => start <= offset);
      return [held.node, offset - held.start];
    };
    return [...text.matchAll(pattern)].map((match) => {
      const range = new Range();
      range.setStart(...place(match.index));
      const [node, offset] = place(match.index + match[0].length - 1);
      range.setEnd(node, offset + 1);
      return range;
    });
  }

  const escaped = (word) => word.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&");

  function search(form) {
    const words = form.querySelector("input").value;
    found = words.trim() ? rangesOf(form.closest(".mb-record").querySelector(".mb-pages"), words) : [];
    at = found.length ? 0 : -1;
    tell(form, words);
  }

  function step(form, by) {
    if (!found.length) return search(form);
    at = (at + by + found.length) % found.length;
    tell(form, form.querySelector("input").value);
  }

  function tell(form, words) {
    const output = form.querySelector("output");
    const { found: some, none } = output.dataset;
    const counted = some.replace("{at}", at + 1).replace("{count}", found.length);
    output.textContent = !words.trim() ? "" : found.length ? counted : none;
    if (window.Highlight) {
      CSS.highlights.set("mb-found", new Highlight(...found));
      CSS.highlights.set("mb-found-here", new Highlight(...found.slice(at, at + 1)));
    }
    const here = found[at];
    if (!here) return;
    here.startContainer.parentElement.closest("details")?.setAttribute("open", "");
    const pages = form.closest(".mb-record").querySelector(".mb-pages");
    const top = here.getBoundingClientRect().top - pages.getBoundingClientRect().top + pages.scrollTop;
    pages.scrollTo({ top: top - pages.clientHeight / 3 });
  }

  document.addEventListener("input", (event) => {
    const form = event.target.closest(".mb-find");
    if (form) search(form);
  });

  document.addEventListener("submit", (event) => {
    const form = event.target.closest(".mb-find");
    if (!form) return;
    event.preventDefault();
    step(form, 1);
  });

  document.addEventListener("click", (event) => {
    const find = event.target.closest("[data-find]");
    const quotation = event.target.closest('[data-copy="quotation"]');
    if (find) step(find.closest(".mb-find"), Number(find.dataset.find));
    if (quotation) window.minutebook.copy(quotation, quotation.closest("[data-quotation]").dataset.quotation);
  });

  let searched = null;
  watch(() => {
    const panel = document.querySelector(".mb-record");
    const shown = panel && `${panel.dataset.record} ${panel.dataset.version}`;
    if (shown === searched) return;
    searched = shown;
    found = [];
    if (window.Highlight) CSS.highlights.clear();
    panel?.querySelector(".mb-find")?.reset();
    panel?.querySelector(".mb-find output")?.replaceChildren();
  });
})();
