// The search box as a combobox (WAI-ARIA 1.2): suggestions below it while somebody types. Without this script it is a
// plain box. The answer comes in the reader's language; nothing is said here but what the site says.
"use strict";

const PAUSE = 160; // milliseconds without a key before asking
const PAUSE_COMPOSING = 400; // the same while a syllable is being put together: a resting hand, not half a syllable
const MOST_KEPT = 50; // answers

class Combobox {
  constructor(form) {
    this.form = form;
    this.input = form.querySelector("input[type=search]");
    this.answers = new Map();
    this.options = [];
    this.active = -1;
    this.build();
    this.listen();
  }

  build() {
    const name = this.input.id;
    this.input.type = "text"; // only a plain text field may be a combobox (ARIA in HTML)
    this.list = Object.assign(document.createElement("ul"), { id: `${name}-suggestions`, className: "suggestions", hidden: true });
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", document.querySelector(`label[for="${name}"]`).textContent);
    this.status = Object.assign(document.createElement("p"), { className: "hush" });
    this.status.setAttribute("role", "status");
    this.form.append(this.list, this.status);
    const told = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id };
    for (const [key, value] of Object.entries(told)) this.input.setAttribute(key, value);
  }

  listen() {
    this.input.addEventListener("input", (event) => this.later(event.isComposing));
    this.input.addEventListener("compositionend", () => this.later(false));
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => this.close());
    this.list.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps the focus
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) location.assign(option.dataset.url);
    });
  }

  later(composing) {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.ask(), composing ? PAUSE_COMPOSING : PAUSE);
  }

  async ask() {
    const text = this.input.value.trim();
    this.asking?.abort();
    if (!text) return this.close();
    if (!this.answers.has(text)) {
      this.asking = new AbortController();
      try {
        const found = await this.fetch(text, this.asking.signal);
        if (this.answers.size >= MOST_KEPT) this.answers.clear();
        this.answers.set(text, found);
      } catch {
        return undefined; // another question came, or the site did not answer: the box works on
      }
    }
    if (this.input.value.trim() === text && document.activeElement === this.input) this.show(this.answers.get(text));
    return undefined;
  }

  async fetch(text, signal) {
    const lang = this.form.querySelector("input[name=lang]");
    const params = new URLSearchParams({ q: text, ...(lang && { lang: lang.value }) });
    const answer = await fetch(`${this.form.dataset.suggest}?${params}`, { signal });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  }

  show(found) {
    this.options = found.suggestions.map((one, place) => this.option(one, place));
    this.list.replaceChildren(...this.options);
    this.status.textContent = found.said;
    this.choose(-1);
    this.open(this.options.length > 0);
  }

  option(one, place) {
    const option = Object.assign(document.createElement("li"), { id: `${this.list.id}-${place}` });
    option.setAttribute("role", "option");
    option.dataset.url = one.url;
    const text = Object.assign(document.createElement("span"), { textContent: one.text });
    const note = Object.assign(document.createElement("span"), { className: "ground", textContent: one.note });
    option.append(text, " ", note);
    return option;
  }

  open(on) {
    this.list.hidden = !on;
    this.input.setAttribute("aria-expanded", String(on));
  }

  close() {
    clearTimeout(this.waiting);
    this.asking?.abort();
    this.status.textContent = "";
    this.choose(-1);
    this.open(false);
  }

  choose(place) {
    this.active = place;
    for (const [number, option] of this.options.entries()) option.setAttribute("aria-selected", String(number === place));
    if (place < 0) return this.input.removeAttribute("aria-activedescendant");
    this.input.setAttribute("aria-activedescendant", this.options[place].id);
    return this.options[place].scrollIntoView({ block: "nearest" });
  }

  key(event) {
    if (event.isComposing || event.keyCode === 229) return; // the key belongs to the syllable, also Enter
    const acts = { ArrowDown: () => this.move(1), ArrowUp: () => this.move(-1), Escape: () => this.escape(), Enter: () => this.enter() };
    if (acts[event.key]?.()) event.preventDefault();
  }

  move(step) {
    if (this.list.hidden) {
      this.ask();
      return true;
    }
    const many = this.options.length + 1; // the box itself is one of the places
    this.choose(((this.active + 1 + step + many) % many) - 1);
    return true;
  }

  escape() {
    if (!this.list.hidden) this.close();
    else this.input.value = "";
    return true;
  }

  enter() {
    clearTimeout(this.waiting);
    if (this.list.hidden || this.active < 0) return false;
    location.assign(this.options[this.active].dataset.url);
    return true;
  }
}

for (const form of document.querySelectorAll("form[data-suggest]")) new Combobox(form);
