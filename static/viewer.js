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
  caption.textContent = link.dataset.shown;
  caption.lang = link.dataset.shownLang;
  const count = stage.querySelector("[data-count]");
  count.textContent = count.dataset.pattern.replace("{n}", link.dataset.page);
  stage.querySelector("[data-status]").textContent = count.textContent;
  canvas.querySelector("[role=img]").setAttribute("aria-label", link.dataset.alt);
  for (const words of stage.querySelectorAll("[data-words]")) words.hidden = words.dataset.words !== link.dataset.page;
  history.replaceState(null, "", link.href);
  viewer.open(await described(link.dataset.info));
}

// The viewer adds an inline style, which our policy forbids, unless it finds an element so named and marked.
function keepStylesOut() {
  const mark = document.createElementNS("", "style");
  mark.setAttribute("data-openseadragon-mobile-css", "true");
  document.head.append(mark);
}

// The part that the address names (Media Fragments 1.0, section 4.2.2): #xywh=percent:x,y,w,h, or in pixels.
function part(image) {
  const found = /[#&]xywh=(percent:|pixel:)?([\d.]+),([\d.]+),([\d.]+),([\d.]+)(?:&|$)/.exec(location.hash);
  if (!found) return null;
  const { x: width, y: height } = image.getContentSize();
  const [x, y, w, h] = found.slice(2).map(Number);
  const [across, down] = found[1] === "percent:" ? [width / 100, height / 100] : [1, 1];
  return image.imageToViewportRectangle(x * across, y * down, w * across, h * down);
}

// Copies the page's address with the part that is seen now, in tenths of percent.
async function copyPart(viewer) {
  const image = viewer.world.getItemAt(0);
  const { x: width, y: height } = image.getContentSize();
  const seen = image.viewportToImageRectangle(viewer.viewport.getBounds());
  const share = (value, all) => Math.round(Math.min(Math.max(value / all, 0), 1) * 1000) / 10;
  const [left, top] = [share(seen.x, width), share(seen.y, height)];
  const [right, bottom] = [share(seen.x + seen.width, width), share(seen.y + seen.height, height)];
  const place = [left, top, right - left, bottom - top].map((value) => +value.toFixed(1)).join(",");
  await navigator.clipboard.writeText(`${location.href.split("#")[0]}#xywh=percent:${place}`);
  stage.querySelector("[data-status]").textContent = stage.querySelector("[data-do=link]").dataset.done;
}

// The viewer's own script is large: it comes when all else is there, and the still picture has been seen.
function fetched() {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = stage.dataset.viewer;
    script.onload = resolve;
    script.onerror = reject;
    document.head.append(script);
  });
}

async function start() {
  const [info] = await Promise.all([described(canvas.dataset.info), fetched()]);
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
  viewer.addOnceHandler("open", () => {
    canvas.classList.add("live");
    const asked = part(viewer.world.getItemAt(0));
    if (asked) viewer.viewport.fitBounds(asked, true);
  });
  viewer.addHandler("open-failed", () => { holder.remove(); canvas.classList.remove("live"); });

  // A window that changes its size shows the whole again, until the reader has moved the picture.
  let moved = Boolean(location.hash);
  for (const doing of ["canvas-drag", "canvas-pinch", "canvas-scroll", "canvas-key", "canvas-click"]) {
    viewer.addHandler(doing, () => { moved = true; });
  }
  viewer.addHandler("after-resize", () => { if (!moved) setTimeout(() => viewer.viewport.goHome(true)); });

  const steps = {
    in: () => viewer.viewport.zoomBy(1.6),
    out: () => viewer.viewport.zoomBy(1 / 1.6),
    home: () => viewer.viewport.goHome(),
    link: () => copyPart(viewer),
    full: () => document.fullscreenElement ? document.exitFullscreen() : stage.requestFullscreen(),
  };
  const tools = stage.querySelector("[data-tools]");
  tools.querySelector("[data-do=link]").hidden = !navigator.clipboard;
  tools.addEventListener("click", (event) => {
    const step = steps[event.target.dataset.do];
    if (!step) return;
    moved = event.target.dataset.do !== "home";
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

function begin() {
  start().catch(() => { stage.querySelector("[data-tools]").hidden = true; });  // the still picture stays
}

if (canvas && document.readyState === "complete") begin();
else if (canvas) addEventListener("load", begin, { once: true });
