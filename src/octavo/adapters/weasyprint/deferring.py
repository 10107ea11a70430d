"""Notes are not sent to the next page for the sake of a line, where the paragraph can go there itself.

Where the next line of a paragraph does not fit, and a break there would leave too few lines on a page (CSS
Fragmentation 3, 3.3, ``orphans`` and ``widows``), WeasyPrint makes room: it sends the last note of the page to the next
one, away from its call.  In a book the paragraph goes to the next page instead, and takes its notes along, unless it
begins the page already.  Nearly all notes that began late did so for this reason, and each cost a further layout of its
unit.  The rest of a note that is continued is sent on as ever, as it has no call to be kept with; but not for the sake
of a line that calls notes itself, which WeasyPrint would then set without them: such notes were lost.

WeasyPrint decides this in one assignment of a long function; the function is compiled again with a condition more.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Sequence
from types import FunctionType
from typing import Protocol

from weasyprint.layout import block

from octavo.adapters.weasyprint.continuing import is_rest
from octavo.adapters.weasyprint.shapes import Box

_FUNCTION, _DECISION, _CONDITION = "_linebox_layout", "report", "page_is_empty"


class _Context(Protocol):
    """What is used of WeasyPrint's layout context."""

    current_page_footnotes: Sequence[Box]


class Deferrable:
    """Whether the last note of a page may be sent on, asked for each note anew.

    ``line`` is the line that has no room, ``begins`` whether its paragraph begins the page.
    """

    def __init__(self, context: _Context, line: Box, begins: bool = False) -> None:
        self._context = context
        self._begins = begins
        self._calls = any(box.footnote is not None for box in line.descendants())

    def __bool__(self) -> bool:
        notes = self._context.current_page_footnotes
        return bool(notes) and (self._begins or is_rest(notes[-1])) and not self._calls


def install() -> None:
    """Let lines be laid out this way from now on."""
    before = getattr(block, _FUNCTION)
    if not hasattr(before, "octavo"):
        after = _decided(before)
        after.octavo = True  # type: ignore[attr-defined]
        setattr(block, Deferrable.__name__, Deferrable)
        setattr(block, _FUNCTION, after)


def _decided(function: FunctionType) -> FunctionType:
    """The same function, in which notes are sent on from a paragraph alone that begins its page, rests from all.

    Raises LookupError where it does not decide about that.
    """
    tree = ast.parse(inspect.getsource(function))
    decisions = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and [ast.unparse(target) for target in node.targets] == [_DECISION]
    ]
    if len(decisions) != 1:
        raise LookupError(f"{function.__qualname__} assigns {_DECISION} in {len(decisions)} places")
    (decision,) = decisions
    rests = ast.parse(f"{Deferrable.__name__}(context, line, {_CONDITION})", mode="eval").body
    decision.value = ast.IfExp(decision.value, rests, ast.Constant(value=False))
    ast.fix_missing_locations(tree)
    ast.increment_lineno(tree, function.__code__.co_firstlineno - 1)
    names: dict[str, FunctionType] = {}
    exec(compile(tree, function.__code__.co_filename, "exec"), function.__globals__, names)
    return names[function.__name__]
