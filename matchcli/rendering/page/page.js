"use strict";
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  const spoken = document.getElementById("spoken");
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  let chosen = null;

  const parts = (id) => document.querySelectorAll(`[data-event~="${id}"]`);

  function clear() {
    for (const part of document.querySelectorAll(".chosen")) part.classList.remove("chosen");
    for (const part of document.querySelectorAll("[aria-current]")) part.removeAttribute("aria-current");
    chosen = null;
  }

  // The report scrolls in its own column where there is room for one; elsewhere the page scrolls.
  function show(part) {
    if (!part) return;
    const column = part.closest(".text");
    if (column && column.scrollHeight > column.clientHeight + 2) {
      const offset = part.getBoundingClientRect().top - column.getBoundingClientRect().top;
      column.scrollTop += offset - column.clientHeight / 3;
    }
    const place = part.getBoundingClientRect();
    if (place.top < 0 || place.bottom > window.innerHeight) {
      part.scrollIntoView({ block: "center", behavior: still ? "auto" : "smooth" });
    }
  }

  function choose(id, from) {
    const again = chosen === id && from !== "address";
    clear();
    if (again) {
      history.replaceState(null, "", location.pathname + location.search);
      return;
    }
    chosen = id;
    for (const part of parts(id)) part.classList.add("chosen");
    const event = document.getElementById(id);
    const link = event && event.querySelector("a");
    if (link) link.setAttribute("aria-current", "true");
    const ref = document.getElementById(id.replace("-e", "-w"));
    if (ref) ref.setAttribute("aria-current", "true");
    const words = [...document.querySelectorAll(`mark[data-event~="${id}"]`)];
    if (from === "report") {
      show(event);
      if (link) spoken.textContent = link.textContent.replace(/\s+/g, " ").trim();
    } else {
      show(words[0]);
      const told = event && event.querySelector(".words");
      if (told) spoken.textContent = told.textContent;
      if (from === "drawing" || from === "address") show(event);
    }
    history.replaceState(null, "", `#${id}`);
  }

  document.addEventListener("click", (click) => {
    const target = click.target instanceof Element ? click.target : null;
    if (!target || click.ctrlKey || click.metaKey || click.shiftKey) return;
    const part = target.closest("[data-event]");
    if (!part) return;
    // Whoever drags over the report wants to copy its words.
    if (part.tagName === "MARK" && String(window.getSelection())) return;
    click.preventDefault();
    const from = part.closest(".text") ? "report" : part.closest(".drawing") ? "drawing" : "list";
    choose(part.dataset.event.split(" ")[0], from);
  });

  document.addEventListener("keydown", (key) => {
    if (key.altKey || key.ctrlKey || key.metaKey) return;
    if (key.key === "Escape" && chosen) {
      clear();
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[key.key];
    const here = document.activeElement && document.activeElement.closest(".event, .ref");
    if (!step || !here) return;
    const kind = here.classList.contains("ref") ? ".ref" : ".event";
    const all = [...here.closest(".match").querySelectorAll(kind)];
    const next = all[all.indexOf(here) + step];
    if (!next) return;
    key.preventDefault();
    (kind === ".ref" ? next : next.querySelector("a")).focus();
  });

  const asked = /^#(m\d+)-[ew](\d+)$/.exec(location.hash);
  if (asked && document.getElementById(`${asked[1]}-e${asked[2]}`)) choose(`${asked[1]}-e${asked[2]}`, "address");
})();
