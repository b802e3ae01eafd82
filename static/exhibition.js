// A sense of place: the contents of an exhibition mark the part that is being read. The page works without it.
"use strict";

const links = new Map([...document.querySelectorAll("[data-contents] a")].map((link) => [link.hash.slice(1), link]));

function mark(id) {
  for (const [name, link] of links) {
    if (name === id) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

// A part is being read while it crosses a line a third of the way down the window.
const reading = new Set();
const seen = new IntersectionObserver((entries) => {
  for (const entry of entries) reading[entry.isIntersecting ? "add" : "delete"](entry.target.id);
  mark([...reading].at(-1));
}, { rootMargin: "-33% 0px -66% 0px" });

for (const part of document.querySelectorAll("[data-part]")) seen.observe(part);
