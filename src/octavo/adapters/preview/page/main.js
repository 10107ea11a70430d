// The page: what the server tells goes into its parts, and what one does in a part leads the others.

import { count, fillSelect, find } from "./dom.js";
import { listen } from "./feed.js";
import { Findings } from "./findings.js";
import { keyHandler } from "./keys.js";
import { placesNear } from "./near.js";
import { Notes } from "./notes.js";
import { Pages } from "./pages.js";
import { Reading } from "./reading.js";
import { Source } from "./source.js";
import { makeSplitter } from "./splitter.js";
import { showGone, showStatus } from "./status.js";
import { chooseTab, makeTabs } from "./tabs.js";

let book = null;
let jumped = -1;

const source = new Source();
const pages = new Pages(find("pages"), showFolio);
const onKey = keyHandler({
  "[": () => pages.goTo(pages.current - 1),
  "]": () => pages.goTo(pages.current + 1),
  ",": () => turnFinding(-1),
  ".": () => turnFinding(1),
  c: () => nextChanged(),
  1: () => find("pages").focus(),
  2: () => reading.focus(),
  f: () => openTab("findings"),
  n: () => openTab("notes"),
  "/": () => {
    chooseTab("notes");
    find("notes-filter").focus();
  },
  Escape: () => source.close(),
  "?": () => find("help").showModal(),
});
const reading = new Reading(find("reading"), { onShow: (path) => (find("document").value = path), onKey });
const findings = new Findings((finding) => {
  if (!finding.place) return;
  source.show(finding.place);
  leadToLine(finding.place.file, finding.place.line);
});
const notes = new Notes({
  onNote: (note) => leadTo(note.call) || leadTo(note.note),
  onSource: (note) => source.show({ file: note.file, line: note.line, column: note.column }),
});

function leadTo(anchor) {
  const onPage = pages.leadTo(anchor);
  return reading.leadTo(anchor) || onPage;
}

function leadToLine(file, line) {
  if (book) placesNear(book, file, line).some((anchor) => leadTo(anchor));
}

function turnFinding(by) {
  chooseTab("findings");
  findings.turn(by);
}

function openTab(name) {
  chooseTab(name);
  find(`tab-${name}`).focus();
}

function showFolio(index) {
  const view = pages.view;
  const page = view.pages[index];
  if (!page) return;
  if (document.activeElement !== find("folio")) find("folio").value = page.folio;
  find("folio-of").textContent = `${index + 1} of ${view.pages.length}`;
  const entries = view.outline.filter((entry) => entry.page <= index);
  const chapter = find("chapter");
  if (document.activeElement !== chapter) chapter.value = String(view.outline.indexOf(entries.at(-1)));
}

function nextChanged() {
  if (pages.changed.length === 0) return;
  jumped = (jumped + 1) % pages.changed.length;
  pages.goTo(pages.changed[jumped]);
}

function showBook(made) {
  book = made;
  document.title = `${book.title} – preview`;
  find("title").textContent = book.title;
  find("title").title = book.title;
  chooseEdition(find("paged"), book.paged, (view) => {
    pages.show(view);
    const entries = view.outline.map((entry, index) => ({ value: index, label: "\u2003".repeat(entry.level - 1) + entry.title }));
    fillSelect(find("chapter"), [{ value: -1, label: "Beginning" }, ...entries]);
    showFolio(pages.current);
  });
  chooseEdition(find("read-edition"), book.reading, (view) => {
    fillSelect(find("document"), view.documents.map(({ path, title }) => ({ value: path, label: title })));
    reading.show(view);
  });
  find("pages-pane").hidden = book.paged.length === 0;
  find("reading-pane").hidden = book.reading.length === 0;
  find("pages-empty").hidden = find("reading-empty").hidden = true;
  notes.show(book.notes);
  jumped = -1;
  const chip = find("changed");
  chip.hidden = pages.changed.length === 0;
  chip.textContent = `${count(pages.changed.length, "page")} changed`;
}

/** Show the chosen one of some views; the choice is there only where there is one. */
function chooseEdition(select, views, show) {
  fillSelect(select, views.map(({ edition }) => ({ value: edition, label: edition })));
  select.hidden = views.length < 2;
  const showChosen = () => {
    const view = views.find(({ edition }) => edition === select.value) ?? views[0];
    if (view) show(view);
  };
  select.onchange = showChosen;
  showChosen();
}

find("chapter").addEventListener("change", (event) => {
  const entry = pages.view?.outline[Number(event.target.value)];
  if (!entry) {
    pages.goTo(0);
    return;
  }
  pages.scrollTo(entry.page + entry.top, 0.05);
  const near = Object.entries(pages.view.places)
    .filter(([name, [page]]) => page === entry.page && reading.view?.anchors[name])
    .sort(([, one], [, other]) => Math.abs(one[1] - entry.top) - Math.abs(other[1] - entry.top))[0];
  if (near) reading.leadTo(near[0]);
});
find("folio").addEventListener("change", (event) => {
  const wanted = event.target.value.trim();
  const index = pages.view?.pages.findIndex(({ folio }) => folio === wanted) ?? -1;
  if (index >= 0) pages.goTo(index);
  event.target.blur();
  showFolio(pages.current);
});
find("zoom").addEventListener("change", (event) => pages.setZoom(event.target.value));
find("previous-page").addEventListener("click", () => pages.goTo(pages.current - 1));
find("next-page").addEventListener("click", () => pages.goTo(pages.current + 1));
find("document").addEventListener("change", (event) => reading.goTo(event.target.value));
find("previous-document").addEventListener("click", () => reading.turn(-1));
find("next-document").addEventListener("click", () => reading.turn(1));
find("changed").addEventListener("click", nextChanged);
find("help-button").addEventListener("click", () => find("help").showModal());
document.addEventListener("keydown", onKey);
document.querySelectorAll(".splitter").forEach(makeSplitter);
makeTabs();

let hadErrors = false;
listen({
  status: showStatus,
  book: showBook,
  findings: (found) => {
    findings.show(found);
    const hasErrors = found.some(({ severity }) => severity === "error");
    if (hasErrors && !hadErrors) chooseTab("findings");
    hadErrors = hasErrors;
  },
  gone: showGone,
});
