"""YAML text into a tree in which each value knows its place.

The C parser of libyaml is used where PyYAML has it.  Only its events are taken: building nodes from them, libyaml would
recurse and end the process where the nesting is deep.  Aliases, duplicate keys, and keys that are not text are
findings: a configuration has no need of them (YAML 1.2, 3.2.1 and 7.1).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import yaml

from octavo.model.characters import CONTROLS
from octavo.model.finding import Finding
from octavo.model.lazy import lazy
from octavo.model.source import Location, SourceFile, Span

Scalar = str | int | bool | None

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_FLAGS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
# Everything else that YAML 1.1 takes for a number or a flag (`no`, `010`, `1:30`, `1.10`) stays as it was written.
_INTEGER = lazy(r"-?(?:0|[1-9][0-9]{0,17})")
_MAX_DEPTH = 40
# A bibliography of fifty thousand entries.
_MAX_LENGTH = 5_000_000
# No reader sees more of a configuration or of front matter than some pages.
SHORT = 200_000
_CONTROL = lazy("[^\t\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Value:
    """A value with its location: a scalar, a list of values or a mapping of text to values.

    Dates stay text as they were written.
    """

    location: Location
    data: Scalar | tuple[Value, ...] | Mapping[str, Value]
    keys: Mapping[str, Location]

    def plain(self) -> object:
        """The same as plain Python data."""
        if isinstance(self.data, tuple):
            return [item.plain() for item in self.data]
        if isinstance(self.data, Mapping):
            return {key: item.plain() for key, item in self.data.items()}
        return self.data


def parse_yaml(source: SourceFile, span: Span, findings: list[Finding], most: int = _MAX_LENGTH) -> Value | None:
    """Parse the part of a file that ``span`` covers; None where it is empty or broken (then with a finding).

    It may have as many characters as ``most`` says.
    """
    text = span.of(source.text)
    if len(text) > most:
        message = f"this has {len(text)} characters, more than the {most} that can stand here"
        at = source.locate(Span(span.start, span.start))
        findings.append(Finding("LIM108", "file-too-large", message, at, "part it into several files"))
        return None
    control = _CONTROL.search(text)
    if control:
        at = source.locate(Span(span.start + control.start(), span.start + control.end()))
        message = f"this is not YAML: the character U+{ord(control[0]):04X} cannot stand here"
        findings.append(Finding("YML101", "broken-yaml", message, at, "delete the character"))
        return None
    first_line, _ = source.position(span.start)
    builder = _Builder(source, first_line)
    try:
        value = builder.document(yaml.parse(text, _Loader))
    except (yaml.YAMLError, _TooDeepError) as error:
        findings.append(_syntax_finding(source, error, first_line))
        return None
    findings.extend(builder.findings)
    return value


class _TooDeepError(Exception):
    """Raised where the nesting goes beyond what a configuration could need."""

    def __init__(self, mark: object) -> None:
        super().__init__(f"nested more than {_MAX_DEPTH} levels deep")
        self.problem_mark = mark


def _syntax_finding(source: SourceFile, error: Exception, first_line: int) -> Finding:
    line, column, problem = 0, 0, str(error)
    mark = getattr(error, "problem_mark", None)
    if mark is not None:
        line, column = mark.line, mark.column
        problem = getattr(error, "problem", None) or problem
    start = source.offset(first_line + line, column + 1)
    end = start
    hint = "check indentation, quotation marks and the colon after each key"
    if source.text.startswith("\t", start) or source.text.startswith("\t", start - 1):
        hint = "indent with blanks: YAML allows no tabs there"
    context = getattr(error, "context_mark", None)
    if context is not None and ("end of stream" in problem or "expected ','" in problem):
        # What was opened and never closed is met far behind it, where nobody would look.
        start = source.offset(first_line + context.line, context.column + 1)
        end = start + 1
        problem = "what begins here is not closed"
    elif isinstance(error, _TooDeepError):
        hint = "configurations and bibliographies need a few levels alone"
    return Finding("YML101", "broken-yaml", f"this is not YAML: {problem}", source.locate(Span(start, end)), hint)


class _Builder:
    """Events of PyYAML into values, with the findings on the way."""

    def __init__(self, source: SourceFile, first_line: int) -> None:
        self._source = source
        self._first_line = first_line
        self.findings: list[Finding] = []

    def document(self, events: Iterator[yaml.Event]) -> Value | None:
        """The one value of the text; the events are read to their end, so that all of the text is checked."""
        value: Value | None = None
        for event in events:
            if not isinstance(event, yaml.NodeEvent):
                continue
            built = self._build(event, events, 1)
            if value is not None:
                hint = "take the line `---` away, or close what stands before it"
                self._report("YML105", "yaml-second-document", "a second document begins", built.location, hint)
                break
            value = built
        return value

    def _build(self, event: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Value:
        if depth > _MAX_DEPTH:
            raise _TooDeepError(event.start_mark)
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Value] = []
            end = next(events)
            while not isinstance(end, yaml.SequenceEndEvent):
                items.append(self._build(end, events, depth + 1))
                end = next(events)
            return Value(self._between(event, end), tuple(items), {})
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(event, events, depth)
        location = self._between(event, event)
        if isinstance(event, yaml.ScalarEvent):
            plain = event.implicit[0]
            return Value(location, _scalar(event.value) if plain else self._text(event.value, location), {})
        self._report("YML102", "yaml-alias", "aliases (*name) are not allowed here", location, "write the value out")
        return Value(location, None, {})

    def _text(self, text: str, location: Location) -> str:
        """A text in quotation marks, in which characters can be written by their numbers."""
        control = CONTROLS.search(text)
        if control is None:
            return text
        message = f"the character U+{ord(control[0]):04X} cannot stand in an edition"
        self._report("SRC103", "refused-character", message, location, "delete it: no reader would see it")
        return CONTROLS.sub("\N{REPLACEMENT CHARACTER}", text)

    def _mapping(self, opening: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Value:
        values: dict[str, Value] = {}
        keys: dict[str, Location] = {}
        event = next(events)
        while not isinstance(event, yaml.MappingEndEvent):
            at = self._between(event, event)
            if not isinstance(event, yaml.ScalarEvent):
                at = self._build(event, events, depth + 1).location
                self._report("YML103", "yaml-key", "a key must be plain text", at, "write it as `name: value`")
                self._build(next(events), events, depth + 1)
            elif self._text(event.value, at) in values:
                first = keys[event.value].line
                self._report("YML104", "yaml-duplicate-key", f"'{event.value}' stands twice", at, _first(first))
                self._build(next(events), events, depth + 1)
            else:
                keys[event.value] = at
                values[event.value] = self._build(next(events), events, depth + 1)
            event = next(events)
        return Value(self._between(opening, event), values, keys)

    def _report(self, code: str, rule: str, message: str, location: Location, hint: str) -> None:
        self.findings.append(Finding(code, rule, message, location, hint))

    def _between(self, opening: yaml.Event, closing: yaml.Event) -> Location:
        start, end = opening.start_mark, closing.end_mark
        if start is None or end is None:
            return Location(self._source.path)
        first_line, last_line = self._first_line + start.line, self._first_line + end.line
        if end.column:
            # The parser counts from the first line of the text, which begins a line of the file.
            return Location(self._source.path, first_line, start.column + 1, last_line, end.column + 1)
        # What ends where a line begins may end behind the file.
        first = self._source.offset(first_line, start.column + 1)
        return self._source.locate(Span(first, max(first, self._source.offset(last_line))))


def _first(line: int) -> str:
    return f"the first is on line {line}; keep one of them"


def _scalar(text: str) -> Scalar:
    if text in _NULLS:
        return None
    if text in _FLAGS:
        return _FLAGS[text]
    return int(text) if _INTEGER.fullmatch(text) else text
