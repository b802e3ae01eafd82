// The picture viewer: OpenSeadragon under our own buttons, and the strip of pages without a reload.
// Without this script the page shows one picture of middling size, and the strip's links open the others.
"use strict";

const stage = document.querySelector("[data-viewer]");
const canvas = stage && stage.querySelector("[data-canvas]");

// Read a picture's description and ask for its tiles where it was read: from here, by whatever name the reader reached
// this site, or from the institution's own service.
async function described(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  const info = await answer.json();
  info["@id" in info ? "@id" : "id"] = new URL(address, location.href).href.replace(/\/info\.json$/, "");
  return info;
}

async function open(viewer, link) {
  for (const other of stage.querySelectorAll("[data-page]")) other.removeAttribute("aria-current");
  link.setAttribute("aria-current", "page");
  const caption = stage.querySelector("[data-caption]");
  caption.textContent = link.dataset.alt;
  caption.lang = link.dataset.altLang;
  const count = stage.querySelector("[data-count]");
  count.textContent = count.dataset.pattern.replace("{n}", link.dataset.page);
  stage.querySelector("[data-status]").textContent = count.textContent;
  canvas.querySelector("[role=img]").setAttribute("aria-label", link.dataset.alt);
  history.replaceState(null, "", link.href);
  viewer.open(await described(link.dataset.info));
}

// The viewer adds an inline style, which our policy forbids, unless it finds an element so named and marked.
function keepStylesOut() {
  const mark = document.createElementNS("", "style");
  mark.setAttribute("data-openseadragon-mobile-css", "true");
  document.head.append(mark);
}

async function start() {
  const info = await described(canvas.dataset.info);
  const holder = document.createElement("div");
  holder.style.cssText = "position:absolute;inset:0";
  const still = canvas.querySelector("[data-still]");
  canvas.append(holder);
  keepStylesOut();
  const viewer = OpenSeadragon({
    element: holder,
    tileSources: info,
    showNavigationControl: false,
    drawer: "canvas",
    gestureSettingsMouse: { scrollToZoom: false },
    visibilityRatio: 0.4,
    maxZoomPixelRatio: 2,
    animationTime: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 0.8,
  });
  viewer.canvas.setAttribute("role", "img");
  viewer.canvas.setAttribute("aria-label", still.alt);
  viewer.addOnceHandler("open", () => canvas.classList.add("live"));
  viewer.addHandler("open-failed", () => { holder.remove(); canvas.classList.remove("live"); });

  const steps = {
    in: () => viewer.viewport.zoomBy(1.6),
    out: () => viewer.viewport.zoomBy(1 / 1.6),
    home: () => viewer.viewport.goHome(),
    full: () => document.fullscreenElement ? document.exitFullscreen() : stage.requestFullscreen(),
  };
  const tools = stage.querySelector("[data-tools]");
  tools.hidden = false;
  tools.addEventListener("click", (event) => {
    const step = steps[event.target.dataset.do];
    if (!step) return;
    step();
    viewer.viewport.applyConstraints();
  });
  document.addEventListener("fullscreenchange", () => {
    tools.querySelector("[data-do=full]").setAttribute("aria-pressed", String(Boolean(document.fullscreenElement)));
  });
  for (const link of stage.querySelectorAll("[data-page]")) {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      open(viewer, link);
    });
  }
}

if (canvas && window.OpenSeadragon) start().catch(() => {});  // the still picture stays
