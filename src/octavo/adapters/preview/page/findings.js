// What is wrong with the text: each finding leads to its line, and to where that stands in the editions.

import { find, make } from "./dom.js";

export class Findings {
  constructor(onFinding) {
    this.onFinding = onFinding;
    this.findings = [];
    this.at = -1;
    this.list = find("findings");
  }

  show(findings) {
    this.findings = findings;
    this.at = -1;
    const errors = findings.filter((finding) => finding.severity === "error").length;
    const badge = find("findings-count");
    badge.textContent = findings.length;
    badge.classList.toggle("bad", errors > 0);
    const top = this.list.scrollTop;
    if (findings.length) this.list.replaceChildren(make("ul", {}, ...findings.map((one, index) => this.#item(one, index))));
    else this.list.replaceChildren(make("p", { class: "none", textContent: "Nothing was found." }));
    this.list.scrollTop = top;
  }

  /** Choose the finding so many further on. */
  turn(by) {
    if (this.findings.length === 0) return;
    const from = this.at < 0 && by < 0 ? 0 : this.at;
    this.choose((from + by + this.findings.length) % this.findings.length);
  }

  choose(index) {
    this.at = index;
    const buttons = [...this.list.querySelectorAll(".main")];
    buttons.forEach((button, number) => button.setAttribute("aria-current", String(number === index)));
    buttons[index]?.scrollIntoView({ block: "nearest" });
    this.onFinding(this.findings[index]);
  }

  #item(finding, index) {
    const { place } = finding;
    const main = make(
      "button",
      { type: "button", class: "main" },
      make("span", { class: "weight", textContent: finding.severity }),
      " ",
      make("span", { class: "code", textContent: `${finding.code} ${finding.rule}` }),
      make("span", { class: "message", textContent: finding.message }),
      finding.hint ? make("span", { class: "hint", textContent: finding.hint }) : null,
      place ? make("span", { class: "place", textContent: `${place.file}:${place.line}:${place.column}` }) : null,
    );
    main.addEventListener("click", () => this.choose(index));
    return make("li", { class: `item finding ${finding.severity}` }, main);
  }
}
