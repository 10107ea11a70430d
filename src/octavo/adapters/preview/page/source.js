// The lines of a file around a place.

import { find, make } from "./dom.js";
import { fetchJson } from "./feed.js";

export class Source {
  constructor() {
    this.panel = find("source");
    this.asked = 0;
  }

  get isOpen() {
    return !this.panel.hidden;
  }

  /** Show a place: a file, and lines and columns from 1, of which all but the first may be left out. */
  async show(place) {
    const asked = ++this.asked;
    const names = ["file", "line", "column", "end_line", "end_column"].filter((name) => place[name] !== undefined);
    const query = new URLSearchParams(names.map((name) => [name, place[name]]));
    let source;
    try {
      source = await fetchJson(`source.json?${query}`);
    } catch {
      source = { file: place.file, line: place.line ?? 1, lines: [], editor: "" };
    }
    if (asked === this.asked) this.#draw(source);
  }

  close() {
    this.asked += 1;
    this.panel.hidden = true;
    this.panel.replaceChildren();
  }

  #draw(source) {
    const close = make("button", { type: "button", class: "plain", title: "Close (Esc)", "aria-label": "Close the source", textContent: "×" });
    close.addEventListener("click", () => this.close());
    const head = make(
      "header",
      {},
      make("h2", { textContent: `${source.file}, line ${source.line}`, title: source.file }),
      source.editor ? make("a", { href: source.editor, textContent: "Open in editor" }) : null,
      close,
    );
    const lines = make("div", { class: "lines", tabIndex: 0, "aria-label": "Lines of the source" });
    for (const line of source.lines) {
      const words = make("span", { class: "words" }, line.before, line.marked ? make("mark", { textContent: line.marked }) : null, line.after);
      const row = make("div", { class: line.marked ? "here" : undefined }, make("span", { class: "number", textContent: line.number }), words);
      lines.append(row);
    }
    if (source.lines.length === 0) lines.append(make("p", { class: "none", textContent: "This file cannot be shown as text." }));
    this.panel.replaceChildren(head, lines);
    this.panel.hidden = false;
    const mark = lines.querySelector("mark");
    if (mark) lines.scrollTop = mark.offsetTop - lines.offsetTop - lines.clientHeight / 2;
  }
}
