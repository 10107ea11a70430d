"""Calls in a chapter's template, each told where it stands, so that a macro can say where its fault is.

Jinja knows lines alone, and those of the template with its marks.  Each call of a macro gets the offset of its name in
the chapter as one more argument.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from jinja2 import nodes
from jinja2.visitor import NodeTransformer

from octavo.assemble.marks import MARK, origin_of

AT = "octavo_at"
"""The argument that holds the offset."""


class Locator(NodeTransformer):
    """Put offsets into the calls of some functions and filters.

    ``positions`` lead from offsets of the template to offsets of the chapter's body, in steps.
    """

    def __init__(
        self,
        template: str,
        positions: Sequence[tuple[int, int]],
        functions: Collection[str],
        filters: Collection[str],
    ) -> None:
        self._template = template
        self._positions = positions
        self._functions = functions
        self._filters = filters
        self._from = 0
        self._end = 0
        self._found: dict[str, int] = {}

    def generic_visit(self, node: nodes.Node, *args: object, **kwargs: object) -> nodes.Node:
        """A statement begins on its line, behind what was found there before it."""
        if isinstance(node, nodes.Stmt) and not isinstance(node, nodes.Output):
            self._begin(max(_offset_of_line(self._template, node.lineno), self._end))
        return super().generic_visit(node, *args, **kwargs)

    def visit_Output(self, node: nodes.Output) -> nodes.Node:  # noqa: N802
        """An expression begins at the mark before it."""
        for index, child in enumerate(node.nodes):
            if isinstance(child, nodes.TemplateData):
                marks = list(MARK.finditer(child.data))
                if marks:
                    self._begin(self._template.find(marks[-1][0]))
            else:
                visited = self.visit(child)
                if isinstance(visited, nodes.Expr):
                    node.nodes[index] = visited
        return node

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802
        """A function that is called by its name."""
        if isinstance(node.node, nodes.Name) and node.node.name in self._functions:
            name = node.node.name
            node.kwargs = [*node.kwargs, self._offset(name, rf"\b{name}\s*\(", 0, node.lineno)]
        return self.generic_visit(node)

    def visit_Filter(self, node: nodes.Filter) -> nodes.Node:  # noqa: N802
        """A filter."""
        if node.name in self._filters:
            place = self._offset(f"|{node.name}", rf"\|\s*{node.name}\b", len(node.name), node.lineno)
            # The parser puts keywords there, whatever the type of the list says.
            node.kwargs.append(place)  # type: ignore[arg-type]
        return self.generic_visit(node)

    def _begin(self, offset: int) -> None:
        self._from = max(offset, 0)
        self._found = {}

    def _offset(self, key: str, pattern: str, back: int, line: int) -> nodes.Keyword:
        start = self._found.get(key, self._from)
        match = re.compile(pattern).search(self._template, start)
        at = self._from
        if match:
            self._found[key] = match.end()
            self._end = max(self._end, match.end())
            at = match.end() - back if back else match.start()
        return nodes.Keyword(AT, nodes.Const(origin_of(at, self._positions), lineno=line), lineno=line)


def _offset_of_line(text: str, line: int) -> int:
    offset = 0
    for _ in range(line - 1):
        offset = text.find("\n", offset) + 1
    return offset
