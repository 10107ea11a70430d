"""A DOCX back into the notes that its reader sees."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from octavo.model.notes import EditionNotes, Mark
from octavo.verify.docx_numbers import call_labels
from octavo.verify.docx_package import Element, Parts, W, open_package
from octavo.verify.leftover import leftovers

_MATHEMATICS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_SPACES = frozenset({f"{W}tab", f"{W}br", f"{W}cr", f"{W}p"})
_HYPHENS = {f"{W}noBreakHyphen": "\N{NON-BREAKING HYPHEN}", f"{W}softHyphen": "\N{SOFT HYPHEN}"}
_LITERAL = frozenset({"source code", "verbatim char"})


@dataclass(frozen=True, slots=True)
class ContentsLine:
    """A line of the contents: its text without the page, and the bookmark that it leads to."""

    text: str
    bookmark: str


@dataclass(frozen=True, slots=True)
class DocxReading:
    """What a reader sees of a DOCX.

    ``headings`` are the texts of the paragraphs that the contents can name, by their bookmarks; ``bookmarks`` are all.
    """

    notes: EditionNotes
    references: tuple[Mark, ...] = ()
    contents: tuple[ContentsLine, ...] = ()
    headings: Mapping[str, str] = field(default_factory=dict)
    bookmarks: frozenset[str] = frozenset()
    leftovers: tuple[str, ...] = ()


@dataclass(slots=True)
class _Open:
    """A note under a table whose bookmark is open: its words so far, the number that leads back, and whereto."""

    anchor: str
    text: list[str] = field(default_factory=list)
    label: str = ""
    links_to: str = ""


def read_docx(data: bytes, edition: str, anchors: Mapping[str, str]) -> DocxReading:
    """Calls, notes, references to notes and contents of a DOCX in the order of its text.

    ``anchors`` maps the names of bookmarks to the anchors of the plan's notes and calls that they stand for.  The label
    of a footnote is what Word computes; the ``place`` of a mark is its bookmark as an address.

    Raises UnreadableArtifact where Word would not open the file.
    """
    parts = open_package(data)
    reader = _Reader(parts, anchors)
    reader.walk()
    names = frozenset(
        start.get(f"{W}name", "")
        for root in (parts.document, parts.footnotes)
        if root is not None
        for start in root.iter(f"{W}bookmarkStart")
    )
    styles = _style_names(parts)
    contents = tuple(_contents(parts, styles))
    return DocxReading(
        EditionNotes(edition, tuple(reader.calls), tuple(reader.notes)),
        tuple(reader.references),
        contents,
        _headings(parts, {line.bookmark for line in contents}),
        names,
        tuple(_left(parts, styles)),
    )


class _Reader:
    """Goes through the text once, and knows at each place which bookmarks are open."""

    def __init__(self, parts: Parts, anchors: Mapping[str, str]) -> None:
        self.calls: list[Mark] = []
        self.notes: list[Mark] = []
        self.references: list[Mark] = []
        self._parts = parts
        self._anchors = anchors
        self._labels = call_labels(parts)
        self._open: dict[str, str] = {}
        self._lines: dict[str, _Open] = {}
        self._bodies = {
            note.get(f"{W}id", ""): note for note in (parts.footnotes if parts.footnotes is not None else ())
        }
        self._here = {start.get(f"{W}name", "") for start in parts.document.iter(f"{W}bookmarkStart")}

    def walk(self) -> None:
        """Read the whole text."""
        self._go(self._parts.document)

    def _go(self, element: Element) -> None:
        tag = element.tag
        if tag == f"{W}bookmarkStart":
            self._begin(element)
        elif tag == f"{W}bookmarkEnd":
            self._end(element.get(f"{W}id", ""))
        elif tag == f"{W}footnoteReference":
            self._footnote(element)
        elif tag == f"{W}hyperlink" and element.get(f"{W}anchor"):
            self._link(element)
        elif tag != f"{W}del" and not str(tag).startswith(_MATHEMATICS):
            if tag == f"{W}t" or tag in _SPACES or tag in _HYPHENS:
                for line in self._lines.values():
                    line.text.append(_own_text(element))
            for child in element:
                self._go(child)

    def _begin(self, start: Element) -> None:
        number, anchor = start.get(f"{W}id", ""), self._anchors.get(start.get(f"{W}name", ""), "")
        self._open[number] = anchor
        if anchor.startswith("note-"):
            self._lines[number] = _Open(anchor)

    def _end(self, number: str) -> None:
        self._open.pop(number, None)
        line = self._lines.pop(number, None)
        if line is not None:
            text = _fold("".join(line.text))
            place = f"#{self._name(line.anchor)}"
            self.notes.append(Mark(line.label, line.anchor, line.links_to, place, len(self.notes), text))

    def _name(self, anchor: str) -> str:
        return next((name for name, own in self._anchors.items() if own == anchor), anchor)

    def _call_here(self) -> str:
        return next((anchor for anchor in self._open.values() if anchor.startswith("call-")), "")

    def _footnote(self, reference: Element) -> None:
        """A call and, as Word prints it for each call, its footnote."""
        if reference not in self._labels:
            return
        label = "" if _is_hidden(reference.getparent()) else self._labels[reference]
        anchor = self._call_here()
        body = self._bodies.get(reference.get(f"{W}id", ""))
        name, own = _note_bookmark(body, self._anchors)
        self.calls.append(Mark(label, anchor, own, f"#{name}" if name else "", len(self.calls)))
        if body is None:
            return
        printed = label if next(body.iter(f"{W}footnoteRef"), None) is not None else ""
        text = _fold("".join(_words(body)))
        self.notes.append(Mark(printed, own, anchor, f"#{name}" if name else "", len(self.notes), text))
        for link in body.iter(f"{W}hyperlink"):
            self._reference(link)

    def _link(self, link: Element) -> None:
        name = link.get(f"{W}anchor", "")
        target = self._anchors.get(name, "") if name in self._here else ""
        text = _fold("".join(_words(link)))
        line = next(iter(self._lines.values()), None)
        if line is not None and not "".join(line.text).strip() and not line.label:
            line.label, line.links_to = text, target or name
            return
        if line is not None:
            line.text.append(text)
        call = self._call_here()
        if call:
            self.calls.append(Mark(text, call, target or name, f"#{name}", len(self.calls)))
        else:
            self._reference(link)

    def _reference(self, link: Element) -> None:
        name = link.get(f"{W}anchor", "")
        target = self._anchors.get(name, "")
        if target.startswith("note-"):
            text = _fold("".join(_words(link)))
            self.references.append(Mark(text, "", target, f"#{name}", len(self.references)))


def _note_bookmark(body: Element | None, anchors: Mapping[str, str]) -> tuple[str, str]:
    """The bookmark in a footnote that has the name of a note, and the anchor that it stands for."""
    for start in body.iter(f"{W}bookmarkStart") if body is not None else ():
        name = start.get(f"{W}name", "")
        if anchors.get(name, "").startswith("note-"):
            return name, anchors[name]
    return "", ""


def _is_hidden(run: Element | None) -> bool:
    found = run.find(f"{W}rPr/{W}vanish") if run is not None else None
    return found is not None and found.get(f"{W}val", "1") not in ("0", "false", "off")


def _words(element: Element) -> Iterator[str]:
    """The text that a reader sees, without formulas, which are pictures to other editions."""
    tag = element.tag
    if str(tag).startswith(_MATHEMATICS) or tag in (f"{W}del", f"{W}instrText"):
        return
    if tag == f"{W}r" and _is_hidden(element):
        return
    yield _own_text(element)
    for child in element:
        yield from _words(child)


def _own_text(element: Element) -> str:
    if element.tag == f"{W}t":
        return element.text or ""
    return " " if element.tag in _SPACES else _HYPHENS.get(str(element.tag), "")


def _fold(text: str) -> str:
    return " ".join(text.split())


def _style_names(parts: Parts) -> dict[str, str]:
    """The names of styles in small letters, by their identifiers."""
    names = {}
    for style in parts.styles.iter(f"{W}style") if parts.styles is not None else ():
        name = style.find(f"{W}name")
        names[style.get(f"{W}styleId", "")] = "" if name is None else name.get(f"{W}val", "").lower()
    return names


def _style(element: Element, styles: Mapping[str, str]) -> str:
    for path in (f"{W}pPr/{W}pStyle", f"{W}rPr/{W}rStyle"):
        found = element.find(path)
        if found is not None:
            return styles.get(found.get(f"{W}val", ""), "")
    return ""


def _contents(parts: Parts, styles: Mapping[str, str]) -> Iterator[ContentsLine]:
    for paragraph in parts.document.iter(f"{W}p"):
        if not _style(paragraph, styles).startswith("toc "):
            continue
        for link in paragraph.iter(f"{W}hyperlink"):
            text = "".join(_words(link) if next(link.iter(f"{W}tab"), None) is None else _before_tab(link))
            yield ContentsLine(_fold(text), link.get(f"{W}anchor", ""))


def _before_tab(link: Element) -> Iterator[str]:
    for element in link.iter():
        if element.tag == f"{W}tab":
            return
        if element.tag == f"{W}t":
            yield element.text or ""


def _headings(parts: Parts, wanted: set[str]) -> dict[str, str]:
    found = {}
    for start in parts.document.iter(f"{W}bookmarkStart"):
        if start.get(f"{W}name", "") in wanted:
            paragraph = next(start.iterancestors(f"{W}p"), None)
            found[start.get(f"{W}name", "")] = "" if paragraph is None else _fold("".join(_words(paragraph)))
    return found


def _left(parts: Parts, styles: Mapping[str, str]) -> Iterator[str]:
    """Markup of notes and citations in what a reader sees; code is left out, for there the marks may be meant."""
    for root in (parts.document, parts.footnotes):
        for paragraph in root.iter(f"{W}p") if root is not None else ():
            if _style(paragraph, styles) not in _LITERAL:
                runs = [run for run in paragraph.iter(f"{W}r") if _style(run, styles) not in _LITERAL]
                yield from leftovers(_fold("".join("".join(_words(run)) for run in runs)))
