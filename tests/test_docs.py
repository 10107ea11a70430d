"""The documents: codes of findings, paths, commands and links that they name are there."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from octavo.model.publication import Publication
from octavo.read.publication import read_publication
from octavo.typeset.templates import Templates

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "octavo"
PAGES = sorted(
    [
        ROOT / "README.md",
        ROOT / "CONTRIBUTING.md",
        ROOT / "SECURITY.md",
        ROOT / "CHANGELOG.md",
        *(ROOT / "docs").glob("*.md"),
    ]
)
PAGES += [ROOT / "templates" / "README.md", ROOT / "docs" / "rules" / "README.md"]
# They are made from docstrings; what they show are examples, in which not everything leads somewhere.
RULE_PAGES = sorted((ROOT / "docs" / "rules").glob("[A-Z]*[0-9].md"))

CODE = re.compile(r'"([A-Z]{3}\d{3})"')
# Paths of the repository begin with one of its folders; `build` is made, and what has capitals or dots for a name is
# a placeholder.
PATH = re.compile(r"`((?:benchmarks|bibliography|chapters|docs|src|templates|tests|scripts|\.ci)/[\w./*-]*)`")
LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)(?:#[^)]*)?\)")
COMMAND = re.compile(r"(?:^|[`\s/(])octavo ((?:-C \S+ )?)([a-z]+)\b(?= |`|$)", re.MULTILINE)
MAKE = re.compile(r"(?:`|^\s+|^\$ )make ([a-z]+)\b", re.MULTILINE)


def codes_in_source() -> dict[str, set[str]]:
    """Each code with the names under which the source gives it."""
    found: dict[str, set[str]] = {}
    for path in SOURCE.rglob("*.py"):
        text = path.read_text("utf-8")
        for code in CODE.findall(text):
            found.setdefault(code, set())
        for code, name in re.findall(r'"([A-Z]{3}\d{3})",\s*"([a-z0-9-]+)"(?!:)', text):
            found[code].add(name)
    return found


def code_blocks(text: str) -> str:
    """What a reader may type: fenced and indented blocks, and code in lines."""
    fenced = re.findall(r"^```\w*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    indented = re.findall(r"^ {4}\S.*$", text, re.MULTILINE)
    return "\n".join([*fenced, *indented, *(f"`{code}`" for code in re.findall(r"`([^`\n]+)`", text))])


def names_on_pages_of_rules() -> dict[str, str]:
    titles = [re.match(r"# ([A-Z]{3}\d{3}): ([a-z0-9-]+)\n", page.read_text("utf-8")) for page in RULE_PAGES]
    return {title[1]: title[2] for title in titles if title}


def test_the_page_of_findings_and_those_of_rules_name_all_codes_and_no_others() -> None:
    page = (ROOT / "docs/findings.md").read_text("utf-8")
    rows = re.findall(r"^\| \[?([A-Z]{3}\d{3})(\]\(rules/\1\.md\))? \| ([a-z0-9-]+) \|", page, re.MULTILINE)
    listed = {code: name for code, _, name in rows}
    assert len(rows) == len(listed), "a code stands twice"
    rules = names_on_pages_of_rules()
    assert {code for code, link, _ in rows if link} == set(listed) & set(rules), "what is a rule links to its page"
    documented = rules | listed
    found = codes_in_source()
    assert sorted(documented) == sorted(found)
    wrong = {code: names for code, names in found.items() if names and documented[code] not in names}
    assert not wrong, "the page has other names"
    assert all(len(names) <= 1 for names in found.values()), "one code has two names"
    assert all(rules[code] == name for code, name in listed.items() if code in rules)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_codes_in_the_text_of_pages_exist(page: Path) -> None:
    families = "|".join(sorted({"BIB", *(code[:3] for code in codes_in_source())}))
    named = set(re.findall(rf"\b(?:{families})\d{{3}}\b", page.read_text("utf-8")))
    assert named <= set(codes_in_source())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.parent.name}-{page.name}")
def test_paths_and_links_lead_somewhere(page: Path) -> None:
    text = page.read_text("utf-8")
    prose = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    links = [link for link in LINK.findall(re.sub(r"`[^`]*`", "", prose)) if not (page.parent / link).exists()]
    assert not links
    missing = [
        path
        for path in PATH.findall(prose)
        if not re.search(r"NAME|SLUG|\.\.\.", path) and not any(ROOT.glob(path.rstrip("/")))
        and not any((SOURCE / "templates").glob(path.removeprefix("templates/")))
    ]  # fmt: skip
    assert not missing


@pytest.fixture(scope="module")
def commands() -> set[str]:
    result = subprocess.run(
        [sys.executable, "-m", "octavo", "--help"], capture_output=True, text=True, check=True, cwd=ROOT / "src"
    )
    listed = result.stdout.partition("commands:")[2]
    return set(re.findall(r"^ {4}([a-z]+)\b", listed, re.MULTILINE))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.parent.name}-{page.name}")
def test_commands_exist(page: Path, commands: set[str]) -> None:
    assert {"build", "verify"} <= commands, "the help of the command line is not read rightly"
    typed = code_blocks(page.read_text("utf-8"))
    assert {name for _, name in COMMAND.findall(typed)} <= commands
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(MAKE.findall(typed)) <= targets


def test_the_page_of_configuration_names_all_keys() -> None:
    page = (ROOT / "docs/publication.md").read_text("utf-8")
    named = {word for key in re.findall(r"`([a-z_]+(?:\.[a-z]+)*)`", page) for word in key.split(".")}
    text = (SOURCE / "read/publication.py").read_text("utf-8") + (SOURCE / "read/chapters.py").read_text("utf-8")
    keys = set(re.findall(r'\.(?:text|texts|flag|switch|choice|mapping|mappings|value)\("(\w+)"', text))
    assert {"title", "appendices", "bleed", "keywords"} <= keys
    assert keys <= named


def test_the_page_of_configuration_has_the_defaults() -> None:
    from octavo.model.source import SourceFile

    findings: list = []
    publication: Publication = read_publication(SourceFile("publication.yaml", "title: T\n"), findings)
    assert not findings
    defaults = {
        "language": publication.language,
        "bibliography.style": publication.bibliography.style,
        "bibliography.repeats": publication.bibliography.repeats.value,
        "notes.numbering": publication.notes.value,
        "sections.numbered": str(publication.sections.numbered).lower(),
        "format": publication.editions[0].format.value,
        "page.size": f"{publication.editions[0].page.width:g}mm {publication.editions[0].page.height:g}mm",
        "page.bleed": f"{publication.editions[0].page.bleed:g}",
    }
    page = (ROOT / "docs/publication.md").read_text("utf-8")
    for key, default in defaults.items():
        row = next(line for line in page.splitlines() if line.startswith(f"| `{key}` |"))
        assert row.split("|")[3].strip().startswith(f"`{default}`"), key
    assert [edition.name for edition in publication.editions] == ["print", "ebook"]


def test_the_page_of_templates_names_all_base_templates() -> None:
    page = (ROOT / "docs/templates.md").read_text("utf-8")
    base = SOURCE / "templates"
    names = {path.relative_to(base).as_posix() for folder in ("print", "epub") for path in (base / folder).iterdir()}
    named = set(re.findall(r"`(?:templates/)?((?:print|epub)/[\w.]+)`", page))
    assert named == names


def test_the_house_style_of_the_reference_publication_is_used() -> None:
    own = [path for path in (ROOT / "templates").rglob("*.*") if path.suffix in {".html", ".xhtml"}]
    assert own
    for path in own:
        name = path.relative_to(ROOT / "templates").as_posix()
        assert f'{{% extends "base/{name}" %}}' in path.read_text("utf-8")
        assert (SOURCE / "templates" / name).is_file()
    assert Templates(ROOT).text("print/print.css")
