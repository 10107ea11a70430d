// The list of all notes: number, text, chapter; each leads to its page and to its call.

import { find, make } from "./dom.js";

export class Notes {
  constructor({ onNote, onSource }) {
    this.onNote = onNote;
    this.onSource = onSource;
    this.notes = [];
    this.chosen = "";
    this.list = find("notes-list");
    this.filter = find("notes-filter");
    this.filter.addEventListener("input", () => this.#draw());
  }

  show(notes) {
    this.notes = notes;
    find("notes-count").textContent = notes.length;
    const top = this.list.scrollTop;
    this.#draw();
    this.list.scrollTop = top;
  }

  #draw() {
    const words = this.filter.value.trim().toLocaleLowerCase().split(/\s+/).filter(Boolean);
    const chosen = this.notes.filter((note) => {
      if (words.length === 1 && note.label.toLocaleLowerCase() === words[0]) return true;
      const text = `${note.label} ${note.text} ${note.chapter}`.toLocaleLowerCase();
      return words.every((word) => text.includes(word));
    });
    const parts = [];
    let chapter = null;
    let list = null;
    for (const note of chosen) {
      if (note.chapter !== chapter) {
        chapter = note.chapter;
        list = make("ul");
        parts.push(make("h3", { textContent: chapter }), list);
      }
      list.append(this.#item(note));
    }
    if (chosen.length === 0) {
      const said = this.notes.length ? "No note has these words." : "There are no notes.";
      parts.push(make("p", { class: "none", textContent: said }));
    }
    this.list.replaceChildren(...parts);
  }

  #choose(note) {
    this.chosen = note.note;
    for (const button of this.list.querySelectorAll(".main")) {
      button.setAttribute("aria-current", String(button.dataset.note === note.note));
    }
    this.onNote(note);
  }

  #item(note) {
    const main = make(
      "button",
      { type: "button", class: "main", "data-note": note.note },
      make("span", { class: "label", textContent: note.label }),
      make("span", { class: "text", textContent: note.text }),
      make("span", { class: "page", textContent: note.page ? `p. ${note.page}` : "" }),
    );
    main.setAttribute("aria-current", String(note.note === this.chosen));
    main.addEventListener("click", () => this.#choose(note));
    const title = `Source: ${note.file}, line ${note.line}`;
    const more = make("button", { type: "button", class: "more", title, "aria-label": title, textContent: "¶" });
    more.addEventListener("click", () => this.onSource(note));
    return make("li", { class: "item note" }, main, more);
  }
}
