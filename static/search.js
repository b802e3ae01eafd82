// Draw over several bars of centuries to see their years; each bar is a link, and the form of years does the same.
"use strict";

for (const bars of document.querySelectorAll("[data-over]")) {
  const all = [...bars.querySelectorAll("li")];
  let from = null;

  const under = (event) => all.indexOf(document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-over] > li"));
  const drawn = (to) => all.slice(Math.min(from, to), Math.max(from, to) + 1);

  function end() {
    from = null;
    for (const one of all) delete one.dataset.drawn;
  }

  bars.addEventListener("dragstart", (event) => event.preventDefault());
  bars.addEventListener("pointerdown", (event) => { from = event.button === 0 ? under(event) : null; });
  bars.addEventListener("pointermove", (event) => {
    const to = from === null ? -1 : under(event);
    if (to < 0) return;
    const chosen = drawn(to);
    for (const one of all) one.toggleAttribute("data-drawn", chosen.length > 1 && chosen.includes(one));
  });
  addEventListener("pointerup", (event) => {
    const to = from === null || from < 0 ? -1 : under(event);
    const chosen = to < 0 ? [] : drawn(to);
    end();
    if (chosen.length < 2) return;
    const address = new URL(bars.dataset.over, location.href);
    address.searchParams.set("from", chosen[0].dataset.first);
    address.searchParams.set("to", chosen.at(-1).dataset.last);
    bars.addEventListener("click", (click) => click.preventDefault(), { once: true, capture: true });
    location.assign(address);
  });
  addEventListener("pointercancel", end);
}
