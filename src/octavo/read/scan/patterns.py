"""The regular expressions of Pandoc's Markdown, each with the section of Pandoc's User's Guide that it follows.

The quantifiers with ``+`` behind them never give back what they took, as Pandoc's parsers do not; that also keeps
every pattern linear in the length of the text.
"""

from __future__ import annotations

import html.entities
import re
from typing import Final

from octavo.read.scan.regex import compiled

SPNL: Final = r"[ ]*+\n?+[ ]*+(?!\n)"
"""Blanks with at most one line end among them."""

_IDENT = r"[^\W\d_][\w\-:.]*+"
_VALUE = (
    r"""(?:"(?!\s)(?:\\[^A-Za-z0-9]|[^"])++"|'(?!\s)(?:\\[^A-Za-z0-9]|[^'])++'|""|''|(?:\\[^A-Za-z0-9]|[^ \n}])*+)"""
)
_ATTRIBUTE = rf"(?>\#[\w\-:.]++|\.{_IDENT}|{_IDENT}={_VALUE}|-)"
_ATTRIBUTES = rf"\{{{SPNL}(?:{_ATTRIBUTE}{SPNL})*+\}}"

ATTRIBUTES: Final = compiled(_ATTRIBUTES)
"""``{#id .class key=value}``; sections "Extension: header_attributes" and "Extension: link_attributes"."""

ATTRIBUTE: Final = compiled(rf"\#(?P<name>[\w\-:.]++)|\.{_IDENT}|{_IDENT}={_VALUE}|-")

BLANKS: Final = compiled(r"(?:[ ]*+\n)++")
PARAGRAPH_END: Final = compiled(r"\n(?=[ ]*+\n)")

# Blocks -----------------------------------------------------------------------------------------------------------

FENCE: Final = compiled(
    r"(?P<indent>[ ]{0,3}+)(?P<fence>`{3,}+|~{3,}+)[ ]*+(?:[^`{}\s]++)?+[ ]*+"
    rf"(?P<attributes>{_ATTRIBUTES})?+[ ]*+\n"
)
"""The first line of a fenced code block; section "Fenced code blocks"."""
FENCE_END: Final = compiled(r"^[ ]{0,3}(?P<fence>`{3,}+|~{3,}+)[ ]*$", re.MULTILINE)

RULE: Final = compiled(r"[ ]*+(?P<mark>[*\-_])(?:[ ]*+(?P=mark)){2}(?:[ ]|(?P=mark))*+\n")
QUOTE: Final = compiled(r"[ ]{0,3}+>[ ]?")
ATX: Final = compiled(r"(?P<marks>\#++)(?![.)])(?=[ \n])[ ]*+")
ATX_END: Final = compiled(rf"\#*+[ ]*+(?P<attributes>{_ATTRIBUTES})?+[ ]*+\n")
SETEXT: Final = compiled(r"[^\n]*+\n(?P<line>[=-]++)[ ]*+\n")
SETEXT_LINE: Final = compiled(r"(?:=++|-++)[ ]*+\n")
SETEXT_END: Final = compiled(rf"(?P<attributes>{_ATTRIBUTES})?+[ ]*+\n")
DIV: Final = compiled(rf":::++[ ]*+(?:(?P<attributes>{_ATTRIBUTES})|[^ \n]++)[ ]*+:*+[ ]*+\n")
"""The opening of a div; section "Extension: fenced_divs"."""
DIV_END: Final = compiled(r":::++[ ]*+\n(?:[ ]*+\n)*+")

_TAG_ATTRIBUTES = r"""(?:\s++[A-Za-z_:][\w:.\-]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'=<>`]++))?+)*+\s*+"""
HTML_DIV: Final = compiled(rf"<div{_TAG_ATTRIBUTES}>", re.IGNORECASE)
"""Sections "Extension: native_divs" and "native_spans"; all other tags are text when raw_html is off."""
HTML_DIV_END: Final = compiled(r"</div\s*+>", re.IGNORECASE)
HTML_SPAN: Final = compiled(rf"<span{_TAG_ATTRIBUTES}>", re.IGNORECASE)
HTML_SPAN_END: Final = compiled(r"</span\s*+>", re.IGNORECASE)

NOTE_MARKER: Final = compiled(r"\[\^(?P<label>[^\r\n\t \^\[\]]++)\]")
"""``[^label]``; section "Extension: footnotes"."""
NOTE_BLOCK: Final = compiled(r"[ ]{0,3}+\[\^(?P<label>[^\r\n\t \^\[\]]++)\]:")
CAPTION: Final = compiled(r"[ ]{0,3}+(?::|[Tt]able:)")
CAPTION_END: Final = compiled(rf"(?P<attributes>{_ATTRIBUTES})[ ]*+\n")
TITLE_BLOCK: Final = compiled(r"(?:%[^\n]*+\n(?:[ ]++[^ \n][^\n]*+\n)*+){1,3}+")

PLAIN_START: Final = compiled(r"(?![A-Za-z]{1,15}[.)][ \n]|[Tt]able:)[^\W\d_][^\n|]*+\n(?![ ]*+\n?+[ ]{0,3}+[-=:~+|])")
"""A line that can only begin a paragraph: the short way for most blocks of a book."""

# Lists ------------------------------------------------------------------------------------------------------------

