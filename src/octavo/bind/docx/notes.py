"""Footnotes as Word numbers them: their order, and the settings of a document that say how."""

from __future__ import annotations

from octavo.bind.docx.package import DOCUMENT, Package
from octavo.bind.docx.xml import Element, make, w

FOOTNOTES = "word/footnotes.xml"
SETTINGS = "word/settings.xml"
# Word 2013 and later: without it the program would open the document in the mode of an older one.
_MODE = ("compatibilityMode", "http://schemas.microsoft.com/office/word", "15")


def order_notes(package: Package) -> None:
    """Footnotes in the order of their calls, with identifiers from 1; Pandoc's are those of the order it wrote them."""
    if FOOTNOTES not in package.files:
        return
    notes = package.tree(FOOTNOTES)
    by_id = {note.get(w("id"), ""): note for note in notes.iterchildren(w("footnote"))}
    for index, reference in enumerate(package.tree(DOCUMENT).iter(w("footnoteReference")), 1):
        note = by_id[reference.get(w("id"), "")]
        notes.remove(note)
        notes.append(note)
        note.set(w("id"), str(index))
        reference.set(w("id"), str(index))


def settings(package: Package, *, restart: bool, language: str) -> Element:
    """The settings of a document: hyphenation, footnotes, and that it was made for present versions of Word."""
    numbering = [make("numFmt", val="decimal"), make("numRestart", val="eachSect" if restart else "continuous")]
    footnotes = package.files.get(FOOTNOTES)
    if footnotes is not None:
        for note in package.tree(FOOTNOTES).iterchildren(w("footnote")):
            if note.get(w("type")):
                numbering.append(make("footnote", id=note.get(w("id"), "")))
    name, uri, value = _MODE
    return make(
        "settings",
        make("zoom", percent=100),
        make("defaultTabStop", val=720),
        make("autoHyphenation"),
        make("consecutiveHyphenLimit", val=2),
        make("characterSpacingControl", val="doNotCompress"),
        make("footnotePr", *numbering),
        # Without the first a line that is broken by hand would be stretched in justified text.
        make("compat", make("doNotExpandShiftReturn"), make("compatSetting", name=name, uri=uri, val=value)),
        make("themeFontLang", val=language),
        make("decimalSymbol", val="."),
        make("listSeparator", val=","),
    )
