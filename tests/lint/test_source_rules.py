"""The rules about sources: what they tell, what they leave alone, and what their fixes write."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path

import pytest

from lint_samples import CHAPTER, CONFIGURATION, FRONT, SOURCES, lint_files, places
from octavo.adapters.links import check_links
from octavo.lint.written import align
from octavo.model.people import fold_family, given_parts
from octavo.pipeline.lint import Linted

BIB = "bibliography/sources.bib"


def entry(key: str = "one", **fields: str) -> str:
    """An entry in YAML; underscores of names are hyphens, and a page has an address of its own."""
    given = {"type": "webpage", "title": "A title of its own", "URL": f"https://example.org/{key}"} | fields
    lines = [f"  {name.replace('_', '-')}: {value}\n" for name, value in given.items() if value]
    return f"- id: {key}\n{''.join(lines)}"


def look(root: Path, code: str, *entries: str, text: str = "Words.", settings: str = "") -> Linted:
    return lint_files(
        root,
        {SOURCES: "".join(entries), CHAPTER: FRONT + text + "\n", "publication.yaml": CONFIGURATION + settings},
        code,
    )


def marked(linted: Linted) -> list[str]:
    """What is marked in the files, without code and place."""
    return [one.partition(" ")[2].partition(" ")[2] for one in places(linted)]


def mended(linted: Linted, path: str = SOURCES) -> str:
    """The text of a file when all fixes are applied."""
    text = linted.sources[path].text
    edits = {edit for one in linted.findings if one.fix for edit in one.fix.edits if edit.file == path}
    for edit in sorted(edits, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


def value(linted: Linted, name: str) -> str:
    """A field of the first entry when all fixes are applied."""
    line = next(line for line in mended(linted).splitlines() if line.strip().startswith(f"{name}:"))
    return line.partition(": ")[2]


@pytest.mark.parametrize(
    ("url", "good"),
    [
        ("https://www.belta.by/view/belarus- region-1-2021/", "https://www.belta.by/view/belarus-region-1-2021/"),
        ("https:/www.belta.by/x", "https://www.belta.by/x"),
        ("http//www.belta.by/x", "http://www.belta.by/x"),
        ("http:www.belta.by/x", "http://www.belta.by/x"),
        ("htp://www.belta.by/x", "http://www.belta.by/x"),
        ("ttps://www.belta.by/x", "https://www.belta.by/x"),
        ("hhttps://www.belta.by/x", "https://www.belta.by/x"),
        ("https:///www.belta.by/x", "https://www.belta.by/x"),
        ("https;//www.belta.by/x", "https://www.belta.by/x"),
        ("https:\\\\www.belta.by/x", "https://www.belta.by/x"),
        ("www.belta.by/x", "https://www.belta.by/x"),
        ("belta.by/x", "https://belta.by/x"),
        ("//belta.by/x", "https://belta.by/x"),
        ("https://www,belta.by/x", "https://www.belta.by/x"),
        ("https://www..belta.by/x", "https://www.belta.by/x"),
        ("https://www.belta.by/x,html", "https://www.belta.by/x.html"),
        ("https://www.belta.by/x/.", "https://www.belta.by/x/"),
        ("https://www.belta.by/x/,", "https://www.belta.by/x/"),
        ("https://www.belta.by/x)", "https://www.belta.by/x"),
    ],
)
def test_a_malformed_address_is_mended(tmp_path: Path, url: str, good: str) -> None:
    linted = look(tmp_path, "BIB101", entry(URL=url))
    assert marked(linted) == [url]
    assert value(linted, "URL") == good
    again = look(tmp_path, "BIB101", mended(linted))
    assert again.findings == ()


@pytest.mark.parametrize(
    "url",
    [
        "https://www.belta.by/x (accessed 3 May 2021)",
        "https://a.by/x https://b.by/y",
        "'https://www.belta.by/\u00abx\u00bb'",
        "https://a.by/100%",
        "https://",
        "nowhere",
    ],
)
def test_an_address_that_nobody_can_mend_is_told(tmp_path: Path, url: str) -> None:
    linted = look(tmp_path, "BIB101", entry(URL=url))
    assert len(linted.findings) == 1
    assert linted.findings[0].fix is None


@pytest.mark.parametrize(
    "url",
    [
        "https://www.belta.by/economics/view/a-1-2021/",
        "http://gomel.gov.by/ru/news/x/?NEWS_FILTER_TYPE=a&b=%D0%90#top",
        "https://ru.wikipedia.org/wiki/Беларусь_(страна)",
        "https://en.wikipedia.org/wiki/Michelson\u2013Morley_experiment",
        "https://en.wikipedia.org/wiki/Apple_Inc.",
        "https://example.org:8080/a,b;c",
        "https://user@example.org/~a/",
        "https://[2001:db8::1]/a",
        "http://localhost/x",
        "ftp://ftp.example.org/a",
        "urn:isbn:9780140449136",
        "doi:10.1000/182",
        "HTTPS://EXAMPLE.ORG/A",
        "https://httpbin.org/x",
    ],
)
def test_a_good_address_is_left_alone(tmp_path: Path, url: str) -> None:
    assert look(tmp_path, "BIB101", entry(URL=f"'{url}'")).findings == ()


def test_a_doi_begins_with_ten(tmp_path: Path) -> None:
    bad = [entry("a", DOI="10,1000/182"), entry("b", DOI="10.1000 182"), entry("c", DOI="10.1000/182.")]
    good = [entry("d", DOI="10.1000/182"), entry("e", DOI="https://doi.org/10.1002/(SICI)1097-0258(1998)17:8%3C8")]
    assert marked(look(tmp_path, "BIB101", *bad, *good)) == ["10,1000/182", "10.1000 182", "10.1000/182."]


@pytest.mark.parametrize(
    ("url", "good"),
    [
        ("https://wwwhttps://www.belta.by/a/b-1/", "https://www.belta.by/a/b-1/"),
        ("https://www.belta.by/a/b-1/https://www.belta.by/a/b-1/", "https://www.belta.by/a/b-1/"),
        ("https://www.belta.by/a/b-1https://www.belta.by/a/b-1/", "https://www.belta.by/a/b-1/"),
        ("https://www.belta.by/https://www.belta.by/a/b-1/", "https://www.belta.by/a/b-1/"),
        ("https://wwwhttps://www.belta.by/a/b-1/./a/b-1/", "https://www.belta.by/a/b-1/"),
        ("https://wwwhttps://www.belta.by/a/b- 1/a/ b-1", "https://www.belta.by/a/b-1"),
        ("https://www.belta.by/a/b-1/a/b-1/", "https://www.belta.by/a/b-1/"),
    ],
)
def test_a_doubled_address_is_halved(tmp_path: Path, url: str, good: str) -> None:
    linted = look(tmp_path, "BIB102", entry(URL=url))
    assert marked(linted) == [url]
    assert value(linted, "URL") == good
    assert look(tmp_path, "BIB102", mended(linted)).findings == ()


@pytest.mark.parametrize(
    "url",
    [
        "https://web.archive.org/web/20210101000000/https://www.belta.by/a/b/",
        "https://archive.ph/https://www.belta.by/a/",
        "https://example.org/share?u=https://example.org/a",
        "https://example.org/a/a/",
        "https://example.org/ru/ru/news/1",
        "https://example.org/2021/2021",
    ],
)
def test_an_address_within_another_on_purpose_is_left_alone(tmp_path: Path, url: str) -> None:
    assert look(tmp_path, "BIB102", entry(URL=url)).findings == ()


def test_one_address_in_two_entries(tmp_path: Path) -> None:
    first = entry("first", URL="https://www.belta.by/a/b-1/")
    second = entry("second", URL="http://belta.by/a/b-1", title="Another")
    third = entry("third")
    linted = look(tmp_path, "BIB103", first, second, third, text="So [@second, p. 3; @third] and @second.")
    assert places(linted) == ["BIB103 8:8 http://belta.by/a/b-1"]
    assert mended(linted) == first + third
    assert mended(linted, CHAPTER).endswith("So [@first, p. 3; @third] and @first.\n")


def test_one_doi_in_two_entries_and_a_comment_of_the_next_one(tmp_path: Path) -> None:
    first = "# first\n" + entry("first", DOI="10.1000/ABC", URL="") + "\n"
    second = entry("second", DOI="https://doi.org/10.1000/abc", URL="") + "\n"
    third = "# third\n" + entry("third", DOI="10.1000/abd", URL="")
    linted = look(tmp_path, "BIB103", first, second, third)
    assert marked(linted) == ["https://doi.org/10.1000/abc"]
    assert mended(linted) == first + third


def test_parts_may_share_the_address_of_the_whole(tmp_path: Path) -> None:
    same = "https://example.org/book"
    linted = look(
        tmp_path,
        "BIB103",
        entry("whole", type="book", URL=same),
        entry("a", type="chapter", URL=same, title="Alpha"),
        entry("b", type="chapter", URL=same, title="Beta"),
        entry("c", type="book", URL="https://example.org/c", volume="1"),
        entry("d", type="book", URL="https://example.org/c", volume="2"),
        entry("e", URL="https://www.belta.by/"),
        entry("f", URL="https://www.belta.by"),
        entry("g", URL="https://example.org/x#a"),
        entry("h", URL="https://example.org/x#b"),
    )
    assert linted.findings == ()


LONG = "The new resident of the zone will develop the production of"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Vector of post-Soviet integration", "The vector of post-soviet integration"),
        ("Exports of rapeseed oil increased in January", "Export of rapeseed oil increased in January"),
        ("Electric cars are the future of cities", "Electric cars are the futrue of cities"),
        ("Экспорт товаров из Беларуси", "Экспорт товаров Беларуси"),
        ("Die Ausfuhr der G\u00fcter nach China", "Ausfuhr von Gu\u0308ter nach China"),
        ("L\u2019exportation des biens vers la Chine", "Exportation de biens vers Chine"),
    ],
)  # fmt: skip
def test_nearly_the_same_title(tmp_path: Path, one: str, other: str) -> None:
    linted = look(tmp_path, "BIB104", entry("a", title=one), entry("b", title=other))
    assert marked(linted) == [other]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"title": f"{LONG} construction materials"}, {"title": f"{LONG} hydraulic press equipment"}),
        ({"title": "Exports increased by 5% in 2020"}, {"title": "Exports increased by 6% in 2020"}),
        ({"title": "Annual report of the bank"}, {"title": "Annual report of the tank"}),
        ({"issued": "2019"}, {"issued": "2020"}),
        ({"volume": "1"}, {"volume": "2"}),
        ({"language": "en"}, {"language": "ru"}),
        ({"author": '["Able, Ann"]'}, {"author": '["Baker, Bob"]'}),
        ({"container_title": "Trade"}, {"container_title": "Industry"}),
        ({"title": "Introduction"}, {"title": "Introduction"}),
        ({"DOI": "10.1000/1"}, {"DOI": "10.1000/2"}),
    ],
)
def test_works_that_are_apart_may_have_like_titles(tmp_path: Path, one: dict[str, str], other: dict[str, str]) -> None:
    both = {"title": "Exports of goods from Belarus"}
    assert look(tmp_path, "BIB104", entry("a", **(both | one)), entry("b", **(both | other))).findings == ()


def test_a_title_without_its_subtitle_is_the_same_of_one_author_and_year(tmp_path: Path) -> None:
    author = '["Zalessky, B. L."]'
    short, long = "Vector of post-Soviet integration", "'Vector of post-Soviet integration: a view from Belarus'"
    given = {"author": author, "issued": "2019"}
    told = look(tmp_path, "BIB104", entry("a", title=short, **given), entry("b", title=long, **given))
    assert marked(told) == [long]
    assert look(tmp_path, "BIB104", entry("a", title=short), entry("b", title=long)).findings == ()


def test_ten_thousand_titles_are_compared_in_time(tmp_path: Path) -> None:
    entries = [entry(f"k{index}", title=f"{LONG} number {index}", volume=str(index)) for index in range(3000)]
    start = time.perf_counter()
    assert look(tmp_path, "BIB104", *entries).findings == ()
    assert time.perf_counter() - start < 10


@pytest.mark.parametrize(
    ("fields", "missing"),
    [
        ({"type": "book", "URL": "", "title": "T"}, "no author or editor, no publisher or place, no date"),
        ({"type": "article-journal", "URL": "", "issued": "2020"}, "no journal, no volume, issue or pages"),
        ({"type": "chapter", "issued": "2020"}, "no title of the whole"),
        ({"type": "thesis", "URL": "", "issued": "2020", "author": '["Able, Ann"]'}, "no university"),
        ({"type": "webpage", "URL": ""}, "no address"),
        ({"type": "webpage", "title": ""}, "no title"),
    ],
)
def test_a_missing_field(tmp_path: Path, fields: dict[str, str], missing: str) -> None:
    linted = look(tmp_path, "BIB105", entry(**fields))
    assert [one.message.partition(" has ")[2] for one in linted.findings] == [missing]
    assert marked(linted) == ["id"] or marked(linted) == ["one"]


@pytest.mark.parametrize(
    "fields",
    [
        {"type": "book", "editor": '["Able, Ann"]', "publisher-place": "Minsk", "status": "in press"},
        {"type": "article-journal", "container-title": "Trade", "issued": "2020", "issue": "3"},
        {"type": "chapter", "container-title": "Trade", "issued": "2020"},
        {"type": "document"},
        {"type": "personal_communication", "title": "", "URL": ""},
        {"type": "webpage"},
    ],
)
def test_nothing_is_missing(tmp_path: Path, fields: dict[str, str]) -> None:
    assert look(tmp_path, "BIB105", entry(**fields)).findings == ()


STYLE = """\
<style xmlns="http://purl.org/net/xbiblio/csl" class="note" version="1.0">
<info><title>Own</title><id>own</id><updated>2021-01-01T00:00:00+00:00</updated></info>
<macro name="seen"><date variable="accessed"><date-part name="year"/></date></macro>
<citation><layout><text variable="title"/><choose>
<if type="webpage" match="any"><text macro="seen"/></if>
<else-if variable="issued" match="none"><text macro="seen"/></else-if>
</choose></layout></citation></style>
"""
OWN = "bibliography: {style: own}\n"


def test_what_the_style_does_not_print_is_not_missed(tmp_path: Path) -> None:
    bare = CONFIGURATION.replace("bibliography: {style: chicago-notes-bibliography}\n", OWN)
    files = {"bibliography/styles/own.csl": STYLE, "publication.yaml": bare, SOURCES: entry(type="book", title="T")}
    assert lint_files(tmp_path, files, "BIB105").findings == ()


def test_the_style_says_which_sources_need_a_date_of_access(tmp_path: Path) -> None:
    bare = CONFIGURATION.replace("bibliography: {style: chicago-notes-bibliography}\n", OWN)
    sources = [
        entry("page", issued="2020"),
        entry("dated", type="report", issued="2020"),
        entry("undated", type="report"),
        entry("read", accessed="2021-03-01"),
        entry("fixed", DOI="10.1000/1"),
    ]
    files = {"bibliography/styles/own.csl": STYLE, "publication.yaml": bare, SOURCES: "".join(sources)}
    assert marked(lint_files(tmp_path, files, "BIB106")) == ["https://example.org/page", "https://example.org/undated"]


@pytest.mark.parametrize(("asked", "found"), [("style", 1), ("always", 2), ("never", 0)])
def test_it_can_be_said_which_sources_need_a_date_of_access(tmp_path: Path, asked: str, found: int) -> None:
    settings = f"lint:\n  options:\n    BIB106: {{asked: {asked}}}\n"
    sources = entry("dated", issued="2020"), entry("undated")
    assert len(look(tmp_path, "BIB106", *sources, settings=settings).findings) == found


@pytest.mark.parametrize(
    ("fields", "at"),
    [
        ({"issued": "3021"}, "3021"),
        ({"issued": "1021", "type": "book"}, "1021"),
        ({"issued": "20201"}, "20201"),
        ({"issued": "2027"}, "2027"),
        ({"issued": "2020-13"}, "2020-13"),
        ({"issued": "2021-02-29"}, "2021-02-29"),
        ({"issued": "2021", "accessed": "2019-01-01"}, "2019-01-01"),
        ({"issued": "2020", "URL": "https://www.belta.by/view/a-303786-2018/"}, "2020"),
        ({"issued": "2020", "URL": "https://www.belta.by/view/a-b-2018/"}, "2020"),
        ({"issued": "2020", "URL": "https://clusterland.by/2019/11/16/cluster/"}, "2020"),
        ({"issued": "2020", "URL": "http://eec.org/Pages/29-01-2021-3.aspx"}, "2020"),
    ],
)
def test_an_implausible_year(tmp_path: Path, fields: dict[str, str], at: str) -> None:
    assert marked(look(tmp_path, "BIB107", entry(**fields), settings="date: 2026-11-23\n")) == [at]


@pytest.mark.parametrize(
    "fields",
    [
        {"issued": "2018", "URL": "https://www.belta.by/view/a-303786-2018/"},
        {"issued": "2021", "title": "Plans for 2025", "URL": "https://example.org/plans-for-2025"},
        {"issued": "2021", "URL": "https://example.org/view/goods-20-430100/"},
        {"issued": "2020", "type": "report", "URL": "https://example.org/2021/03/report.pdf"},
        {"issued": "2020", "URL": "https://web.archive.org/web/20210101/https://example.org/a"},
        {"issued": "-50", "type": "classic"},
        {"issued": "1386", "type": "manuscript"},
        {"issued": "2027", "status": "in press"},
        {"issued": "'[2020?]'"},
        {"issued": "n.d."},
        {"issued": "{date-parts: [[2019], [2020]]}"},
        {},
    ],
)
def test_a_plausible_year(tmp_path: Path, fields: dict[str, str]) -> None:
    assert look(tmp_path, "BIB107", entry(**fields), settings="date: 2026-11-23\n").findings == ()


def people(*names: str) -> list[str]:
    return [entry(f"k{index}", author=f"[{{{name}}}]") for index, name in enumerate(names)]


@pytest.mark.parametrize(
    ("first", "second", "at", "good"),
    [
        ("family: Zalessky, given: B. L.", "family: Zaleskii, given: B. L.", "Zaleskii", "Zalessky"),
        ("family: Zalessky, given: B. L.", "family: Zalessky, given: B.L.", "B.L.", "B. L."),
        ("family: Zalessky, given: B. L.", "family: Zalessky, given: B.", "B.", "B. L."),
        ("family: Pivovar, given: Evgeny", "family: Pivovar, given: E.", "E.", "Evgeny"),
        ("family: Pivovar, given: Yevgeny", "family: Pivovar, given: Evgenii", "Evgenii", "Yevgeny"),
        ("family: M\u00fcller, given: Hans", "family: Muller, given: Hans", "Muller", "M\u00fcller"),
        ("family: Le Pen, given: Jean", "family: Lepen, given: Jean", "Lepen", "Le Pen"),
        ("literal: BelTA", "literal: Belta", "Belta", "BelTA"),
    ],
)
def test_one_author_in_several_spellings(tmp_path: Path, first: str, second: str, at: str, good: str) -> None:
    linted = look(tmp_path, "BIB108", *people(first, first, second))
    assert marked(linted) == [at]
    assert mended(linted).count(good) == 3
    assert look(tmp_path, "BIB108", mended(linted)).findings == ()


@pytest.mark.parametrize(
    "names",
    [
        ("family: Smith, given: J.", "family: Smyth, given: J."),
        ("family: Ivanov, given: Ivan", "family: Ivanov, given: Igor"),
        ("family: Ivanov, given: I.", "family: Ivanov, given: Ivan", "family: Ivanov, given: Igor"),
        ("family: Ivanov, given: A. B.", "family: Ivanov, given: A. C."),
        ("family: Bryan, given: J.", "family: Brian, given: J."),
        ("family: Bauer, given: J.", "family: Baur, given: J."),
        ("family: Ivanov, given: A.", "family: Ivanova, given: A."),
    ],
)
def test_authors_that_are_two_people(tmp_path: Path, names: tuple[str, ...]) -> None:
    assert look(tmp_path, "BIB108", *people(*names)).findings == ()


def test_initials_beside_names_can_be_left_alone(tmp_path: Path) -> None:
    names = people("family: Pivovar, given: Evgeny", "family: Pivovar, given: E.")
    settings = "lint:\n  options:\n    BIB108: {initials: false}\n"
    assert look(tmp_path, "BIB108", *names, settings=settings).findings == ()


@pytest.mark.parametrize(
    "names",
    [
        ("Zalessky", "Zaleskii", "Zalesskii", "Zaleskiy", "Zalesskij", "Залесский"),
        ("Ivanov", "Ivanoff", "Iwanow", "Иванов"),
        ("Mikhailov", "Mihajlov", "Mikhaylov", "Михайлов"),
    ],
)  # fmt: skip
def test_transliterations_of_one_name(names: tuple[str, ...]) -> None:
    assert len({fold_family(name) for name in names}) == 1


def test_initials_are_read_however_they_are_written() -> None:
    assert given_parts("B. L.") == given_parts("B.L.") == given_parts("B L") == ("b", "l")
    assert given_parts("Jean-Paul") == ("jean", "paul")
    assert given_parts("J.-P.") == ("j", "p")
    assert given_parts("") == given_parts(". - ") == ()


@pytest.mark.parametrize(
    ("title", "at", "good"),
    [
        ("'\"Gomselmash will expand'", '"', "'Gomselmash will expand'"),
        ("The range of equipment\u201d", "\u201d", "The range of equipment"),
        ("The \u201cBelagro exhibition", "\u201c", "The \u201cBelagro exhibition"),
        ("ОАО \u00abБелАЗ растет", "\u00ab", ""),
        ("Der \u201eMarkt w\u00e4chst", "\u201e", ""),
        ('"A title in \\"YAML"', '\\"', ""),
    ],
)
def test_an_unbalanced_quotation_mark(tmp_path: Path, title: str, at: str, good: str) -> None:
    linted = look(tmp_path, "BIB109", entry(title=title))
    assert marked(linted) == [at]
    if good:
        assert value(linted, "title") == good


@pytest.mark.parametrize(
    "title",
    [
        "The \u201cBelagro\u201d exhibition",
        "Der \u201eMarkt\u201c w\u00e4chst",
        "En \u201dmarknad\u201d",
        "\u00abОбщество \u00abРомашка\u00bb",
        "Le \u00ab march\u00e9 \u00bb",
        "Der \u00bbMarkt\u00ab",
        "'Guns of 15\" and more'",
        "'A \"Vision 2030\" for all'",
        "Kazakhstan\u2019s rock \u2018n\u2019 roll",
        "'A <span class=\"nocase\">iPhone</span>'",
    ],
)
def test_balanced_quotation_marks(tmp_path: Path, title: str) -> None:
    assert look(tmp_path, "BIB109", entry(title=title)).findings == ()


@pytest.mark.parametrize(
    ("fields", "at", "good"),
    [
        ({"title": "Strategic directions. - \u2013"}, ". - \u2013", "Strategic directions"),
        ({"title": "Strategic directions \u2013"}, "\u2013", "Strategic directions"),
        ({"title": "'- \u2013 Strategic directions'"}, "- \u2013", "'Strategic directions'"),
        ({"title": "Strategic directions //"}, "//", "Strategic directions"),
        ({"title": "'// Strategic directions'"}, "//", "'Strategic directions'"),
        ({"title": "Directions - \u2013 strategic"}, "\u2013", "Directions - strategic"),
        ({"title": "Directions.. Strategic"}, "..", "Directions. Strategic"),
        ({"title": "Minsk,, Brest"}, "", ""),
        ({"title": "The end,"}, ",", "The end"),
    ],
)
def test_debris_is_taken_away(tmp_path: Path, fields: dict[str, str], at: str, good: str) -> None:
    linted = look(tmp_path, "BIB110", entry(**fields))
    if good:
        assert [one.strip() for one in marked(linted)] == [at]
        assert value(linted, "title") == good
        assert look(tmp_path, "BIB110", mended(linted)).findings == ()


def test_a_field_of_debris_alone_is_told(tmp_path: Path) -> None:
    linted = look(tmp_path, "BIB110", entry(publisher="'//'"))
    assert marked(linted) == ["'//'"]
    assert linted.findings[0].fix is None


@pytest.mark.parametrize(
    "title",
    [
        "Vector of partnership \u2013 China. Collection of articles",
        "Wait\u2026 and see...",
        "Wait . . . and see",
        "Who is afraid?",
        "Input/output and either/or",
        "Inc. and Ltd.",
        ".NET for all",
        "Programs in C++",
        "'std::vector: a view'",
        "\u00abTitle\u00bb",
        "'2019 - 2020'",
    ],
)
def test_marks_of_a_title_are_no_debris(tmp_path: Path, title: str) -> None:
    assert look(tmp_path, "BIB110", entry(title=title)).findings == ()


def test_the_fewer_addresses_of_a_site_are_told(tmp_path: Path) -> None:
    urls = [
        "https://www.belta.by/a/view/1/",
        "https://www.belta.by/b/view/2/",
        "https://www.belta.by/c/view/3/",
        "http://www.belta.by/d/view/4/",
        "https://belta.by/e/view/5/",
        "https://www.belta.by/f/view/6",
        "https://www.belta.by/g/view/page.html",
        "https://www.belta.by/h/view/?a=1",
    ]
    linted = look(tmp_path, "BIB111", *(entry(f"k{index}", URL=url) for index, url in enumerate(urls)))
    assert marked(linted) == ["http", "belta.by", "6"]
    assert mended(linted).count("https://www.belta.by/") == 8
    assert "https://www.belta.by/f/view/6/\n" in mended(linted)
    assert look(tmp_path, "BIB111", mended(linted)).findings == ()


def test_two_addresses_of_a_site_do_not_outvote_one_another(tmp_path: Path) -> None:
    pair = entry("a", URL="https://www.belta.by/a/"), entry("b", URL="https://belta.by/b")
    assert look(tmp_path, "BIB111", *pair).findings == ()
    schemes = entry("a", URL="https://belta.by/a/"), entry("b", URL="http://belta.by/b/")
    assert marked(look(tmp_path, "BIB111", *schemes)) == ["http"]


@pytest.mark.parametrize(
    ("fields", "at"),
    [
        ({"title": "'https://www.belta.by/x/Minsk Motor Plant'"}, "https://www.belta.by/x/Minsk"),
        ({"title": "Minsk Motor Plant (https://www.belta.by/x)."}, "https://www.belta.by/x"),
        ({"container_title": "BelTA, www.belta.by/economics"}, "www.belta.by/economics"),
        ({"title": "The site www.belta.by at ten"}, "www.belta.by"),
    ],
)
def test_an_address_in_a_title(tmp_path: Path, fields: dict[str, str], at: str) -> None:
    assert marked(look(tmp_path, "BIB112", entry(**fields))) == [at]


@pytest.mark.parametrize("name", ["Booking.com", "www.gov.by", "HTTP and its friends", "Gomel.today"])
def test_the_name_of_a_site_is_no_address(tmp_path: Path, name: str) -> None:
    assert look(tmp_path, "BIB112", entry(title=name, container_title=name)).findings == ()


@pytest.mark.parametrize(
    ("title", "text", "at"),
    [
        ("Exports increased by 13.5%", "Exports grew by 13.3% [@one].", "13.3%"),
        ("Exports increased by 13.5%", "Imports fell. Exports grew by 13.3%.[@one] More.", "13.3%"),
        ("Trade increased 1.4 times", "Trade grew 1.5 times in 2020 [@one].", "1.5 times"),
        ("Sales of $2.6 million", "Sales were 2.4 million in all [@one].", "2.4 million"),
        ("Экспорт вырос на 18,5%", "Рост на 18,2 % [@one].", "18,2 %"),
        ("Plus 13,5 Prozent", "Es waren 13,3 Prozent [@one].", "13,3 Prozent"),
        ("Hausse de 13,5 %", "Une hausse de 13,3 % [@one].", "13,3 %"),
    ],
)  # fmt: skip
def test_a_figure_differs_from_that_of_the_title(tmp_path: Path, title: str, text: str, at: str) -> None:
    assert marked(look(tmp_path, "BIB113", entry(title=title), text=text)) == [at]


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Exports increased by 13.5%", "Exports grew by 13.5% and imports by 13.3% [@one]."),
        ("Exports increased by 13.5%", "Exports grew by 14% [@one]."),
        ("Exports increased by 13.5%", "Exports grew by 27.1% [@one]."),
        ("Exports increased by 13.5%", "Exports grew 13.3 times [@one]."),
        ("Exports increased by 13.5%", "Imports fell by 13.3%. Exports grew [@one]."),
        ("Exports increased by almost 10 times", "They grew 9.8 times [@one]."),
        ("Exports increased by more than 20%", "Exports grew by 21% [@one]."),
        ("Sales of $2.4 million", "Sales were 2.38 million [@one]."),
        ("Plans for 2025", "It was 2024 [@one]."),
        ("Exports increased by 13.5%", "Growth of 13.3%, 13.4% and 12.9% was reported [@one]."),
    ],
)
def test_figures_that_do_not_contradict_the_title(tmp_path: Path, title: str, text: str) -> None:
    assert look(tmp_path, "BIB113", entry(title=title), text=text).findings == ()


class _Site(BaseHTTPRequestHandler):
    """A site where some pages are gone, some refuse, and some lead elsewhere."""

    def do_HEAD(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self._answer()

    def _answer(self) -> None:
        name = self.path.strip("/").partition("?")[0]
        if name == "slow":
            time.sleep(3)
        if name == "broken":
            self.connection.close()
            return
        status = {"gone": 404, "dead": 410, "refused": 403, "moved": 301, "file": 302, "round": 301, "fault": 500}
        code = 405 if name == "get-only" and self.command == "HEAD" else status.get(name, 200)
        self.send_response(code)
        target = {"moved": "/there", "file": "file:///etc/passwd", "round": "/round"}.get(name)
        if target:
            self.send_header("Location", target)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is logged."""