_GAP = r"(?:[ ](?:[ ]{0,3}+(?![ ]))?+|(?=\n))"
BULLET: Final = compiled(rf"[ ]{{0,3}}+(?![ ])(?!{RULE.pattern})[*+-]{_GAP}")
DEFINITION: Final = compiled(rf"[ ]{{0,3}}+(?![ ])[:~]{_GAP}")
"""The mark before a definition; section "Extension: definition_lists".  To Pandoc 3.9 it begins an item of a list."""
_LOWER = r"(?=[mdclxvi])m*+(?:cm)?d?(?:cd)?c*+(?:xc)?l?(?:xl)?x*+(?:ix)?v?(?:iv)?i*+"
_NUMBER = (
    r"(?:(?P<{0}D>[0-9]++)|(?P<{0}E>@(?:[^\W_]++|[_-][^\W_]++)*+)|(?P<{0}H>\#)|(?P<{0}i>i)|(?P<{0}I>I)"
    rf"|(?P<{{0}}a>[a-z])|(?P<{{0}}r>{_LOWER})|(?P<{{0}}A>[A-Z])|(?P<{{0}}R>{_LOWER.upper()}))"
)
ORDERED: Final = compiled(
    r"[ ]{0,3}+(?![ ])(?!p\.[ ][0-9])(?:"
    + _NUMBER.format("p_")
    + r"\.|"
    + _NUMBER.format("o_")
    + r"\)|\("
    + _NUMBER.format("t_")
    + r"\))(?=[ \n])"
)
"""An ordered marker; sections "Extension: fancy_lists" and "Extension: example_lists"."""
ORDERED_GAP: Final = compiled(_GAP)
_STYLES = {"D": "[0-9]++", "E": r"@(?:[^\W_]++|[_-][^\W_]++)*+", "i": _LOWER, "I": _LOWER.upper()} | {
    "a": "[a-z]",
    "A": "[A-Z]",
    "H": "[0-9]++",
}
_DELIMITERS = {".": ("", r"\."), ")": ("", r"\)"), "()": (r"\(", r"\)")}
CONTINUED: Final = {
    (style, delimiter): compiled(rf"[ ]{{0,3}}+(?![ ])(?!p\.[ ][0-9]){before}(?P<number>\#|{number}){after}(?=[ \n])")
    for style, number in _STYLES.items()
    for delimiter, (before, after) in _DELIMITERS.items()
}
"""The markers that go on with a list of a style and delimiter."""

# Inlines ----------------------------------------------------------------------------------------------------------

CITE_KEY: Final = compiled(
    r"-?+@(?:(?P<key>[^\W_]|[_*])(?P<rest>(?:\w++|[:.#$%&\-+?<>~/](?=\w)|[:/](?=/))*+)"
    r"|\{(?P<braced>(?:[^\s{}]++|\{[^\s{}]*+\})*+)\})"
)
"""``@key`` or ``@{key}``; section "Citation syntax"."""
EXAMPLE: Final = compiled(r"@(?:[^\W_]++|[_-][^\W_]++)*+")
SUPERSCRIPT: Final = compiled(r"\^(?:\\[^A-Za-z0-9\n]|[^\^ \n])*+\^")
SUBSCRIPT: Final = compiled(r"~(?:\\[^A-Za-z0-9\n]|[^~ \n])*+~")
MATH: Final = compiled(
    r"\$(?![\s$])(?:[^ \n\\$]|\\text\{(?:[^{}\\]|\\.|\{(?:[^{}\\]|\\.){0,999}+\}){0,999}+\}|\\.|\\\n"
    r"|[ ]*+\n(?![ ]*+[\n$])|[ ]++(?![$\n]))*+\$(?![0-9])"
)
"""Section "Extension: tex_math_dollars"."""
_SCHEMES = (
    "https?|ftps?|sftp|mailto|file|doi|urn|news|nntp|irc|ircs|ssh|git|svn|telnet|gopher|ldaps?|data|tel|sms|geo|magnet"
    "|ws|wss|xmpp|info|isbn|pmid|lsid|oai|hdl|ark|cid|mid|tag|view-source|about|javascript|res|rtsp|rsync|smb|sip|sips"
)
AUTOLINK: Final = compiled(
    rf"<(?:(?:{_SCHEMES}):(?![*_\]])[^\s<>][^\s>]{{0,4999}}+"
    r"|[^\W_][\w!\"#$%&'*+\-/=?^{|}~;.]*+@[^\W_](?:[^\W_]|[-.](?=[^\W_]))*+[^\s>]{0,999}+)>",
    re.IGNORECASE,
)
_ENTITY = compiled(r"&(?:\#[0-9]++|\#[xX][0-9A-Fa-f]++|(?P<name>[A-Za-z0-9]++));")


def entity_end(text: str, at: int, limit: int) -> int:
    """Where the character reference at ``at`` ends, or ``at`` when there is none."""
    match = _ENTITY.match(text, at, limit)
    if match is None or (match["name"] is not None and match["name"] + ";" not in html.entities.html5):
        return at
    return match.end()


_SPACES = compiled(SPNL)


def skip_spaces(text: str, at: int, limit: int) -> int:
    """Behind blanks and at most one line end."""
    match = _SPACES.match(text, at, limit)
    return at if match is None else match.end()


def normal_key(label: str) -> str:
    """The label of a link reference as Pandoc compares it."""
    return " ".join(label.lower().split())
