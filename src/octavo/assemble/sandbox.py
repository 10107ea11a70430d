"""Jinja for chapters: values, conditions and loops alone, each step and each character of it counted.

A chapter is text that came from anywhere.  It reaches no attribute of Python, loads nothing, and cannot take more
steps or make more text than any chapter needs: loops are counted where they turn, text where it is joined.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Sized
from functools import wraps
from typing import TypeVar

from jinja2 import StrictUndefined, TemplateSyntaxError, nodes
from jinja2.exceptions import SecurityError
from jinja2.filters import FILTERS
from jinja2.runtime import LoopContext, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer

from octavo.assemble.calls import Locator
from octavo.assemble.functions import NO_FUNCTIONS, Functions
from octavo.model.characters import CONTROLS

# Pandoc needs `{#` for identifiers.
COMMENT = ("{##", "##}")
MAX_TEXT = 5_000_000
_MAX_STEPS = 200_000
_MAX_VALUE = 200_000
_MAX_BITS = 4096
# No filter that makes much out of little (`center`, `indent`, `format`, `batch`), and none that reaches attributes.
_FILTERS = (
    "abs",
    "capitalize",
    "count",
    "d",
    "default",
    "dictsort",
    "first",
    "float",
    "int",
    "items",
    "join",
    "last",
    "length",
    "list",
    "lower",
    "max",
    "min",
    "replace",
    "reverse",
    "round",
    "sort",
    "string",
    "sum",
    "title",
    "trim",
    "unique",
    "upper",
)
_TICK, _JOIN = "octavo_tick", "octavo_join"
_LOADING = (nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)
_OPERATORS = frozenset(["+", "*", "**", "%"])

F = TypeVar("F", bound=Callable[..., object])


class LimitError(Exception):
    """The macros of a chapter take more steps, or make more text, than a chapter may."""


class ChapterEnvironment(ImmutableSandboxedEnvironment):
    """The environment of one chapter: its budget is spent once."""

    intercepted_binops = _OPERATORS

    def __init__(self, functions: Functions = NO_FUNCTIONS) -> None:
        super().__init__(
            undefined=StrictUndefined,
            comment_start_string=COMMENT[0],
            comment_end_string=COMMENT[1],
            autoescape=False,
            keep_trailing_newline=True,
            optimized=False,
            finalize=self._count_text,
        )
        self._steps = 0
        self._text = 0
        self._functions = functions
        self.filters = {name: _limited(FILTERS[name]) for name in _FILTERS}
        self.filters |= {"replace": _replace, "join": _join_all, **functions.filters}
        self.globals = {"range": self.globals["range"], _TICK: self._tick, _JOIN: _join}

    def chapter(self, source: str, positions: Sequence[tuple[int, int]] = ()) -> nodes.Template:
        """The tree of a chapter's template, with its loops and joins counted, and its functions told their places.

        ``positions`` lead from offsets of the template to those of the chapter's body, in steps.
        Raises TemplateSyntaxError, and for loops SecurityError where it would load other templates.
        """
        tree = self.parse(source)
        for node in tree.find_all(_LOADING):
            raise TemplateSyntaxError("a chapter cannot load other templates", node.lineno)
        for const in tree.find_all(nodes.Const):
            # Marks of ours among them: they stand in what was written around the expressions.
            if isinstance(const.value, str) and CONTROLS.search(const.value):
                raise TemplateSyntaxError("a text holds a character that no edition can hold", const.lineno)
        located = Locator(source, positions, self._functions.functions, self._functions.filters).visit(tree)
        counted = _Counter().visit(located)
        if not isinstance(counted, nodes.Template):
            raise TypeError("the tree of a template stays one")
        return counted

    def getattr(self, obj: object, attribute: str) -> object:
        """``a.b``: the entry of a mapping, or what Jinja tells of a loop."""
        if isinstance(obj, Mapping):
            return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)
        if isinstance(obj, LoopContext):
            return super().getattr(obj, attribute)
        if isinstance(obj, Undefined):
            obj._fail_with_undefined_error()
        return self.unsafe_undefined(obj, attribute)

    def getitem(self, obj: object, argument: object) -> object:
        """``a[b]``: an entry of a mapping or a sequence."""
        if isinstance(argument, str) and not isinstance(obj, Mapping):
            return self.getattr(obj, argument)
        try:
            return obj[argument]  # type: ignore[index]
        except (TypeError, LookupError):
            return self.undefined(obj=obj, name=str(argument))

    def call_binop(self, context: object, operator: str, left: object, right: object) -> object:
        """Refuse what would make a huge number or a huge text before it is made."""
        size = max(_bits(left), _bits(right))
        if operator == "**" and isinstance(right, int):
            size = _bits(left) * abs(right)
        elif operator == "*":
            size = _bits(left) + _bits(right)
            for several, times in ((left, right), (right, left)):
                if isinstance(several, Sequence) and isinstance(times, int):
                    _check_value(len(several) * max(times, 0))
        elif operator == "%" and isinstance(left, str):
            raise SecurityError("texts are joined with ~ and not with %")
        elif operator == "+" and isinstance(left, Sequence) and isinstance(right, Sequence):
            _check_value(len(left) + len(right))
        if size > _MAX_BITS:
            raise LimitError("a number grows too large")
        return super().call_binop(context, operator, left, right)  # type: ignore[arg-type]

    def _count_text(self, value: object) -> object:
        value = self._functions.show(value)
        self._spend_text(len(value) if isinstance(value, str) else 20)
        return value

    def _tick(self, weight: int) -> str:
        self._steps += 1
        if self._steps > _MAX_STEPS:
            raise LimitError(f"loops and macros take more than {_MAX_STEPS} steps")
        self._spend_text(weight)
        return ""

    def _spend_text(self, length: int) -> None:
        self._text += length
        if self._text > MAX_TEXT:
            raise LimitError(f"macros make more than {MAX_TEXT} characters")


class _Counter(NodeTransformer):
    """Put a step into each loop and macro, and a limit into each join of texts."""

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802
        return self._ticking(node)

    def visit_Macro(self, node: nodes.Macro) -> nodes.Node:  # noqa: N802
        return self._ticking(node)

    def visit_CallBlock(self, node: nodes.CallBlock) -> nodes.Node:  # noqa: N802
        return self._ticking(node)

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        name = nodes.Name(_JOIN, "load", lineno=node.lineno)
        return nodes.Call(name, list(node.nodes), [], None, None, lineno=node.lineno)

    def _ticking(self, node: nodes.For | nodes.Macro | nodes.CallBlock) -> nodes.Node:
        weight = sum(len(data.data) for data in node.find_all(nodes.TemplateData))
        self.generic_visit(node)
        name = nodes.Name(_TICK, "load", lineno=node.lineno)
        call = nodes.Call(name, [nodes.Const(weight)], [], None, None, lineno=node.lineno)
        node.body.insert(0, nodes.Output([call], lineno=node.lineno))
        return node


def _bits(value: object) -> int:
    return value.bit_length() if isinstance(value, int) else 0


def _check_value(length: int) -> None:
    if length > _MAX_VALUE:
        raise LimitError(f"a value grows beyond {_MAX_VALUE} characters or entries")


def _join(*parts: object) -> str:
    texts = [str(part) for part in parts]
    _check_value(sum(map(len, texts)))
    return "".join(texts)


def _replace(text: object, old: object, new: object) -> str:
    before, after = str(text), str(new)
    _check_value(len(before) + before.count(str(old)) * len(after))
    return before.replace(str(old), after)


def _join_all(values: Iterable[object], between: object = "") -> str:
    texts = [str(value) for value in values]
    _check_value(sum(map(len, texts)) + len(str(between)) * len(texts))
    return str(between).join(texts)


def _limited(function: F) -> F:
    """A filter whose result is checked; none of those here makes more than its arguments hold, each taken once."""

    @wraps(function)
    def call(*arguments: object, **options: object) -> object:
        if options.get("attribute") is not None:
            raise SecurityError("a filter takes no attribute here")
        result = function(*arguments, **options)
        if isinstance(result, Sized):
            _check_value(len(result))
        return result

    return call  # type: ignore[return-value]
