"""Pieces of LaTeX into the words that a reader sees."""

from __future__ import annotations

import re

_SYMBOLS = {
    "textbackslash": "\\", "textasciitilde": "~", "textasciicircum": "^", "textless": "<", "textgreater": ">",
    "textbar": "|", "textquotesingle": "'", "textquotedbl": '"', "textasciigrave": "`", "textbraceleft": "{",
    "textbraceright": "}", "textquoteright": "’", "textquoteleft": "‘", "textquotedblleft": "“",
    "textquotedblright": "”", "ldots": "…", "dots": "…", "textellipsis": "…", "textendash": "–", "textemdash": "—",
    "textunderscore": "_", "textdollar": "$", "S": "§", "P": "¶", "copyright": "©", "textdegree": "°", "newline": " ",
    "quad": " ", "qquad": " ", "par": " ", "slash": "/", "ss": "ß", "texttimes": "×", "textasteriskcentered": "*",
}  # fmt: skip
# Commands of whose arguments these many, from the first, are not printed.
_SILENT = {
    "label": 1, "foreignlanguage": 1, "hyperref": 0, "hyperlink": 1, "href": 1, "begin": 1, "end": 1, "hypertarget": 1,
    "setcounter": 2, "footnote": 1, "footnotetext": 1, "footnotemark": 0, "selectlanguage": 1, "includegraphics": 1,
    "bibitem": 1, "tablenotecall": 2, "tablenote": 2, "usepackage": 1, "renewcommand": 2, "hspace": 1, "vspace": 1,
}  # fmt: skip
_ACCENTS = {"'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304", ".": "\u0307"}
_TOKEN = re.compile(r"\\([A-Za-z]+)\*?[ \t]*\n?|\\(.)|(%[^\n]*\n?)|([{}~&])|([^\\%{}~&]+)", re.DOTALL)
_MATHS = re.compile(r"\\\((.*?)\\\)|\\\[(.*?)\\\]", re.DOTALL)
# Stands for a formula, whose TeX is kept as it is.
_KEPT = "\ue03f"
_ADDRESS = re.compile(r"\\url\{((?:[^{}\\]|\\.|\{[^{}]*\})*)\}")


def argument(text: str, at: int) -> tuple[str, int]:
    """The group in braces at an offset, white space before it left out, and the offset behind it; else empty."""
    while at < len(text) and text[at] in " \t\n":
        at += 1
    if text[at : at + 1] != "{":
        return "", at
    depth, start = 0, at + 1
    while at < len(text):
        char = text[at]
        if char == "\\":
            at += 2
            continue
        depth += (char == "{") - (char == "}")
        at += 1
        if depth == 0:
            return text[start : at - 1], at
    return text[start:], len(text)


def optional(text: str, at: int) -> tuple[str, int]:
    """The argument in square brackets at an offset, and the offset behind it; empty where there is none."""
    if text[at : at + 1] != "[":
        return "", at
    depth, start = 0, at + 1
    at = start
    while at < len(text):
        char = text[at]
        if char == "\\":
            at += 2
            continue
        depth += (char == "{") - (char == "}")
        if char == "]" and depth == 0:
            return text[start:at], at + 1
        at += 1
    return text[start:], len(text)


def plain_text(text: str) -> str:
    """What is printed of a piece of LaTeX, formulas as TeX, commands not known without their names."""
    kept: list[str] = []

    def keep(words: str) -> str:
        kept.append(words)
        return f"{_KEPT}{len(kept) - 1}{_KEPT}"

    text = _MATHS.sub(lambda match: keep(match[1] or match[2] or ""), text)
    text = _ADDRESS.sub(lambda match: keep(re.sub(r"\\([%#&_{}~^$])", r"\1", match[1])), text)
    shown = _printed(text)
    shown = re.sub(f"{_KEPT}(\\d+){_KEPT}", lambda match: kept[int(match[1])], shown)
    return " ".join(shown.split())


def _printed(text: str) -> str:
    pieces: list[str] = []
    at = 0
    while (match := _TOKEN.match(text, at)) is not None:
        at = match.end()
        name, char, comment, special, words = match.groups()
        if name in _SYMBOLS:
            pieces.append(_SYMBOLS[name])
        elif name:
            if name not in ("hyperlink", "href", "foreignlanguage"):
                _, at = optional(text, at)
            for _ in range(_SILENT.get(name, 0)):
                _, at = argument(text, at)
        elif char in _ACCENTS and text[at : at + 1] == "{":
            letter, at = argument(text, at)
            pieces.append(letter + _ACCENTS[char])
            if not letter:
                pieces[-1] = char
        elif char:
            pieces.append({"\\": " ", ",": " ", " ": " ", "-": "", "/": ""}.get(char, char))
        elif comment:
            continue
        elif special:
            pieces.append({"~": "\u00a0", "&": " "}.get(special, ""))
        else:
            pieces.append(words)
    return "".join(pieces)
