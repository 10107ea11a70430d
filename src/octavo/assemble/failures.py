"""An error of a chapter's template into a finding at the name or the expression that raised it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from jinja2 import TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError

from octavo.assemble.marks import MARK, PRIVATE, origin_of
from octavo.assemble.sandbox import ChapterEnvironment, LimitError
from octavo.model.finding import Finding
from octavo.model.source import Location, SourceFile, Span
from octavo.model.suggest import did_you_mean

_OPENING = re.compile(r"\{[{%]")
_UNDEFINED = re.compile(r"'([^']+)' is undefined|has no (?:attribute|element) '([^']+)'")
_UNKNOWN = re.compile(r"No (filter|test) named '(\w+)'|unknown tag '(\w+)'")
_TAGS = ("if", "elif", "else", "endif", "for", "endfor", "set", "endset", "macro", "endmacro", "with", "endwith")


class Failure:
    """Where a template stopped: its text with marks, and what it had made until then."""

    def __init__(
        self,
        source: SourceFile,
        body: Span,
        template: str,
        positions: Sequence[tuple[int, int]],
        pieces: Sequence[str],
    ) -> None:
        self._source = source
        self._body = body
        self._template = template
        self._positions = positions
        self._pieces = pieces

    def finding(self, error: Exception, values: Mapping[str, object], environment: ChapterEnvironment) -> Finding:
        """The finding for an error, at the name or the expression that raised it."""
        message = str(getattr(error, "message", None) or error or type(error).__name__)
        code, rule, hint = "TPL101", "template-error", "look at the arguments of this expression"
        name = ""
        if isinstance(error, UndefinedError):
            match = _UNDEFINED.search(message)
            name = (match[1] or match[2] or "") if match else ""
            whole = {one for value in values.values() if isinstance(value, Mapping) for one in value}
            known = values if match and match[1] else whole
            hint = did_you_mean(name, known) or f"known here: {', '.join(sorted(known))}"
            message = f"'{name}' is not defined" if match else message
        elif isinstance(error, TemplateSyntaxError):
            name, hint = _unknown(message, environment)
        elif isinstance(error, SecurityError):
            hint = "a chapter may use values and macros, and no attributes of Python"
        elif isinstance(error, RecursionError):
            message, hint = "it calls itself without end, or is nested too deep", "take the circle apart"
        elif isinstance(error, LimitError | MemoryError | OverflowError):
            code, rule = "LIM102", "macro-limit"
            hint = "loops and repetitions in a chapter have limits: make what is large outside of it"
        message = PRIVATE.sub("", message).rstrip(".")
        return Finding(code, rule, f"template: {message}", self._place(error, name), hint)

    def _place(self, error: Exception, name: str) -> Location:
        line = error.lineno if isinstance(error, TemplateSyntaxError) else _line_of(error)
        start = _offset_of_line(self._template, line)
        end = _line_end(self._template, start)
        last = self._last_expression()
        if isinstance(error, TemplateSyntaxError):
            # A syntax error is met behind the place where the author would look for it: the expression's beginning.
            begin = max(self._template.rfind("{{", 0, end), self._template.rfind("{%", 0, end))
            start = max(begin, 0)
        elif start <= last < end:
            start = last
        else:
            opening = _OPENING.search(self._template, start, end)
            start = opening.start() if opening else start
        word = re.compile(rf"\b{re.escape(name)}\b").search(self._template, start) if name else None
        first = word.start() if word else start
        length = len(name) if word else 0
        origin = self._body.start + origin_of(first, self._positions)
        return self._source.locate(Span(origin, origin + length))

    def _last_expression(self) -> int:
        """Where the expression begins in the template that was reached last; -1 where there is none."""
        for piece in reversed(self._pieces):
            marks = list(MARK.finditer(piece))
            if marks:
                at = self._template.find(marks[-1][0])
                return -1 if at < 0 or marks[-1][2] else at + len(marks[-1][0])
        return -1


def _unknown(message: str, environment: ChapterEnvironment) -> tuple[str, str]:
    """The name that a syntax error is about, where it is about one, and a hint."""
    match = _UNKNOWN.search(message)
    if match is None:
        return "", "expressions are written {{ name }}, statements {% if name %} ... {% endif %}"
    name = match[2] or match[3]
    known = _TAGS if match[3] else environment.filters if match[1] == "filter" else environment.tests
    return name, did_you_mean(name, known) or f"known here: {', '.join(sorted(known))}"


def _line_of(error: BaseException) -> int:
    """The line of the template in which an error was raised while it was rendered; 1 where none is known."""
    line = 1
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _offset_of_line(text: str, line: int) -> int:
    offset = 0
    for _ in range(line - 1):
        offset = text.find("\n", offset) + 1
    return offset


def _line_end(text: str, offset: int) -> int:
    end = text.find("\n", offset)
    return end if end >= 0 else len(text)
