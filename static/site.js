// Two conveniences of every page: larger type in one touch, and copying a line. Pages work without either.
"use strict";

const larger = document.querySelector("[data-larger]");

function setLarger(on) {
  document.documentElement.classList.toggle("larger", on);
  larger.setAttribute("aria-pressed", String(on));
}

function remembered() {
  try { return localStorage.getItem("larger") === "yes"; } catch { return false; }
}

if (larger) {
  setLarger(remembered());
  larger.hidden = false;
  larger.addEventListener("click", () => {
    const on = !document.documentElement.classList.contains("larger");
    setLarger(on);
    try { localStorage.setItem("larger", on ? "yes" : "no"); } catch { /* private windows keep nothing */ }
  });
}

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
    button.parentElement.querySelector("[data-copy-status]").textContent = button.dataset.done;
    button.textContent = button.dataset.done;
  });
}
