// The pages of a PDF: drawn when they come near, kept where they are when the book is built again.

import { make } from "./dom.js";
import { recall, remember } from "./anchor.js";

const STEP = 100;
const WIDEST = 4000;
// How far down the pane the point is that stays where it is.
const REFERENCE = 0.3;

export class Pages {
  constructor(scroller, onMove) {
    this.scroller = scroller;
    this.onMove = onMove;
    this.view = null;
    this.sheets = [];
    this.zoom = "width";
    this.memory = null;
    this.changed = [];
    this.watch = new IntersectionObserver((seen) => this.#near(seen), { root: scroller, rootMargin: "120% 0px" });
    scroller.addEventListener("scroll", () => this.#moved(), { passive: true });
    new ResizeObserver(() => this.#resize()).observe(scroller);
  }

  /** Show a view; what stood in the pane before stays in sight as far as it is still there. */
  show(view) {
    const old = this.view;
    const sameEdition = old !== null && old.edition === view.edition;
    const known = new Set(sameEdition ? old.pages.map((page) => page.digest) : []);
    const memory = old === null || old.pages.length === 0 ? null : this.memory ?? remember(old, this.point());
    const spare = new Map();
    for (const sheet of this.sheets) {
      if (!spare.has(sheet.digest)) spare.set(sheet.digest, []);
      spare.get(sheet.digest).push(sheet);
    }
    const before = this.sheets;
    this.view = view;
    this.changed = [];
    // Sheets that look the same are kept with their pictures; then those at the same index, whose picture is exchanged.
    const kept = view.pages.map((page) => spare.get(page.digest)?.shift());
    const free = new Set(before.filter((sheet) => !kept.includes(sheet)));
    this.sheets = view.pages.map((page, index) => {
      let sheet = kept[index];
      if (!sheet) {
        sheet = free.has(before[index]) ? before[index] : this.#makeSheet();
        free.delete(sheet);
      }
      const isNew = sameEdition && !known.has(page.digest);
      if (isNew) this.changed.push(index);
      this.#fill(sheet, page, index, isNew);
      return sheet;
    });
    for (const sheet of free) this.watch.unobserve(sheet.element);
    this.scroller.replaceChildren(...this.sheets.map((sheet) => sheet.element));
    this.#measure();
    this.scrollTo(memory ? recall(view, memory) : 0, REFERENCE);
    for (const sheet of this.sheets) if (sheet.near) this.#draw(sheet);
    this.#moved();
  }

  /** The point of the pages that stands at a part of the pane's height: 2.5 is the middle of the third page. */
  point(part = REFERENCE) {
    const y = this.scroller.scrollTop + this.scroller.clientHeight * part;
    let low = 0;
    let high = this.sheets.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.sheets[middle].element.offsetTop - this.scroller.offsetTop <= y) low = middle;
      else high = middle - 1;
    }
    const paper = this.sheets[low]?.element;
    if (!paper) return 0;
    const into = (y - (paper.offsetTop - this.scroller.offsetTop)) / Math.max(this.sheets[low].paper.offsetHeight, 1);
    return low + Math.min(Math.max(into, 0), 0.999);
  }

  /** Bring a point to a part of the pane's height. */
  scrollTo(point, part = 0) {
    const index = Math.min(Math.max(Math.floor(point), 0), this.sheets.length - 1);
    if (index < 0) return;
    const { element, paper } = this.sheets[index];
    const y = element.offsetTop - this.scroller.offsetTop + (point - index) * paper.offsetHeight;
    this.scroller.scrollTop = y - this.scroller.clientHeight * part;
  }

  /** The index of the page in the middle of the pane. */
  get current() {
    return Math.floor(this.point(0.5));
  }

  goTo(index) {
    if (this.sheets.length === 0) return;
    this.scrollTo(Math.min(Math.max(index, 0), this.sheets.length - 1), 0);
    this.scroller.scrollTop -= 8;
  }

  /** Lead to a place by its name, and show where it is; false where the edition has none. */
  leadTo(anchor) {
    const place = this.view?.places[anchor];
    if (!place) return false;
    const [page, top] = place;
    this.scrollTo(page + top, REFERENCE);
    const spot = make("div", { class: "spot" });
    spot.style.top = `${top * 100}%`;
    this.sheets[page].paper.append(spot);
    spot.addEventListener("animationend", () => spot.remove());
    setTimeout(() => spot.remove(), 4000);
    return true;
  }

  setZoom(zoom) {
    const memory = this.view ? remember(this.view, this.point()) : null;
    this.zoom = zoom;
    this.#measure();
    if (memory) this.scrollTo(memory.point, REFERENCE);
    for (const sheet of this.sheets) if (sheet.near) this.#draw(sheet);
  }

  #makeSheet() {
    const paper = make("div", { class: "paper" });
    const caption = make("figcaption");
    const element = make("figure", { class: "sheet" }, paper, caption);
    const sheet = { element, paper, caption, image: null, near: false, drawn: "", digest: "", page: null };
    element.sheet = sheet;
    this.watch.observe(element);
    return sheet;
  }

