"""Text of a field beside the way a file writes it: quoted, escaped, folded, or between braces."""

from __future__ import annotations

from octavo.model.lazy import lazy

# A block scalar of YAML begins with its indicator (YAML 1.2, 8.1).
_BLOCK = lazy(r"[>|][-+0-9]*[ \t]*(?:#[^\n]*)?\n")
_FOLD = lazy(r"[ \t]*\n\s*|[ \t]+")
_HEX = lazy(r"\\u([0-9a-fA-F]{4})")
# BibTeX writes dashes and quotation marks as TeX does.
_TEX = {
    "\N{EN DASH}": "--",
    "\N{EM DASH}": "---",
    "\N{LEFT DOUBLE QUOTATION MARK}": "``",
    "\N{RIGHT DOUBLE QUOTATION MARK}": "''",
    "\N{RIGHT SINGLE QUOTATION MARK}": "'",
    "\N{NO-BREAK SPACE}": "~",
}


# What a plain scalar of YAML cannot begin with, end with or have within (YAML 1.2, 7.3.3).
_NOT_PLAIN = lazy(r"""[-?:](?:\s|\Z)|[,\[\]{}#&*!|>'"%@`\s]|\Z""")
_NOT_WITHIN = lazy(r":(?:\s|\Z)|\s#|\s\Z")


def breaks_plain_text(before: str, after: str) -> bool:
    """Whether YAML would take a plain scalar, mended, for something else; quoted text and blocks stay what they are."""
    if _NOT_PLAIN.match(before):
        return False
    return bool(_NOT_PLAIN.match(after) or _NOT_WITHIN.search(after))


def align(written: str, value: str) -> list[tuple[int, int]]:
    """For each character of ``value`` the range of ``written`` that writes it; empty where the two do not agree."""
    quote = written[0] if len(written) > 1 and written[0] in "\"'" and written[-1] == written[0] else ""
    block = _BLOCK.match(written)
    at = 1 if quote else _skipped(written, block.end()) if block else 0
    places = []
    for char in value:
        while (end := _end(written, at, char, quote)) == at:
            if not written.startswith(("{", "}"), at):
                return []
            at += 1
        places.append((at, end))
        at = end
    return places


def _skipped(written: str, at: int) -> int:
    while at < len(written) and written[at].isspace():
        at += 1
    return at


def _end(written: str, at: int, char: str, quote: str) -> int:
    """Where the writing of a character ends that begins at a place; the place itself where it does not begin there."""
    if quote == "'" and char == "'" and written.startswith("''", at):
        return at + 2
    if char == " " and (fold := _FOLD.match(written, at)):
        return fold.end() if "\n" in fold[0] else at + 1
    if written.startswith("\\", at) and quote != "'":
        if written.startswith(char, at + 1) and (char != "\\" or quote):
            return at + 2
        code = _HEX.match(written, at)
        if code and chr(int(code[1], 16)) == char:
            return code.end()
    if written.startswith(char, at):
        return at + 1
    tex = _TEX.get(char, "")
    return at + len(tex) if tex and written.startswith(tex, at) else at
