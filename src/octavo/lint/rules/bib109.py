"""A quotation mark in a title has no partner.

It came with the title from a list or was cut off with the end of it. Counted are guillemets and double quotation
marks, curly and straight; apostrophes, and the straight mark behind a number for inches, are none. Within Russian
guillemets one closing mark may serve two that open.

Bad:

    - id: gomselmash-2021
      type: webpage
      title: '“Gomselmash will expand the range of equipment'
      container-title: BelTA
      issued: 2021
      URL: https://www.belta.by/economics/view/gomselmash-424825-2021/

Good:

    - id: gomselmash-2021
      type: webpage
      title: Gomselmash will expand the range of equipment
      container-title: BelTA
      issued: 2021
      URL: https://www.belta.by/economics/view/gomselmash-424825-2021/
"""

from __future__ import annotations

from collections.abc import Iterator

from octavo.lint.library import Library
from octavo.lint.rule import Context, Defect, Fixing, LibraryRule
from octavo.model.finding import Severity
from octavo.model.lazy import lazy

_FIELDS = (
    "title", "title-short", "container-title", "collection-title", "original-title", "volume-title", "event-title",
    "publisher",
)  # fmt: skip
_MARK = lazy('["\u00ab\u00bb\u201c\u201d\u201e\u201f]')
_TAG = lazy(r"<[^<>]*>")
_CURLY = "\u201c\u201d\u201e\u201f"
_GUILLEMETS = "\u00ab\u00bb"


def check(library: Library, context: Context) -> Iterator[Defect]:
    """The first mark of each title that has no partner."""
    for entry in library:
        for name in _FIELDS:
            title = entry.text(name)
            marks = _unpaired(title)
            if len(marks) != 1:
                continue
            at = marks[0]
            message = f"the quotation mark {title[at]} has no partner"
            # At an end of the title it is a leftover; within, its partner is missing.
            loose = title[at:].strip() == title[at] or (not title[:at].strip() and title[at + 1 : at + 2].isalnum())
            edits = ((at, at + 1, ""),) if loose else ()
            hint = "take it away, or add the one that is missing" if loose else "add the one that is missing"
            yield entry.defect_at(name, at, at + 1, message, hint, *edits)


def _unpaired(title: str) -> list[int]:
    if not any(mark in title for mark in f'"{_CURLY}{_GUILLEMETS}'):
        return []
    marks = [match.start() for match in _MARK.finditer(_TAG.sub(lambda tag: " " * len(tag[0]), title))]
    straight = [at for at in marks if title[at] == '"']
    curly = [at for at in marks if title[at] in _CURLY]
    guillemets = [at for at in marks if title[at] in _GUILLEMETS]
    if any(title[at - 1 : at].isdigit() for at in straight):
        # Behind a number it may mean inches, so that nothing can be counted.
        straight = []
    return [*_odd(title, straight), *_odd(title, curly), *_odd_guillemets(title, guillemets)]


def _odd(title: str, marks: list[int]) -> list[int]:
    """The mark without a partner of marks that open and close; the one at an end of the title, if any is."""
    if len(marks) % 2 == 0:
        return []
    opening = [at for at in marks if at == 0 or title[at - 1] in " \u00a0(["]
    if 2 * len(opening) > len(marks):
        return [marks[0] if not title[: marks[0]].strip() else opening[-1]]
    closing = sorted(set(marks) - set(opening))
    return [closing[-1] if closing else marks[-1]]


def _odd_guillemets(title: str, marks: list[int]) -> list[int]:
    opened, closed = (sum(title[at] == mark for at in marks) for mark in _GUILLEMETS)
    if len(marks) % 2 == 0 and (opened == closed or min(opened, closed) == 0):
        # Swedish and Finnish books have one and the same mark on both sides.
        return []
    if closed and opened == closed + 1 and title[marks[-1]] == _GUILLEMETS[1] and closed * 2 >= opened:
        nested = title[marks[-2]] == _GUILLEMETS[0] and len(marks) >= 3 and title[marks[-3]] == _GUILLEMETS[0]
        if nested:
            return []
    more = _GUILLEMETS[0] if opened > closed else _GUILLEMETS[1]
    loose = [at for at in marks if title[at] == more]
    return [loose[0] if more == _GUILLEMETS[0] else loose[-1]]


RULE = LibraryRule("BIB109", "unbalanced-title-quotation", Severity.WARNING, Fixing.UNSAFE, check=check)
