"""References of a paper to other chapters: citations of the book with its page, in the words of each style."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from octavo.cite.book import Book, book_of, book_source
from octavo.cite.elsewhere import cite_book
from octavo.cite.html import parse_fragment, plain_text
from octavo.model.chapter import Manuscript
from octavo.model.edition import NumberedManuscript, PageNumbers, Target, TargetKind
from octavo.model.finding import Finding
from octavo.model.notes import NotePlan
from octavo.model.publication import Person, Publication
from octavo.model.reference import Bibliography, Source
from octavo.model.source import Location
from octavo.read.scanner import scan
from paper_text import BOOK, chapter, manuscript, numbered, style_of

OTHER = (
    "## A ford {#sec:ford}\n\nText.[^deep]\n\n| a | b |\n|---|---|\n| c | d |\n\n: Depths {#tbl:depths}\n\n"
    "[^deep]: It is deep.\n\n::: {#shore}\nSand.\n:::\n"
)
SOURCE = Source(
    "able",
    {
        "id": "able", "type": "book", "title": "Alpha", "author": [{"family": "Able", "given": "Ann"}],
        "issued": {"date-parts": [[2020]]}, "language": "en",
    },
    Location("sources.yaml"),
)  # fmt: skip
PUBLICATION = replace(BOOK, authors=(Person("Ann B. Miller"),), publisher="House", place="Minsk", date="2026-03")
FOLIOS = {
    "other--octavo-chapter": "41",
    "other--sec-ford": "42",
    "other--tbl-depths": "43",
    "note-other--deep": "44",
    "other--shore": "45",
}
PAGES = PageNumbers(FOLIOS, 120)
BRACKETS, NOTES = "gost-r-7-0-5-2008-brackets", "gost-r-7-0-5-2008-notes"

_STYLES = {name: style_of(name) for name in (BRACKETS, "apa", NOTES)}


def paper_of(
    body: str, style: str, pages: PageNumbers | None = PAGES, language: str = "en-GB"
) -> tuple[NumberedManuscript, list[Finding], Book]:
    """The first chapter of a book of two as a paper."""
    bibliography = Bibliography({"able": SOURCE})
    whole = manuscript(PUBLICATION, chapter("own", body, language=language), chapter("other", OTHER))
    plan, found = numbered(PUBLICATION, whole, bibliography, NOTES)
    assert not found
    book = book_of(PUBLICATION, whole, plan, pages, bibliography.sources)
    findings: list[Finding] = []
    own = whole.places[0]
    text = cite_book(own.text, book, style_of(style), scan, findings)
    both = Bibliography({**bibliography.sources, book.source.key: book.source})
    made, told = numbered(PUBLICATION, Manuscript((replace(own, text=text, label="1"),)), both, style)
    return made, findings + told, book


def printed(body: str, style: str) -> str:
    """The first paragraph of a paper; the text of its notes stands in double brackets where they are called."""
    made, findings, _ = paper_of(f"{body}\n", style)
    assert not findings
    tree = parse_fragment(made.chapters[0].body_html)
    for call in tree.iter("span"):
        if call.get("class") == "note-call":
            call.text = f"⟦{plain_text(parse_fragment(made.note_bodies[call.get('data-note', '')]))}⟧"
    return plain_text(tree[0])


@pytest.mark.parametrize(
    ("written", "brackets", "author_date", "notes"),
    [
        (
            "As [@sec:other] shows.",
            "As [1, p. 41] shows.",
            "As chapter 2 of the book (Miller, 2026, p. 41) shows.",
            "As chapter 2 of the book⟦Miller A. B. Rivers. Minsk: House, 2026. P. 41.⟧ shows.",
        ),
        (
            "Told in [@sec:ford].",
            "Told in [1, p. 42].",
            "Told in section 2.1 of the book (Miller, 2026, p. 42).",
            "Told in section 2.1 of the book.⟦Miller A. B. Rivers. Minsk: House, 2026. P. 42.⟧",
        ),
        (
            "See @tbl:depths here.",
            "See [1, p. 43] here.",
            "See table 2.1 of the book (Miller, 2026, p. 43) here.",
            "See table 2.1 of the book⟦Miller A. B. Rivers. Minsk: House, 2026. P. 43.⟧ here.",
        ),
        (
            "In chapter [-@sec:other].",
            "In chapter 2 of the book [1, p. 41].",
            "In chapter 2 of the book (Miller, 2026, p. 41).",
            "In chapter 2 of the book.⟦Miller A. B. Rivers. Minsk: House, 2026. P. 41.⟧",
        ),
        (
            "So [@able, p. 3; @sec:ford].",
            "So [1, p. 3; 2, p. 42].",
            "So (Able, 2020, p. 3; Miller, 2026, p. 42).",
            "So.⟦Able A. Alpha. 2020. P. 3; Miller A. B. Rivers. Minsk: House, 2026. P. 42.⟧",
        ),
        (
            "So [see @sec:other].",
            "So [see 1, p. 41].",
            "So see chapter 2 of the book (Miller, 2026, p. 41).",
            "So see chapter 2 of the book.⟦Miller A. B. Rivers. Minsk: House, 2026. P. 41.⟧",
        ),
        (
            "By [the *sandy* shore](#shore 'A title') it is.",
            "By the sandy shore [1, p. 45] it is.",
            "By the sandy shore (Miller, 2026, p. 45) it is.",
            "By the sandy shore⟦Miller A. B. Rivers. Minsk: House, 2026. P. 45.⟧ it is.",
        ),
        (
            "Deep note [@note:other/deep].",
            "Deep note 1 of the book [1, p. 44].",
            "Deep note 1 of the book (Miller, 2026, p. 44).",
            "Deep note 1 of the book.⟦Miller A. B. Rivers. Minsk: House, 2026. P. 44.⟧",
        ),
    ],
)
def test_a_reference_becomes_a_citation_that_the_sentence_can_bear(
    written: str, brackets: str, author_date: str, notes: str
) -> None:
    assert printed(written, BRACKETS) == brackets
    assert printed(written, "apa") == author_date
    assert printed(written, NOTES) == notes


def test_references_within_the_paper_stay() -> None:
    body = "In [@sec:here] and [@sec:ford; @sec:here].\n\n## Here {#sec:here}\n\nText."
    assert printed(body, BRACKETS) == "In section 1.1 and [1, p. 42; section 1.1]."
    assert printed(body, "apa") == "In section 1.1 and section 2.1 of the book (Miller, 2026, p. 42); section 1.1."


def test_the_book_stands_in_the_list_of_references() -> None:
    made, _, book = paper_of("Once [@able], and [@sec:other].\n", BRACKETS)
    listed = [plain_text(parse_fragment(one.html)) for one in made.references]
    assert listed == ["1. Able A. Alpha. 2020.", "2. Miller A. B. Rivers. Minsk: House, 2026. 120 p."]
    assert made.references[1].key == book.source.key


def test_a_note_can_refer_to_another_chapter_and_points_into_the_file() -> None:
    made, findings, _ = paper_of("A word[^n] and [@sec:other].\n\n[^n]: See [@sec:ford].\n", BRACKETS)
    assert not findings
    assert [(note.text, str(note.location)) for note in made.plan.notes] == [("See [1, p. 42].", "chapters/own.md:5:7")]
    made, _, _ = paper_of("Some words and [@sec:other].\n", NOTES)
    assert [str(note.location) for note in made.plan.notes] == ["chapters/own.md:5:17"]


def test_words_around_the_citation_are_in_the_language_of_the_chapter() -> None:
    made, _, _ = paper_of("См. [@sec:other].\n", "apa", language="ru")
    assert "глава 2 книги" in plain_text(parse_fragment(made.chapters[0].body_html))


@pytest.mark.parametrize(
    ("pages", "code", "hint"),
    [
        (None, "EXT121", "run `octavo build print`"),
        (PageNumbers({}), "EXT122", "run `octavo build print` again"),
    ],
)
def test_a_page_that_is_not_known_is_told_at_the_reference(pages: PageNumbers | None, code: str, hint: str) -> None:
    _, findings, _ = paper_of("Some words.\n\nAs [@sec:other] shows.\n", BRACKETS, pages)
    assert [(one.code, str(one.location), one.hint) for one in findings] == [(code, "chapters/own.md:7:5", hint)]


def test_a_publication_as_a_source() -> None:
    publication = Publication(
        "Rivers", "rivers", "ru", subtitle="A guide", authors=(Person("The Octavo authors"), Person("Б. Л. Залесский")),
        date="2026-03-31", isbn="978-5", identifier="doi:10.1234/rivers",
    )  # fmt: skip
    source = book_source(publication, {"octavo-book"})
    assert source.key == "octavo-book-"
    assert source.data == {
        "id": "octavo-book-",
        "type": "book",
        "title": "Rivers: A guide",
        "language": "ru",
        "author": [{"literal": "The Octavo authors"}, {"family": "Залесский", "given": "Б. Л."}],
        "issued": {"date-parts": [[2026, 3, 31]]},
        "ISBN": "978-5",
        "DOI": "10.1234/rivers",
    }


_PIECES = st.sampled_from(
    [
        "words", "[@able, p. 3]", "[@sec:other]", "@sec:ford", "[-@sec:ford]", "[@able; see @sec:ford, too]",
        "`[@sec:other]`",
        "[@sec:other; @sec:here]", "^[A note, @sec:ford.]", "[words](#shore)", "[*a* `]` word](#shore 'A \"title\"')",
        "@able [p. 3; @sec:ford]", "@sec:ford [p. 3]", "[see @able [@sec:other]]", "[@nobody]", "@sec:nowhere",
        "\n\n", "(", "[",
    ]
)  # fmt: skip


@given(st.lists(_PIECES, max_size=8), st.sampled_from([BRACKETS, "apa", NOTES]))
def test_nothing_else_is_changed_and_places_point_where_they_did(pieces: list[str], style: str) -> None:
    body = f"{' '.join(pieces)}\n\n## Here {{#sec:here}}\n"
    whole = manuscript(PUBLICATION, chapter("own", body), chapter("other", OTHER))
    targets = {name: Target(name, TargetKind.SECTION, name.partition("--")[0], "1") for name in FOLIOS}
    numbers = NumberedManuscript((), NotePlan("continuous", ()), {}, {}, (), targets)
    book = book_of(PUBLICATION, whole, numbers, PAGES, ())
    own = whole.places[0].text
    findings: list[Finding] = []
    made = cite_book(own, book, _STYLES[style], scan, findings)
    assert not findings
    keys = [item.key for citation in made.scan.citations for item in citation.items]
    before = [item.key for citation in own.scan.citations for item in citation.items]
    assert Counter(key for key in keys if key != book.source.key) == Counter(
        key for key in before if key not in ("sec:other", "sec:ford")
    )
    assert keys.count(book.source.key) == sum(key in ("sec:other", "sec:ford") for key in before) + sum(
        link.target == "#shore" for link in own.scan.targets
    )
    for ours, theirs in ((own.scan.inline_notes, made.scan.inline_notes), (own.scan.headings, made.scan.headings)):
        assert [own.locate(one.span).line for one in ours] == [made.locate(one.span).line for one in theirs]
