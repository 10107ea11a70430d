"""What bad input gets: one finding with its place and a hint, the right exit code, and editions that still stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from octavo.cli.main import main
from publications import CONFIGURATION, SOURCES, STANDING, Fault, chapter, check_fault, put_editions, standing, told
from publications import write_publication as write


def configured(name: str, text: str, place: str, code: str, hint: str) -> Fault:
    """A fault of ``publication.yaml``, given as the whole of it or as lines behind its sixth."""
    whole = text if place.startswith(("1:", "2:", "3:")) else CONFIGURATION + text
    return Fault(name, {"publication.yaml": whole}, f"publication.yaml:{place}", code, hint, 2)


def replaced(name: str, old: str, new: str, place: str, code: str, hint: str) -> Fault:
    assert old in CONFIGURATION
    whole = {"publication.yaml": CONFIGURATION.replace(old, new)}
    return Fault(name, whole, f"publication.yaml:{place}", code, hint, 2)


def sourced(name: str, old: str, new: str, place: str, code: str, hint: str) -> Fault:
    assert old in SOURCES
    text = SOURCES.replace(old, new, 1)
    return Fault(name, {"bibliography/sources.yaml": text}, f"bibliography/sources.yaml:{place}", code, hint)


CONFIGURATIONS = [
    configured("quotation not closed", "title: 'x\nslug: tiny\n", "1:8", "YML101", "quotation marks"),
    configured("bracket not closed", "title: x\nauthors: [A, B\nslug: x\n", "2:10", "YML101", "quotation marks"),
    configured("two colons", "title: a: b\n", "1:9", "YML101", "colon"),
    configured("tab", "title: X\nbibliography:\n\tstyle: y\n", "3:1", "YML101", "no tabs"),
    configured("alias", "publisher: &p X\nplace: *p\n", "8:8", "YML102", "write the value out"),
    configured("key of a list", "[a, b]: c\n", "7:1", "YML103", "name: value"),
    configured("key twice", "title: again\n", "7:1", "YML104", "line 1"),
    configured("second document", "---\ntitle: B\n", "8:1", "YML105", "---"),
    configured("control character", "title: a\x7fb\n", "1:9", "YML101", "delete"),
    configured("character of no edition", "title: a\x01b\n", "1:9", "SRC103", "delete"),
    configured("flow nested deep", f"place: {'[' * 100}\n", "7:47", "YML101", "few levels"),
    configured("lists nested deep", f"place:\n  {'- ' * 99_000}x\n", "8:81", "YML101", "few levels"),
    configured("unknown key", "publsher: X\n", "7:1", "CFG101", "did you mean 'publisher'?"),
    replaced("unknown key within", "{size", "{sise", "5:31", "CFG101", "did you mean 'size'?"),
    configured("no flag", "sections: {numbered: maybe}\n", "7:22", "CFG102", "true or false"),
    configured("no mapping", "notes: continuous\n", "7:8", "CFG102", "key: value"),
    configured("list for text", "subtitle: [a]\n", "7:11", "CFG102", "subtitle: ..."),
    configured("flag for text", "publisher: true\n", "7:12", "CFG102", "quotation marks"),
    configured("mapping for a list", "parts: {a: b}\n", "7:8", "CFG102", "`- `"),
    configured("bad date", "date: 31.03.2026\n", "7:7", "CFG102", "2026-03-31"),
    configured("no such day", "date: 2026-02-30\n", "7:7", "CFG102", "2026-03-31"),
    configured("bad ISBN", "isbn: 978-5-00-000000-1\n", "7:7", "CFG102", "proves the others"),
    replaced("bad language", "en-GB", "english language", "3:11", "CFG102", "en-GB"),
    replaced("unknown page size", "A5", "A45", "5:37", "CFG102", "did you mean 'A5'? Else write width and height"),
    replaced("endless page", "A5", "9999mm 9999mm", "5:37", "CFG102", "70 to 1300 mm"),
    replaced("wide bleed", "size: A5", "bleed: 40mm", "5:38", "CFG102", "3mm"),
    replaced("unknown format", "epub", "eepub", "6:19", "CFG102", "did you mean 'epub'?"),
    replaced("name of an edition that leaves build/", "ebook:", "../ebook:", "6:3", "CFG102", "a-z"),
    replaced("slug that leaves build/", "tiny", "../../tiny", "2:7", "CFG102", "a-z"),
    configured("unknown numbering", "notes: {numbering: chaper}\n", "7:20", "CFG102", "did you mean 'chapter'?"),
    configured("empty", "", "1:1", "CFG103", "add `title: ...`"),
    configured("no title", "subtitle: X\n", "1:1", "CFG103", "add `title: ...`"),
    configured("part without title", "parts:\n  - chapters: [first, second]\n", "8:5", "CFG103", "add `title: ...`"),
    configured(
        "unknown chapter", "parts:\n  - {title: P, chapters: [first, secnd]}\n", "8:34", "CFG107", "mean 'second'?"
    ),
    configured(
        "chapter twice",
        "parts:\n  - {title: P, chapters: [first, second]}\nappendices: [first]\n",
        "9:14",
        "CFG108",
        "the first time is on line 8",
    ),
    configured(
        "unknown style",
        "bibliography: {style: chicago-notes-bibliographi}\n",
        "7:23",
        "CSL101",
        "did you mean 'chicago-notes-bibliography'?",
    ),
    replaced("missing cover", "epub}", "epub, cover: covr.png}", "6:32", "IMG101", "paths start at"),
]

OTHERS = [
    Fault("not UTF-8", {"publication.yaml": b"title: caf\xe9\n"}, "publication.yaml:1:11", "SRC102", "UTF-8", 2),
    Fault(
        "chapter left out",
        {"publication.yaml": CONFIGURATION + "parts:\n  - {title: P, chapters: [first]}\n"},
        "chapters/02-second.md:1:1",
        "CFG109",
        "name it there",
    ),
    Fault(
        "no chapters",
        {"chapters/01-first.md": None, "chapters/02-second.md": None},
        "chapters:1:1",
        "CFG105",
        "01-first",
    ),
    Fault("slug twice", {"chapters/03-first.md": chapter("x")}, "chapters/03-first.md:1:1", "CFG104", "`slug:`"),
    Fault("folder for a chapter", {"chapters/03.md/x": ""}, "chapters/03.md:1:1", "SRC101", "a file has to"),
    Fault(
        "style that is no style",
        {
            "publication.yaml": CONFIGURATION + "bibliography: {style: own}\n",
            "bibliography/styles/own.csl": '<style xmlns="http://purl.org/net/xbiblio/csl">\n<citation>\n</style>',
        },
        "bibliography/styles/own.csl:3:9",
        "CSL102",
        "CSL 1.0.2",
    ),
    Fault(
        "style without its macro",
        {
            "publication.yaml": CONFIGURATION + "bibliography: {style: own}\n",
            "bibliography/styles/own.csl": '<style xmlns="http://purl.org/net/xbiblio/csl">\n'
            '<citation><layout>\n<text macro="titel"/></layout></citation></style>',
        },
        "bibliography/styles/own.csl:3:1",
        "CSL102",
        "CSL 1.0.2",
    ),
]

FRONT = "chapters/01-first.md"
CHAPTERS = [
    Fault("no front matter", {FRONT: "text\n"}, f"{FRONT}:1:1", "CFG103", "begin the file with"),
    Fault("front matter not closed", {FRONT: "---\ntitle: X\n\ntext\n"}, f"{FRONT}:1:1", "CFG106", "`---`"),
    Fault("front matter broken", {FRONT: "---\ntitle: X\nshort: 'a\n---\n"}, f"{FRONT}:3:8", "YML101", "quotation"),
    Fault(
        "front matter with an unknown key",
        {FRONT: "---\ntitle: X\nauthor: me\n---\n\ntext\n"},
        f"{FRONT}:3:1",
        "CFG101",
        "did you mean 'authors'?",
    ),
    Fault("title of a list", {FRONT: "---\ntitle: [X]\n---\n\ntext\n"}, f"{FRONT}:2:8", "CFG102", "title: ..."),
    Fault("not UTF-8", {FRONT: chapter("").encode() + b"caf\xe9"}, f"{FRONT}:5:4", "SRC102", "UTF-8"),
    Fault("character of no edition", {FRONT: chapter("a\x00b\n")}, f"{FRONT}:5:2", "SRC103", "delete it"),
    Fault("mark of our own", {FRONT: chapter("a\ue0111\ue010b\n")}, f"{FRONT}:5:2", "SRC103", "delete it"),
]

MORE = "bibliography/more"
BIBLIOGRAPHIES = [
    sourced("broken entry", "title: Alpha", "title: [Alpha", "3:10", "YML101", "quotation marks"),
    Fault(
        "no key",
        {"bibliography/sources.yaml": SOURCES + "- type: book\n"},
        "bibliography/sources.yaml:11:3",
        "BIB003",
        "add `id: key`",
    ),
    sourced("no type", "  type: book\n", "", "1:3", "BIB004", "type: book"),
    sourced("unknown type", "type: book", "type: bok", "2:9", "BIB006", "did you mean 'book'?"),
    sourced("list for a title", "title: Alpha", "title: [Alpha]", "3:10", "BIB007", "title: ..."),
    sourced("number for a name", "[{family: Able, given: Ann}]", "[12]", "4:12", "BIB007", "{family:"),
    sourced("list for a date", "issued: 2020", "issued: [2020]", "5:11", "BIB007", "2026-03-31"),
    sourced("unknown field", "title: Alpha", "titel: Alpha", "3:3", "BIB008", "did you mean 'title'?"),
    sourced("unknown part of a name", "family: Able", "famly: Able", "4:13", "BIB008", "did you mean 'family'?"),
    Fault(
        "key in two files",
        {f"{MORE}.yaml": "- id: alpha-2020\n  type: book\n"},
        "bibliography/sources.yaml:1:3",
        "BIB001",
        f"the first is at {MORE}.yaml:1:3",
    ),
    Fault("no list", {f"{MORE}.yaml": "alpha: {type: book}\n"}, f"{MORE}.yaml:1:1", "BIB002", "`- id: key`"),
    Fault("broken JSON", {f"{MORE}.json": '[{"id": "x",\n"type" "book"}]'}, f"{MORE}.json:2:8", "BIB005", "a comma"),
    Fault(
        "unknown field in JSON with tabs",
        {f"{MORE}.json": '[\n\t{"id": "x\\/y", "type": "book",\n\t"titl": "\\ud83d\\ude00"}]'},
        f"{MORE}.json:3:2",
        "BIB008",
        "did you mean 'title'?",
    ),
    Fault(
        "broken BibTeX",
        {f"{MORE}.bib": "@book{gamma,\n  title = {Gamma},\n\n@book{delta, title={D}}\n"},
        f"{MORE}.bib:4:1",
        "BIB005",
        "a brace",
    ),
    Fault(
        "key twice in BibTeX",
        {f"{MORE}.bib": "@book{gamma, title={G}}\n\n@book{gamma, title={D}}\n"},
        f"{MORE}.bib:3:7",
        "BIB001",
        f"the first is at {MORE}.bib:1:7",
    ),
    Fault(
        "BibTeX that is not UTF-8", {f"{MORE}.bib": b"@book{g, title={caf\xe9}}"}, f"{MORE}.bib:1:20", "SRC102", "UTF"
    ),
]


@pytest.mark.parametrize(
    "fault", [*CONFIGURATIONS, *OTHERS, *CHAPTERS, *BIBLIOGRAPHIES], ids=lambda fault: f"{fault.code} {fault.name}"
)
def test_a_fault_is_one_finding_at_its_place(fault: Fault, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    check_fault(fault, tmp_path, main, lambda: capsys.readouterr().out)


def test_a_broken_bibliography_does_not_make_its_keys_unknown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, {"bibliography/sources.yaml": SOURCES + "- {id: [gamma}\n", FRONT: chapter("A [@nosuch].\n")})
    assert main(["-C", str(tmp_path), "build"]) == 1
    assert told(capsys.readouterr().out) == [
        ("bibliography/sources.yaml:11:8", "YML101"),
        ("chapters/01-first.md:5:4", "CIT001"),
    ]


def test_all_faults_of_a_run_are_told_at_once_and_in_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = chapter("A[^onne] and [@alpha-2002], $\\frac{a$.\n\n![Map](nosuch.png)\n\n{{ tabel }}\n")
    put_editions(
        write(
            tmp_path,
            {
                "publication.yaml": CONFIGURATION + "publsher: X\nbibliography: {style: nosuch}\n",
                FRONT: first.replace("{{ tabel }}", ""),
                "chapters/02-second.md": chapter("{{ tabel }} [@sec:nosuch]\n"),
                "bibliography/more.yaml": "- id: alpha-2020\n",
                "templates/print/chapter.html": "{% if %}\n",
            },
        )
    )
    assert main(["-C", str(tmp_path), "build"]) == 2
    output = capsys.readouterr().out
    assert told(output) == [
        ("bibliography/more.yaml:1:3", "BIB004"),
        ("bibliography/sources.yaml:1:3", "BIB001"),
        (f"{FRONT}:5:2", "NTE101"),
        (f"{FRONT}:5:15", "CIT001"),
        (f"{FRONT}:5:29", "MTH101"),
        (f"{FRONT}:7:8", "IMG101"),
        ("chapters/02-second.md:5:4", "TPL101"),
        ("chapters/02-second.md:5:14", "REF101"),
        ("publication.yaml:7:1", "CFG101"),
        ("publication.yaml:8:23", "CSL101"),
        ("templates/print/chapter.html:1:1", "TPL102"),
    ]
    assert output.endswith("11 errors, 0 warnings\n")
    assert standing(tmp_path) == STANDING
