"""Markup of notes and citations that was left standing in what a reader sees."""

from __future__ import annotations

import re

# A call, a citation with or without words before its key, and a note that is written where it is called.
_MARKUP = re.compile(r"\[\^|\^\[|\[(?:[^\[\]@]{0,40}[\s;-])?@\w")
_SNIPPET = 40


def leftovers(text: str) -> list[str]:
    """Every piece of markup in a text, with what follows it."""
    return [text[at.start() :][:_SNIPPET] for at in _MARKUP.finditer(text)]