  #fill(sheet, page, index, isNew) {
    sheet.page = page;
    sheet.digest = page.digest;
    sheet.element.classList.toggle("new", isNew);
    sheet.element.dataset.index = index;
    sheet.element.dataset.digest = page.digest;
    sheet.caption.textContent = page.folio;
    sheet.paper.style.aspectRatio = `${page.width} / ${page.height}`;
    const told = `Page ${page.folio}${isNew ? ", changed by the last build" : ""}`;
    sheet.element.setAttribute("aria-label", told);
    if (sheet.image) sheet.image.alt = told;
  }

  #near(seen) {
    for (const { target, isIntersecting } of seen) {
      target.sheet.near = isIntersecting;
      if (isIntersecting) this.#draw(target.sheet);
    }
  }

  #draw(sheet) {
    const pixels = sheet.paper.clientWidth * (window.devicePixelRatio || 1);
    const width = Math.min(Math.max(Math.ceil(pixels / STEP) * STEP, STEP), WIDEST);
    const address = `pages/${encodeURIComponent(this.view.edition)}/${sheet.digest}.png?width=${width}`;
    if (sheet.drawn === address || pixels === 0) return;
    sheet.drawn = address;
    const image = make("img", { src: address, alt: `Page ${sheet.page.folio}`, draggable: false });
    // The old picture stays until the new one can be seen.
    image.decode().then(
      () => {
        if (sheet.drawn !== address) return;
        sheet.image?.remove();
        sheet.image = image;
        sheet.paper.prepend(image);
        sheet.element.dataset.shown = sheet.digest;
      },
      () => {
        if (sheet.drawn === address) sheet.drawn = "";
      },
    );
  }

  #measure() {
    const first = this.view?.pages[0];
    if (!first) return;
    const wide = Math.max(...this.view.pages.map((page) => page.width));
    const room = { width: this.scroller.clientWidth - 26, height: this.scroller.clientHeight - 40 };
    // One point is 4/3 pixels at full size (CSS Values 4, 6.2).
    let width = (wide * 4) / 3;
    if (this.zoom === "width") width = room.width;
    else if (this.zoom === "whole") width = Math.min(room.width, (room.height * first.width) / first.height);
    else width *= Number(this.zoom);
    this.scroller.style.setProperty("--width", `${Math.max(Math.floor(width), 80)}px`);
  }

  #moved() {
    if (!this.view || this.view.pages.length === 0) return;
    this.memory = remember(this.view, this.point());
    this.onMove(this.current);
  }

  #resize() {
    if (!this.view || !this.memory) return;
    const { point } = this.memory;
    this.#measure();
    this.scrollTo(point, REFERENCE);
    for (const sheet of this.sheets) if (sheet.near) this.#draw(sheet);
  }
}
