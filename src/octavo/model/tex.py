"""Text and names as TeX reads them back."""

from __future__ import annotations

import re
from collections.abc import Mapping

from octavo.model.lazy import lazy

ESCAPES: Mapping[str, str] = {
    "\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "%": r"\%", "&": r"\&",
    "#": r"\#", "$": r"\$", "_": r"\_", "{": r"\{", "}": r"\}",
}  # fmt: skip
# Letters that TeX would join: two hyphens are a dash to it, and two accents a quotation mark.
_JOINED = lazy(r"-(?=-)|`(?=`)|'(?=')|[?!](?=`)|,(?=,)|<(?=<)|>(?=>)")
# The names that babel gives languages; BibLaTeX and Pandoc know a language by them.
_BABEL = {
    "be": "belarusian", "bg": "bulgarian", "cs": "czech", "de": "ngerman", "el": "greek", "en": "english",
    "en-gb": "british", "en-us": "american", "es": "spanish", "et": "estonian", "fi": "finnish", "fr": "french",
    "hu": "hungarian", "it": "italian", "lt": "lithuanian", "lv": "latvian", "nl": "dutch", "pl": "polish",
    "pt": "portuguese", "ro": "romanian", "ru": "russian", "sk": "slovak", "sr": "serbian", "sv": "swedish",
    "tr": "turkish", "uk": "ukrainian",
}  # fmt: skip


def escape_tex(text: str, table: Mapping[str, str] = ESCAPES) -> str:
    """Text whose every character TeX prints as it is."""
    joined = _JOINED.sub(lambda match: f"{match[0]}\0", text)
    return "".join(table.get(char, char) for char in joined).replace("\0", "{}")


def babel_name(language: str) -> str:
    """The name that babel gives a language, by its tag (BCP 47); empty where it is not known here."""
    tag = language.lower()
    return _BABEL.get(tag) or _BABEL.get(tag.partition("-")[0], "")


def tex_name(anchor: str) -> str:
    """An anchor as the name of a label: letters, digits and a few marks of ASCII, different for different anchors."""
    return re.sub(r"[^A-Za-z0-9.-]", lambda match: f":{ord(match[0]):x}:", anchor)
