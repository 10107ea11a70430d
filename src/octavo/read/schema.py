"""The JSON Schema of ``publication.yaml``, for editors: recorded from the reading itself, so that it cannot differ."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import TypeVar

from octavo.model.source import Location
from octavo.read.fields import Fields
from octavo.read.publication import FILE, publication_of

E = TypeVar("E", bound=Enum)
Schema = dict[str, object]

_ANY_NAME = "name"
_TEXT: Schema = {"type": ["string", "number"]}


class _Recorder(Fields):
    """Fields that are empty, and note what they are asked for."""

    def __init__(self, name: str) -> None:
        super().__init__(None, name, [], Location(FILE))
        self.properties: dict[str, Schema] = {}
        self.required: list[str] = []
        self._children: list[tuple[Schema, _Recorder]] = []
        self._named = False

    def schema(self) -> Schema:
        """What was asked for, as a JSON Schema (draft 2020-12)."""
        for target, child in self._children:
            target.update(child.schema())
        if self._named:
            return {"type": "object", "additionalProperties": self.properties[_ANY_NAME]}
        found: Schema = {"type": "object", "additionalProperties": False, "properties": self.properties}
        return found | ({"required": self.required} if self.required else {})

    def value(self, key: str) -> None:
        self._asked.append(key)

    def text(self, key: str, default: str = "", *, required: bool = False) -> str:
        self.properties.setdefault(key, dict(_TEXT))
        if required:
            self.required.append(key)
        return default or "x"

    def scalar(self, key: str) -> str | int | bool:
        self.properties[key] = {"type": ["string", "number", "boolean"]}
        return ""

    def flag(self, key: str, default: bool) -> bool:
        self.properties[key] = {"type": "boolean", "default": default}
        return default

    def switch(self, key: str) -> None:
        self.properties[key] = {"type": "boolean"}

    def whole(self, key: str, default: int, least: int, most: int) -> int:
        self.properties[key] = {"type": "integer", "minimum": least, "maximum": most, "default": default}
        return default

    def choice(self, key: str, default: E) -> E:
        self.properties[key] = {"enum": [member.value for member in type(default)], "default": default.value}
        return default

    def choices(self, key: str, default: tuple[E, ...]) -> tuple[E, ...]:
        members = [member.value for member in type(default[0])]
        one_or_more: Schema = {"type": "array", "items": {"enum": members}}
        self.properties[key] = {"anyOf": [{"enum": members}, one_or_more]}
        return default

    def count(self, key: str, default: int | None = None) -> int | None:
        self.properties[key] = {"type": "integer", "minimum": 1}
        return default

    def texts(self, key: str, *, required: bool = False) -> tuple[tuple[str, Location], ...]:
        if required:
            self.required.append(key)
        self.properties.setdefault(key, {"type": "array", "items": dict(_TEXT)})
        return ()

    def mapping(self, key: str) -> Fields:
        child = _Recorder(key)
        self._children.append((self.properties.setdefault(key, {}), child))
        return child

    def mappings(self, key: str) -> tuple[Fields, ...]:
        child = _Recorder(key)
        items: Schema = {}
        self.properties[key] = {"type": "array", "items": items}
        self._children.append((items, child))
        return (child,)

    def entries(self, key: str) -> tuple[Fields | str, ...]:
        (child,) = self.mappings(key)
        items = self.properties[key]["items"]
        self.properties[key]["items"] = {"anyOf": [{"type": "string"}, items]}
        return (child,)

    def names(self) -> Iterable[str]:
        self._named = True
        return (_ANY_NAME,)


def publication_schema() -> Schema:
    """The schema of the configuration.

    Forms of values that a schema of types cannot tell (dates, lengths, languages) are checked by the reading alone.
    """
    recorder = _Recorder(FILE)
    publication_of(recorder, [])
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": f"Octavo's {FILE}"}
    return {**head, **recorder.schema()}


if __name__ == "__main__":
    import json

    print(json.dumps(publication_schema(), indent=2))
