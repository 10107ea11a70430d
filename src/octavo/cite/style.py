"""A name of a citation style into the CSL text that Pandoc gets."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from octavo.adapters.styles import find_packaged_style, packaged_style_names
from octavo.model.finding import Finding
from octavo.model.publication import BibliographySettings, Repeats
from octavo.model.source import Location
from octavo.model.suggest import did_you_mean

FOLDER = "bibliography/styles"
# Marks around the number of an earlier note, for us to put in the number that the edition prints.
FIRST_NUMBER_OPEN, FIRST_NUMBER_CLOSE = "\ue010", "\ue011"

_CSL = "{http://purl.org/net/xbiblio/csl}"
# The largest packaged styles come to a third of it, most of it in branches that no source takes.
_MAX_ELEMENTS = 5_000_000
_MAX_DEPTH = 100
_DROPPED = {
    Repeats.IBID: frozenset[str](),
    Repeats.SHORT: frozenset({"ibid", "ibid-with-locator"}),
    Repeats.FULL: frozenset({"ibid", "ibid-with-locator", "subsequent", "near-note"}),
}


@dataclass(frozen=True, slots=True)
class Style:
    """A citation style ready for use; ``is_note`` tells whether its citations are notes (CSL 1.0.2, class).

    ``is_numeric`` tells whether its citations are numbers or labels, that can stand like a noun: ``as [7] shows``.
    """

    name: str
    csl: str
    is_note: bool
    is_numeric: bool = False


def find_style(root: Path, settings: BibliographySettings, findings: list[Finding]) -> Style | None:
    """The style of a publication: a file of ``bibliography/styles``, else one of Octavo, else a packaged one."""
    location = settings.style_location or Location("publication.yaml")
    own = sorted((root / FOLDER).glob("*.csl"))
    path = next((path for path in own if path.stem == settings.style), None) or find_packaged_style(settings.style)
    if path is None:
        names = [path.stem for path in own] + packaged_style_names()
        hint = did_you_mean(settings.style, names) or f"put {settings.style}.csl into {FOLDER}/"
        findings.append(Finding("CSL101", "unknown-style", f"there is no style '{settings.style}'", location, hint))
        return None
    if path in own and not path.resolve().is_relative_to(root.resolve()):
        at = Location(f"{FOLDER}/{path.name}")
        message, hint = f"{at.file} is a link that leads out of the project", "put the file itself there"
        findings.append(Finding("SRC104", "file-outside", message, at, hint))
        return None
    try:
        tree = _read(path)
    except (OSError, etree.XMLSyntaxError, LookupError) as error:
        message = f"the style '{settings.style}' cannot be used: {error}"
        if path in own:
            line, column = getattr(error, "position", None) or (1, 1)
            location = Location(f"{FOLDER}/{path.name}", max(line, 1), max(column, 1), max(line, 1), max(column, 1))
            message = f"this style cannot be used: {getattr(error, 'msg', None) or error}"
        findings.append(Finding("CSL102", "broken-style", message, location, "check the file against CSL 1.0.2"))
        return None
    _drop_positions(tree, _DROPPED[settings.repeats])
    _mark_first_numbers(tree)
    csl = etree.tostring(tree, encoding="unicode")
    return Style(settings.style, csl, tree.get("class") == "note", _format(tree) in ("numeric", "label"))


def _format(tree: etree._Element) -> str:
    """The form of citations that a style says to have (CSL 1.0.2, "Info")."""
    categories = (category.get("citation-format") for category in tree.iterfind(f"{_CSL}info/{_CSL}category"))
    return next((found for found in categories if found), "")


def _read(path: Path) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    tree = etree.parse(str(path), parser).getroot()
    if tree.tag != f"{_CSL}style":
        raise LookupError("its root is not a CSL style")
    for link in tree.iter(f"{_CSL}link"):
        if link.get("rel") == "independent-parent":
            parent = find_packaged_style((link.get("href") or "").rpartition("/")[2])
            if parent is None:
                raise LookupError("its parent style is not packaged")
            return etree.parse(str(parent), parser).getroot()
    _refuse_incomplete(tree)
    return tree


def _refuse_incomplete(tree: etree._Element) -> None:
    """What Pandoc stops at, or passes over in silence (CSL 1.0.2, "Citation" and "Macro")."""
    if tree.find(f"{_CSL}citation/{_CSL}layout") is None:
        raise _IncompleteStyleError("it has no `citation` with a `layout`", tree)
    macros = {macro.get("name") or "": macro for macro in reversed(list(tree.iter(f"{_CSL}macro")))}
    for element in tree.iter(f"{_CSL}text", f"{_CSL}key"):
        name = element.get("macro")
        if name is not None and name not in macros:
            hint = did_you_mean(name, macros)
            raise _IncompleteStyleError(f"there is no macro '{name}'{hint and '; '}{hint}", element)
    sizes: dict[str, int] = {}
    for layout in (*tree.iter(f"{_CSL}layout"), *tree.iter(f"{_CSL}sort")):
        if _size(layout, macros, sizes, ()) > _MAX_ELEMENTS:
            raise _IncompleteStyleError(f"its macros come to more than {_MAX_ELEMENTS} elements", layout)


def _size(
    element: etree._Element, macros: dict[str, etree._Element], sizes: dict[str, int], open_: tuple[str, ...]
) -> int:
    """How many elements it comes to when all macros in it are followed, which nothing else bounds (CSL 1.0.2)."""
    total = 0
    for each in element.iter(f"{_CSL}*"):
        total += 1
        name = each.get("macro")
        if name is None:
            continue
        if name in open_ or len(open_) > _MAX_DEPTH:
            raise _IncompleteStyleError(f"the macro '{name}' leads back to itself", each)
        if name not in sizes:
            sizes[name] = _size(macros[name], macros, sizes, (*open_, name))
        total += sizes[name]
    return total


class _IncompleteStyleError(LookupError):
    """A style that is XML and no whole CSL style; ``position`` is the line and column of the fault."""

    def __init__(self, message: str, element: etree._Element) -> None:
        super().__init__(message)
        self.position = (element.sourceline, 1)

    def __str__(self) -> str:
        return str(self.args[0])


def _drop_positions(tree: etree._Element, dropped: frozenset[str]) -> None:
    """Take the branches away that test only for positions that are not wanted (CSL 1.0.2, "Choose").

    What remains of a ``choose`` is put right: its first branch becomes the ``if``, and an ``else`` alone stands for
    the whole.
    """
    for choose in list(tree.iter(f"{_CSL}choose")):
        for branch in list(choose):
            positions = set((branch.get("position") or "").split())
            if not positions & dropped:
                continue
            if positions <= dropped and branch.get("match", "all") != "none" and _tests(branch) == {"position"}:
                choose.remove(branch)
            elif positions - dropped:
                branch.set("position", " ".join(sorted(positions - dropped)))
        branches = [child for child in choose if isinstance(child.tag, str)]
        if not branches:
            _replace(choose, None)
        elif branches[0].tag == f"{_CSL}else":
            _replace(choose, branches[0])
        elif branches[0].tag == f"{_CSL}else-if":
            branches[0].tag = f"{_CSL}if"


def _tests(branch: etree._Element) -> set[str]:
    return {str(name) for name in branch.attrib} - {"match"}


def _replace(choose: etree._Element, branch: etree._Element | None) -> None:
    parent = choose.getparent()
    if parent is None:
        return
    at = parent.index(choose)
    children = [] if branch is None else list(branch)
    parent.remove(choose)
    for offset, child in enumerate(children):
        parent.insert(at + offset, child)


def _mark_first_numbers(tree: etree._Element) -> None:
    for element in tree.iter(f"{_CSL}text", f"{_CSL}number"):
        if element.get("variable") == "first-reference-note-number":
            element.set("prefix", (element.get("prefix") or "") + FIRST_NUMBER_OPEN)
            element.set("suffix", FIRST_NUMBER_CLOSE + (element.get("suffix") or ""))
