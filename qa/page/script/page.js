// The page and its address. What is shown follows from the query of the address: ?view=decisions&topic=tram, ?meeting=ID,
// ?q=... A link to a query and a form with data-visit change the address without loading the page again. Events go to
// the server through `minutebook.send`; the server's answers arrive as new content of the page's parts.
window.minutebook = (() => {
  const early = [];
  const watchers = [];
  let trigger = null;
  let lastAsked = "./";
  let place = location.search;

  // Called once by the wire; what was sent before is sent then.
  function connect(wire) {
    trigger = wire;
    early.splice(0).forEach(([event, data]) => trigger(event, data));
  }

  function send(event, data = {}) {
    if (trigger) trigger(event, data);
    else early.push([event, data]);
  }

  const params = () => new URLSearchParams(location.search);

  function screenOf(query) {
    if (query.has("view")) return query.get("view");
    if (query.has("meeting")) return "meetings";
    return query.has("decision") ? "decisions" : "ask";
  }

  // Calls `look` after every change of the page, at most once a frame.
  function watch(look) {
    watchers.push(look);
  }

  let scheduled = false;
  function changed() {
    if (scheduled) return;
    scheduled = true;
    requestAnimationFrame(() => {
      scheduled = false;
      for (const look of watchers) look();
    });
  }

  function go(query) {
    history.pushState(null, "", query);
    place = location.search;
    route();
  }

  // Puts another query into the address without leaving the screen.
  function rename(query) {
    history.replaceState(null, "", `${query}${location.hash}`);
    place = location.search;
    if (screenOf(params()) === "ask") lastAsked = query;
  }

  let visited = null;
  function route() {
    const query = params();
    const screen = screenOf(query);
    const link = document.querySelector(`.mb-screens [data-screen="${CSS.escape(screen)}"]`);
    document.documentElement.dataset.column = link?.dataset.column ?? "ask";
    showWhere();
    window.minutebook.closeReader?.();
    if (link?.dataset.column === "browse" && visited !== location.search) {
      visited = location.search;
      send("visit", { query: location.search });
    }
    document.dispatchEvent(new CustomEvent("minutebook:screen", { detail: { screen, query } }));
  }

  function showWhere() {
    const screen = screenOf(params());
    for (const link of document.querySelectorAll(".mb-screens a")) {
      const here = link.dataset.screen === screen;
      if (here !== (link.getAttribute("aria-current") === "page")) {
        if (here) {
          link.setAttribute("aria-current", "page");
          link.parentElement.scrollLeft = link.offsetLeft - link.parentElement.offsetWidth / 2;
        } else link.removeAttribute("aria-current");
      }
    }
  }

  let routed = false;
  watch(() => {
    const head = document.querySelector(".mb-masthead");
    if (!head) return;
    if (document.documentElement.lang !== head.lang) document.documentElement.lang = head.lang;
    if (!routed) {
      routed = true;
      route();
    }
    showWhere();
  });

  // A file arrives as a link that holds it, and is saved once.
  let saved = null;
  watch(() => {
    const link = document.querySelector("#mb-saved a[download]");
    if (!link || link.dataset.number === saved) return;
    saved = link.dataset.number;
    link.click();
  });

  function speak(language) {
    document.cookie = `minutebook-language=${language}; path=/; max-age=31536000; SameSite=Strict`;
    send("speak");
    visited = null;
    if (document.documentElement.dataset.column === "browse") route();
  }

  // Other records are held than when the page was opened: lists are made anew when they are next visited.
  function heldAnew() {
    send("held");
    visited = null;
  }

  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const language = event.target.closest("[data-language]");
    const link = event.target.closest('a[href^="?"]');
    if (language) speak(language.dataset.language);
    if (!link || link.target) return;
    event.preventDefault();
    go(link.dataset.screen === "ask" ? lastAsked : link.getAttribute("href"));
  });

  function visitForm(form) {
    const filled = [...new FormData(form)].filter(([, value]) => value !== "");
    go(`?${new URLSearchParams(filled)}`);
  }

  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-visit]");
    if (!form) return;
    event.preventDefault();
    visitForm(form);
  });

  // A day that is chosen is written out: the field itself shows it in an order of the browser's own.
  document.addEventListener("input", (event) => {
    const written = event.target.matches('[type="date"]') && event.target.closest("label").querySelector("output");
    if (!written) return;
    const locale = document.documentElement.lang === "zh" ? "zh-CN" : "en-GB";
    const day = new Date(`${event.target.value}T00:00`);
    written.textContent = event.target.value
      ? day.toLocaleDateString(locale, { day: "numeric", month: "long", year: "numeric" })
      : "";
  });

  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-visit]");
    if (form) visitForm(form);
  });

  addEventListener("popstate", () => {
    if (location.search !== place) route();
    place = location.search;
  });
  const told = ["class", "data-query", "data-link", "data-record", "data-version", "data-at", "aria-busy", "aria-expanded"];
  const changes = { childList: true, subtree: true, attributes: true, attributeFilter: told };
  new MutationObserver(changed).observe(document, changes);
  return { connect, send, watch, go, rename, params, heldAnew };
})();
