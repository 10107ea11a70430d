"""Characters that no text may hold."""

from __future__ import annotations

from octavo.model.lazy import lazy

_NO_XML = "\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff"
# What XML 1.0 has no place for (production 2), and the private marks of macros, notes and folios.
REFUSED = lazy(f"[{_NO_XML}\ue000-\ue02f]")
# The same, and what XML discourages: controls that a terminal or a reading system would obey.
CONTROLS = lazy(f"[{_NO_XML}\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ud800-\udfff\ue000-\ue02f]")
# What nobody sees in a text that went through a tool, and what may go in silence.
UNSEEN = lazy(f"[{_NO_XML}\x7f-\x84\x86-\x9f\ufdd0-\ufdef]")
# What else moves the cursor of a terminal, or the direction of its writing.
_UNPRINTABLE = lazy("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def printable(text: str) -> str:
    """A name or a message as it may be printed in one line: what is no letter of it is written as its code."""
    return _UNPRINTABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