@pytest.fixture
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_addresses_that_do_not_answer(site: str) -> None:
    good = [f"{site}/{name}" for name in ("there", "moved", "refused", "get-only", "а?b=б#c")]
    bad = {f"{site}/gone": "404", f"{site}/dead": "410", f"{site}/fault": "500"}
    odd = [f"{site}/file", f"{site}/round", f"{site}/broken", "http://127.0.0.1:1/", "http://[::bad/", "http://a:b/"]
    troubles = check_links([*good, *bad, *odd], 2, 4)
    assert {url: trouble for url, trouble in troubles.items() if url in bad} == bad
    assert set(troubles) == {*bad, *odd}


def test_an_address_that_keeps_one_waiting(site: str) -> None:
    assert list(check_links([f"{site}/slow"], 1, 1)) == [f"{site}/slow"]


def test_dead_addresses_are_told_only_when_asked_for(tmp_path: Path, site: str) -> None:
    sources = entry("a", URL=f"{site}/gone"), entry("b", URL=f"{site}/there"), entry("c", URL=f"{site}/gone")
    assert marked(look(tmp_path, "BIB120", *sources)) == [f"{site}/gone"] * 2
    everything = look(tmp_path, "BIB", *sources)
    assert "BIB120" not in str(places(everything))
    assert not everything.looked_further


def test_fields_of_bibtex_have_places(tmp_path: Path) -> None:
    bibtex = "@online{a, title = {A --- {B}elarus, .. // }, year = 3021, url = {https:/example.org/a}}\n"
    linted = lint_files(tmp_path, {BIB: bibtex, SOURCES: "[]\n"}, "BIB101", "BIB107")
    assert marked(linted) == ["3021", "https:/example.org/a"]


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("A title", "A title"),
        ("'A ''b'' c'", "A 'b' c"),
        ('"A \\"b\\" \\u00ab"', 'A "b" \u00ab'),
        (">-\n  A title\n  that is long\n", "A title that is long"),
        ("A title\n    that is long", "A title that is long"),
        ("{A {B}ook -- and ``c''}", "A Book \u2013 and \u201cc\u201d"),
    ],
)
def test_each_character_of_a_field_has_its_place(written: str, text: str) -> None:
    found = align(written, text)
    assert len(found) == len(text)
    assert all(start < end <= len(written) for start, end in found)
    assert all(before[1] <= after[0] for before, after in pairwise(found))


def test_a_field_that_is_written_otherwise_has_no_places() -> None:
    assert align("Other words", "A title") == []
    assert align("", "A title") == []
