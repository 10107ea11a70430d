"""Groups of TeX."""

from __future__ import annotations


def end_of_group(text: str, start: int, opener: str = "{", closer: str = "}") -> int:
    """The offset behind the group that begins at ``start``; the end of the text where it is not closed.

    A bracket within braces closes nothing.
    """
    depth = braces = 0
    at = start
    while at < len(text):
        char = text[at]
        if char == "\\":
            at += 2
            continue
        if opener != "{" and char in "{}":
            braces += 1 if char == "{" else -1
        elif char == opener and not braces:
            depth += 1
        elif char == closer and not braces:
            depth -= 1
            if depth == 0:
                return at + 1
        at += 1
    return len(text)
