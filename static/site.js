// Conveniences of every page: larger type in one touch, copying a line, printing. Pages work without any.
"use strict";

// Does what can wait when the browser has nothing else to do.
const later = window.requestIdleCallback || ((act) => setTimeout(act, 200));

// The page brought the letters it is set in. Those of what appears later (suggestions, captions) come from slices of
// the whole faces. Their style sheet is long: it is read when the reader does something first.
const slices = document.currentScript.dataset.fonts;
const DOINGS = ["pointerdown", "keydown", "focusin", "play"];

function readSlices() {
  for (const doing of DOINGS) removeEventListener(doing, readSlices, true);
  const sheet = document.createElement("link");
  sheet.rel = "stylesheet";
  sheet.href = slices;
  later(() => document.head.append(sheet));  // not between two keys
}

for (const doing of DOINGS) addEventListener(doing, readSlices, true);

// What lies below the first screen is laid out when all else is done.
addEventListener("load", () => later(() => document.documentElement.classList.add("settled")), { once: true });

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

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
