"""Notes are not sent to the next page for the sake of a line, where the paragraph can go there itself.

Where the next line of a paragraph does not fit, and a break there would leave too few lines on a page (CSS
Fragmentation 3, 3.3, ``orphans`` and ``widows``), WeasyPrint makes room: it sends the last note of the page to the next
one, away from its call.  In a book the paragraph goes to the next page instead, and takes its notes along, unless it
begins the page already.  Nearly all notes that began late did so for this reason, and each cost a further layout of its
unit.

WeasyPrint decides this in one assignment of a long function; the function is compiled again with a condition more.
"""

from __future__ import annotations

import ast
import inspect
from types import FunctionType

from weasyprint.layout import block

_FUNCTION, _DECISION, _CONDITION = "_linebox_layout", "report", "page_is_empty"


def install() -> None:
    """Let lines be laid out this way from now on."""
    before = getattr(block, _FUNCTION)
    if not hasattr(before, "octavo"):
        after = _decided(before)
        after.octavo = True  # type: ignore[attr-defined]
        setattr(block, _FUNCTION, after)


def _decided(function: FunctionType) -> FunctionType:
    """The same function, in which notes are sent on from a paragraph alone that begins its page.

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
    decision.value = ast.BoolOp(ast.And(), [ast.Name(_CONDITION, ast.Load()), decision.value])
    ast.fix_missing_locations(tree)
    ast.increment_lineno(tree, function.__code__.co_firstlineno - 1)
    names: dict[str, FunctionType] = {}
    exec(compile(tree, function.__code__.co_filename, "exec"), function.__globals__, names)
    return names[function.__name__]
