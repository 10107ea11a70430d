"""The preview as one sees it: a browser opens it while chapters change on the disk."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

import built
from browser import PROGRAM, Browser, open_browser
from previewing import Preview, previewing

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(PROGRAM is None, reason="Chromium is not installed (Debian: apt-get install chromium)"),
]

TIES, GOODS = "chapters/01-ties.md", "chapters/02-goods.md"
READY = "document.body.dataset.state === 'ready'"
# The sheet in the middle of the pane, and how far its top stands from that of the pane.
MIDDLE = """(() => {
  const pane = document.getElementById("pages").getBoundingClientRect();
  const element = document.elementsFromPoint(pane.left + pane.width / 2, pane.top + pane.height / 3)
    .map((each) => each.closest(".sheet")).find(Boolean);
  return element && { folio: element.querySelector("figcaption").textContent, digest: element.dataset.digest,
    shown: element.dataset.shown, top: element.getBoundingClientRect().top - pane.top };
})()"""
FRAME = "document.querySelector('#reading iframe:not(.waiting)')"
DRAWN = f"(({MIDDLE}) ?? {{}}).shown === (({MIDDLE}) ?? {{}}).digest && ({MIDDLE})"


class Page:
    """The page of a preview, and the project behind it."""

    def __init__(self, browser: Browser, preview: Preview) -> None:
        self.browser = browser
        self.root = preview.root
        browser.resize(1500, 900)
        browser.open(preview.address)
        browser.wait(
            f"document.querySelector('.sheet[data-shown]') && document.querySelector('#reading[data-shown]') && {READY}"
        )

    def edit(self, name: str, old: str, new: str) -> None:
        """Put other words into a file of the project."""
        text = (self.root / name).read_text("utf-8")
        assert text.count(old) >= 1
        (self.root / name).write_text(text.replace(old, new, 1), "utf-8")

    def wait_for_build(self, state: str = "ready") -> None:
        """Wait until the next build has ended so; it has not begun yet."""
        self.browser.wait("document.body.dataset.state === 'building'")
        self.browser.wait(f"document.body.dataset.state === '{state}'")

    def note(self, label: str) -> None:
        """Choose a note of the list."""
        self.browser.run(
            "[...document.querySelectorAll('#notes .note')].find((each) => "
            f"each.querySelector('.label').textContent === {json.dumps(label)}).querySelector('.main').click()"
        )

    def middle(self) -> dict:
        """The page that one looks at, when it is drawn."""
        seen = self.browser.wait(DRAWN)
        assert isinstance(seen, dict)
        return seen

    def fetched(self) -> object:
        """The addresses of all pages that were fetched, when no more are for a moment."""
        names = (
            "performance.getEntriesByType('resource').map((one) => one.name).filter((one) => one.includes('/pages/'))"
        )
        before, now = None, self.browser.run(names)
        while now != before:
            self.browser.run("new Promise((done) => setTimeout(done, 1500))")
            before, now = now, self.browser.run(names)
        return now

    def call_in_sight(self, anchor: str) -> bool:
        """Whether an element of the reading view can be seen."""
        seen = self.browser.run(
            f"(() => {{ const box = {FRAME}.contentDocument.getElementById({json.dumps(anchor)})"
            f"?.getBoundingClientRect(); return !!box && box.top >= 0 && box.bottom <= {FRAME}.clientHeight; }})()"
        )
        return bool(seen)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built.build(tmp_path_factory.mktemp("shores"))


@pytest.fixture
def page(whole: Path, tmp_path: Path) -> Iterator[Page]:
    root = built.copy(whole, tmp_path / "shores")
    with previewing(root) as preview, open_browser(tmp_path / "profile") as browser:
        opened = Page(browser, preview)
        yield opened
        assert browser.complaints == []


def test_it_opens_with_pages_and_the_reading_view(page: Page) -> None:
    browser = page.browser
    assert browser.run("document.title") == "Two shores – preview"
    assert browser.run("document.querySelectorAll('.sheet').length") == 16
    assert browser.run("document.querySelector('.sheet img').naturalWidth >= 400")
    # Pages far away are drawn when one comes near.
    assert browser.run("document.querySelectorAll('.sheet img').length < 12")
    browser.run("document.querySelector('.sheet:last-child').scrollIntoView()")
    browser.wait("document.querySelector('.sheet:last-child[data-shown] img')")
    assert browser.run(f"{FRAME}.getAttribute('sandbox')") == "allow-same-origin"
    assert browser.run("document.getElementById('status').textContent").startswith("Built in ")  # type: ignore[union-attr]


def test_an_edit_changes_the_page_that_one_reads_and_keeps_the_place(page: Page) -> None:
    page.note("8")
    before = page.middle()
    page.browser.wait(f"{FRAME}?.contentDocument?.getElementById('call-goods--guess')")
    reading = page.browser.run(f"{FRAME}.contentWindow.scrollY")
    # Some more pages come before the one that is looked at; and it changes itself.
    page.edit(TIES, "## Harbours", "Long before. " * 400 + "\n\n## Harbours")
    page.edit(GOODS, "The rest is guesswork.", "The rest is nothing but guesswork.")
    page.wait_for_build()
    after = page.middle()
    assert after["digest"] != before["digest"]
    assert int(after["folio"]) > int(before["folio"])
    assert abs(after["top"] - before["top"]) < 40, (before, after)
    assert page.browser.run("document.querySelectorAll('.sheet').length") > 16  # type: ignore[operator]
    page.browser.wait(f"{FRAME}.contentDocument.body.textContent.includes('nothing but guesswork')")
    assert abs(page.browser.run(f"{FRAME}.contentWindow.scrollY") - reading) < 60  # type: ignore[operator]
    assert page.browser.run("!document.getElementById('changed').hidden")


def test_a_page_that_stays_as_it_is_is_not_fetched_again(page: Page) -> None:
    page.note("1")
    page.middle()
    page.browser.run("window.kept = document.querySelector('.sheet[data-shown] img')")
    before = page.fetched()
    page.edit(GOODS, "The rest is guesswork.", "The rest is nothing but guesswork.")
    page.wait_for_build()
    assert page.fetched() == before
    assert page.browser.run("window.kept.isConnected")


def test_a_finding_appears_and_leads_to_its_line(page: Page) -> None:
    page.browser.run("document.getElementById('tab-notes').click()")
    page.edit(GOODS, "kept well.[^kept]", "kept well.[^kpet]")
    page.wait_for_build("failed")
    browser = page.browser
    alarm = browser.run("document.getElementById('alarm').textContent")
    assert "Not built" in alarm  # type: ignore[operator]
    assert "last sound build" in alarm  # type: ignore[operator]
    assert browser.run("document.querySelectorAll('.sheet').length") == 16
    assert browser.run("!document.getElementById('findings').hidden"), "errors come to the fore"
    browser.run(
        "[...document.querySelectorAll('.finding.error .main')].find((one) => one.textContent.includes('kpet')).click()"
    )
    assert browser.wait("document.querySelector('#source mark')?.textContent") == "[^kpet]"
    line = "document.querySelector('#source mark').closest('div').querySelector('.number').textContent"
    assert browser.run(line) == "6"
    place = (page.root / GOODS).resolve()
    assert browser.run("document.querySelector('#source a').href").startswith(f"vscode://file{place}:6:")  # type: ignore[union-attr]
    browser.wait(f"{FRAME}?.contentDocument?.getElementById('call-goods--kept')")
    browser.press("Escape")
    assert browser.run("document.getElementById('source').hidden")
    page.edit(GOODS, "[^kpet]", "[^kept]")
    page.wait_for_build()
    assert browser.run("document.getElementById('alarm').hidden")
    assert browser.run("document.querySelectorAll('.finding').length") == 0


def test_a_note_of_the_list_leads_to_its_page_and_its_call(page: Page) -> None:
    listed = page.browser.run("[...document.querySelectorAll('#notes .label')].map((one) => one.textContent)")
    assert sorted(listed) == sorted(label for label, _ in built.NOTES.values())  # type: ignore[type-var,arg-type]
    page.note("7")
    folio = page.browser.run(
        "[...document.querySelectorAll('#notes .note')].find((one) => "
        "one.querySelector('.label').textContent === '7').querySelector('.page').textContent"
    )
    assert f"p. {page.middle()['folio']}" == folio
    page.browser.wait(f"{FRAME}?.contentDocument?.getElementById('call-goods--kept')")
    assert page.call_in_sight("call-goods--kept")
    page.note("5")
    page.browser.wait(f"{FRAME}?.contentDocument?.getElementById('call-ties--keepers')")
    assert page.call_in_sight("call-ties--keepers")


def test_a_link_of_the_reading_view_leads_on_within_it(page: Page) -> None:
    page.note("7")
    page.browser.wait(f"{FRAME}?.contentDocument?.getElementById('call-goods--kept')")
    page.browser.run(f"{FRAME}.contentDocument.querySelector('a[href*=\"note-ties--keepers\"]').click()")
    page.browser.wait(f"{FRAME}?.contentDocument?.getElementById('note-ties--keepers')")
    page.browser.wait("document.getElementById('document').selectedOptions[0].textContent === 'Ties'")


def test_keys_lead_through_it(page: Page) -> None:
    browser = page.browser
    folio = "document.getElementById('folio-of').textContent"
    assert browser.run(folio) == "1 of 16"
    browser.press("]")
    browser.wait(f"{folio} === '2 of 16'")
    browser.press("[")
    browser.wait(f"{folio} === '1 of 16'")
    browser.press("/")
    assert browser.run("document.activeElement.id") == "notes-filter"
    for letter in "century":
        browser.press(letter)
    browser.wait("document.querySelectorAll('#notes .note').length === 1")
    assert browser.run("document.querySelector('#notes .label').textContent") == "3"
    assert browser.run(folio) == "1 of 16", "letters that are typed are no keys"


def test_dark_and_light_can_be_read(page: Page) -> None:
    contrast = """(() => {
      const light = (colour) => {
        const parts = colour.match(/[\\d.]+/g).slice(0, 3).map((part) => part / 255)
          .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
      };
      const ground = (element) => {
        const colour = getComputedStyle(element).backgroundColor;
        const through = /, 0\\)$/.test(colour) && element.parentElement;
        return through ? ground(element.parentElement) : colour;
      };
      const names = "h1, #status, .tabs button, .note .text, .note .page, .note .label, .list h3, .more";
      return [...document.querySelectorAll(names)]
        .map((element) => {
          const [one, other] = [light(getComputedStyle(element).color), light(ground(element))];
          const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
          return { name: element.className || element.id, ratio };
        })
        .filter(({ ratio }) => ratio < 4.5);
    })()"""
    page.browser.run("document.getElementById('tab-notes').click()")
    for dark in (False, True):
        page.browser.resize(1500, 900, dark=dark)
        # WCAG 2.2, 1.4.3.
        assert page.browser.run(contrast) == [], f"dark: {dark}"
