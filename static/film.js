// A film and its transcript: a time plays the film in its place, and the line that is said is marked.
// Without this script the times open the film itself at that moment, by the fragment of its address.
"use strict";

for (const stage of document.querySelectorAll("[data-film]")) {
  const film = stage.querySelector("[data-plays]");
  const lines = [...stage.querySelectorAll("[data-from]")];

  stage.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-seconds]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    film.currentTime = Number(link.dataset.seconds);
    film.play().catch(() => {});  // a browser may wait for a touch of its own button
  });

  film.addEventListener("timeupdate", () => {
    for (const list of new Set(lines.map((line) => line.parentElement))) {
      const said = lines.filter((line) => line.parentElement === list && Number(line.dataset.from) <= film.currentTime);
      for (const line of list.querySelectorAll("[aria-current]")) line.removeAttribute("aria-current");
      if (said.length) said.at(-1).setAttribute("aria-current", "true");
    }
  });
}
