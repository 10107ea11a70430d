"""The tree under ``spec`` into a specification of Vega-Lite: every word is known, every column has its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from octavo.model.chart import FieldUse, Json
from octavo.model.finding import Finding
from octavo.model.lazy import lazy
from octavo.model.source import Location
from octavo.model.suggest import did_you_mean
from octavo.read.chart_words import ELSEWHERE, SPEC, Role, Word, names
from octavo.read.yaml_tree import Value

_FRACTION = lazy(r"-?\d+\.\d+(?:[eE][-+]?\d+)?|-?\d+[eE][-+]?\d+")
# What `fold` and the other transformations call their columns where nothing else is said.
_DEFAULT_NAMES = frozenset({"key", "value", "density"})


@dataclass(slots=True)
class SpecReader:
    """Reads one specification; ``uses`` and ``made`` are the columns that it reads and the names that it makes.

    ``words`` are the formats, expressions and titles in it.
    """

    findings: list[Finding]
    uses: list[FieldUse] = field(default_factory=list)
    words: list[FieldUse] = field(default_factory=list)
    made: set[str] = field(default_factory=set)

    def read(self, value: Value) -> Mapping[str, Json]:
        """The specification as Vega-Lite takes it; what is wrong in it is added to the findings."""
        found = self._convert(value, SPEC, "spec")
        if not isinstance(found, Mapping):
            return {}
        if ("mark" in found) == ("layer" in found):
            message = "'mark' and 'layer' stand both" if "mark" in found else "nothing says what is drawn"
            self._wrong(message, value.location, "write `mark: bar`, or a list of marks with encodings under `layer`")
        transforms = found.get("transform")
        for transform in transforms if isinstance(transforms, list) else ():
            if isinstance(transform, Mapping) and transform.keys() & {"fold", "density"} and "as" not in transform:
                self.made |= _DEFAULT_NAMES
        return found

    def _convert(self, value: Value, word: Word, name: str) -> Json:
        if isinstance(value.data, Mapping):
            return self._mapping(value, value.data, word, name)
        if isinstance(value.data, tuple):
            if word.items is None:
                self._wrong(f"'{name}' cannot be a list", value.location, _form(word))
                return None
            return [self._convert(item, word.items, name) for item in value.data]
        if not word.scalar and value.data is not None:
            self._wrong(f"'{name}' cannot be '{value.data}'", value.location, _form(word))
            return None
        return self._scalar(value, word, name)

    def _mapping(self, value: Value, data: Mapping[str, Value], word: Word, name: str) -> Json:
        if not word.keys:
            self._wrong(f"'{name}' cannot be a mapping", value.location, _form(word))
            return None
        found: dict[str, Json] = {}
        for key, item in data.items():
            if key in word.keys:
                found[key] = self._convert(item, word.keys[key], key)
                continue
            hint = ELSEWHERE.get(key) or did_you_mean(key, word.keys) or f"known here: {', '.join(sorted(word.keys))}"
            message = f"'{name}' knows no '{key}'"
            self.findings.append(Finding("CHT101", "unknown-chart-key", message, value.keys[key], hint))
        return found

    def _scalar(self, value: Value, word: Word, name: str) -> Json:
        data = value.data
        assert not isinstance(data, (tuple, Mapping)), "told apart before"
        if word.role in (Role.COLUMN, Role.MADE) and data is not None:
            if word.role is Role.COLUMN:
                self.uses.append(FieldUse(str(data), value.location))
            else:
                self.made.add(str(data))
            return str(data)
        if word.choices and data is not None and str(data) not in word.choices:
            hint = did_you_mean(str(data), word.choices) or f"one of: {', '.join(sorted(word.choices))}"
            self._wrong(f"'{name}' cannot be '{data}'", value.location, hint)
            return None
        if word.role is Role.WORDS:
            if data is None or isinstance(data, bool):
                return data
            self.words.append(FieldUse(str(data), value.location))
            return str(data)
        if isinstance(data, str) and _FRACTION.fullmatch(data):
            return float(data)
        return data

    def _wrong(self, message: str, location: Location, hint: str) -> None:
        self.findings.append(Finding("CHT102", "wrong-chart-value", message, location, hint))


def _form(word: Word) -> str:
    """How a value has to be written."""
    if word.keys:
        return f"write keys and values; known: {', '.join(sorted(names(word)))}"
    if word.items is not None:
        return "write a list: `[one, two]`"
    return "write one value"
