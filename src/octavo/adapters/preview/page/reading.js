// The reading view: one document of the EPUB at a time in a frame that may run nothing.

import { make } from "./dom.js";
import { recallBlock, rememberBlock } from "./place.js";

export class Reading {
  constructor(holder, { onShow, onKey }) {
    this.holder = holder;
    this.onShow = onShow;
    this.onKey = onKey;
    this.view = null;
    this.path = null;
    this.digest = null;
    this.frame = null;
    this.waiting = null;
  }

  /** Show a view: the same document at the same place where it is still there, else the first. */
  show(view) {
    const sameEdition = this.view?.edition === view.edition;
    this.view = view;
    const entry = (sameEdition && this.#entry(this.path)) || view.documents[0];
    if (!entry) return;
    if (!sameEdition || entry.digest !== this.digest) this.#load(entry, { memory: sameEdition ? rememberBlock(this.frame) : null });
    else this.onShow(entry.path);
  }

  /** Lead to an anchor, and show where it is; false where the edition has none. */
  leadTo(anchor) {
    const path = this.view?.anchors[anchor];
    if (!path) return false;
    this.goTo(path, anchor);
    return true;
  }

  goTo(path, anchor = "") {
    const entry = this.#entry(path);
    if (!entry) return;
    if (path === this.path && !this.waiting) this.#mark(anchor);
    else this.#load(entry, { anchor });
  }

  /** Go so many documents on. */
  turn(by) {
    const index = this.view?.documents.findIndex((entry) => entry.path === this.path) ?? -1;
    const entry = index < 0 ? null : this.view.documents[index + by];
    if (entry) this.goTo(entry.path);
  }

  focus() {
    this.frame?.contentWindow?.focus();
  }

  #entry(path) {
    return this.view?.documents.find((entry) => entry.path === path) ?? null;
  }

  #load(entry, { memory = null, anchor = "" }) {
    this.waiting?.remove();
    const frame = make("iframe", { class: "waiting", title: `Reading view: ${entry.title}`, sandbox: "allow-same-origin" });
    frame.addEventListener("load", () => {
      if (this.waiting !== frame || !frame.contentDocument) return;
      this.#furnish(frame);
      recallBlock(frame, memory);
      frame.classList.remove("waiting");
      this.frame?.remove();
      this.frame = frame;
      this.waiting = null;
      if (anchor) this.#mark(anchor);
      this.holder.dataset.shown = entry.digest;
    });
    this.path = entry.path;
    this.digest = entry.digest;
    this.waiting = frame;
    frame.src = `read/${encodeURIComponent(this.view.edition)}/${entry.digest}/${encodeURI(entry.path)}`;
    this.holder.append(frame);
    this.onShow(entry.path);
  }

  #furnish(frame) {
    const page = frame.contentDocument;
    // Reading systems give margins, and a dark ground to readers who like it.
    Object.assign(page.documentElement.style, { colorScheme: "light dark", maxWidth: "44rem", margin: "0 auto", padding: "1rem 1.6rem" });
    page.addEventListener("keydown", this.onKey);
    page.addEventListener("click", (event) => {
      const link = event.target.closest?.("a[href]");
      if (!link) return;
      event.preventDefault();
      this.#follow(new URL(link.getAttribute("href"), page.baseURI));
    });
  }

  #follow(address) {
    const start = new URL("read/", document.baseURI);
    if (address.href.startsWith(start.href)) {
      const [, , ...path] = address.href.slice(start.href.length).split(/[?#]/)[0].split("/");
      this.goTo(decodeURI(path.join("/")), decodeURIComponent(address.hash.slice(1)));
    } else if (["http:", "https:"].includes(address.protocol)) {
      window.open(address.href, "_blank", "noopener,noreferrer");
    }
  }

  #mark(anchor) {
    const page = this.frame?.contentDocument;
    if (!page) return;
    const element = anchor ? page.getElementById(anchor) : null;
    if (!element) {
      this.frame.contentWindow.scrollTo(0, 0);
      return;
    }
    element.scrollIntoView({ block: "center" });
    element.animate([{ backgroundColor: "#ffb300aa", outline: "3px solid #d97706" }, { outline: "3px solid transparent" }], 2600);
  }
}
