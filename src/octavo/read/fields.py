"""Typed access to the values of a YAML mapping: what does not fit becomes a finding at its place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import TypeVar

from octavo.model.finding import Finding
from octavo.model.source import Location
from octavo.model.suggest import did_you_mean
from octavo.read.yaml_tree import Value

E = TypeVar("E", bound=Enum)


class Fields:
    """One mapping of a configuration.  Every key must be asked for; :meth:`close` reports the others."""

    def __init__(
        self, value: Value | None, name: str, findings: list[Finding], where: Location, *, told: bool = False
    ) -> None:
        self._name = name
        self._findings = findings
        self._asked: list[str] = []
        # Where the whole is broken or no mapping, that has been said, and missing keys follow from it.
        self._told = told
        self.location = value.location if value is not None else where
        self._value = value
        data: Mapping[str, Value] = {}
        if value is not None and value.data is not None:
            if isinstance(value.data, Mapping):
                data = value.data
            else:
                self._told = True
                self._wrong(value, f"{name} must be a mapping of keys to values", "write `key: value` on each line")
        self._data = data

    def _wrong(self, value: Value, message: str, hint: str = "") -> None:
        self._findings.append(Finding("CFG102", "wrong-value", message, value.location, hint))

    def _missing(self, key: str) -> None:
        if not self._told:
            message = f"{self._name} needs '{key}'"
            self._findings.append(Finding("CFG103", "missing-key", message, self.location, f"add `{key}: ...`"))

    def value(self, key: str) -> Value | None:
        """The value under a key as it stands, or None where it is missing or empty."""
        self._asked.append(key)
        value = self._data.get(key)
        return None if value is None or value.data is None else value

    def location_of(self, key: str) -> Location:
        """The place of the value under a key, or of the mapping."""
        value = self._data.get(key)
        return value.location if value is not None else self.location

    def location_of_key(self, key: str) -> Location:
        """The place of a key itself, or of the mapping."""
        return self._value.keys.get(key, self.location) if self._value is not None else self.location

    def text(self, key: str, default: str = "", *, required: bool = False) -> str:
        """Text; numbers are taken as they were written."""
        value = self.value(key)
        if value is None:
            if required:
                self._missing(key)
            return default
        if isinstance(value.data, (tuple, Mapping)):
            self._wrong(
                value, f"'{key}' must be text", f"write `{key}: ...`, with quotation marks where it has brackets"
            )
            return default
        if isinstance(value.data, bool):
            self._wrong(value, f"'{key}' must be text", "put it in quotation marks")
            return default
        return " ".join(str(value.data).split())

    def scalar(self, key: str) -> str | int | bool:
        """A number or a flag as such, all else as text."""
        value = self.value(key)
        return value.data if value is not None and isinstance(value.data, (bool, int)) else self.text(key)

    def flag(self, key: str, default: bool) -> bool:
        """True or false."""
        found = self.switch(key)
        return default if found is None else found

    def switch(self, key: str) -> bool | None:
        """True or false, or None where the choice is left open."""
        value = self.value(key)
        if value is None:
            return None
        if not isinstance(value.data, bool):
            self._wrong(value, f"'{key}' must be true or false", "write true or false")
            return None
        return value.data

    def whole(self, key: str, default: int, least: int, most: int) -> int:
        """A whole number between two others, both included."""
        value = self.value(key)
        if value is None:
            return default
        if not isinstance(value.data, int) or isinstance(value.data, bool) or not least <= value.data <= most:
            self._wrong(value, f"'{key}' must be a whole number from {least} to {most}", f"such as `{key}: {default}`")
            return default
        return value.data

    def choice(self, key: str, default: E) -> E:
        """One of the values of an enumeration."""
        text = self.text(key)
        if not text:
            return default
        choices = {str(member.value): member for member in type(default)}
        if text in choices:
            return choices[text]
        hint = did_you_mean(text, choices) or f"one of: {', '.join(choices)}"
        at = self.location_of(key)
        self._findings.append(Finding("CFG102", "wrong-value", f"'{key}' cannot be '{text}'", at, hint))
        return default

    def choices(self, key: str, default: tuple[E, ...]) -> tuple[E, ...]:
        """A list of values of the enumeration that ``default`` is made of, each once."""
        if self.value(key) is None:
            return default
        members = {str(member.value): member for member in type(default[0])}
        found = []
        for text, at in self.texts(key):
            if text in members:
                found.append(members[text])
                continue
            hint = did_you_mean(text, members) or f"known: {', '.join(members)}"
            message = f"'{key}' cannot hold '{text}'"
            self._findings.append(Finding("CFG102", "wrong-value", message, at, hint))
        return tuple(dict.fromkeys(found))

    def count(self, key: str, default: int | None = None) -> int | None:
        """A whole number from 1."""
        value = self.value(key)
        if value is None:
            return default
        if isinstance(value.data, bool) or not isinstance(value.data, int) or value.data < 1:
            self._wrong(value, f"'{key}' must be a whole number from 1", f"write `{key}: 12`")
            return default
        return value.data

    def texts(self, key: str, *, required: bool = False) -> tuple[tuple[str, Location], ...]:
        """A list of texts, each with its place; a single text is a list of one."""
        value = self.value(key)
        if value is None:
            if required:
                self._missing(key)
            return ()
        items = value.data if isinstance(value.data, tuple) else (value,)
        found = []
        for item in items:
            if isinstance(item.data, (tuple, Mapping)) or item.data is None:
                self._wrong(item, f"'{key}' must be a list of texts", f"write `{key}: [one, two]`")
            else:
                found.append((" ".join(str(item.data).split()), item.location))
        return tuple(found)

    def mapping(self, key: str) -> Fields:
        """A mapping under a key; empty where it is missing."""
        value = self.value(key)
        return Fields(value, f"'{key}'", self._findings, self.location)

    def mappings(self, key: str) -> tuple[Fields, ...]:
        """A list of mappings under a key."""
        value = self.value(key)
        if value is None:
            return ()
        if not isinstance(value.data, tuple):
            self._wrong(value, f"'{key}' must be a list", "begin each entry with `- `")
            return ()
        return tuple(Fields(item, f"an entry of '{key}'", self._findings, item.location) for item in value.data)

    def entries(self, key: str) -> tuple[Fields | str, ...]:
        """A list of mappings or plain texts under a key; a single text is a list of one."""
        value = self.value(key)
        if value is None:
            return ()
        items = (value,) if isinstance(value.data, str) else value.data
        if not isinstance(items, tuple):
            self._wrong(value, f"'{key}' must be a list", "begin each entry with `- `")
            return ()
        return tuple(
            " ".join(item.data.split())
            if isinstance(item.data, str)
            else Fields(item, f"an entry of '{key}'", self._findings, item.location)
            for item in items
        )

    def names(self) -> Iterable[str]:
        """All keys, for mappings whose keys are names; they count as asked for."""
        self._asked.extend(self._data)
        return tuple(self._data)

    def close(self) -> None:
        """Report each key that was not asked for."""
        if self._value is None:
            return
        for key, at in self._value.keys.items():
            if key not in self._asked:
                known = dict.fromkeys(self._asked)
                hint = did_you_mean(key, known) or f"known here: {', '.join(known)}"
                message = f"{self._name} has no key '{key}'"
                self._findings.append(Finding("CFG101", "unknown-key", message, at, hint))
