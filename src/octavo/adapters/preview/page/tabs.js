// Two lists behind one row of tabs (WAI-ARIA, the pattern "tabs").

import { find } from "./dom.js";

const NAMES = ["findings", "notes"];

export function chooseTab(chosen) {
  for (const name of NAMES) {
    const tab = find(`tab-${name}`);
    tab.setAttribute("aria-selected", String(name === chosen));
    tab.tabIndex = name === chosen ? 0 : -1;
    find(name).hidden = name !== chosen;
  }
}

export function makeTabs() {
  NAMES.forEach((name, index) => {
    const tab = find(`tab-${name}`);
    tab.addEventListener("click", () => chooseTab(name));
    tab.addEventListener("keydown", (event) => {
      if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
      const other = NAMES[(index + 1) % NAMES.length];
      chooseTab(other);
      find(`tab-${other}`).focus();
    });
  });
}
