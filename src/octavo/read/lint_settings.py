"""The key ``lint`` of ``publication.yaml`` into LintSettings."""

from __future__ import annotations

from collections.abc import Mapping

from octavo.model.finding import Severity
from octavo.model.publication import LintSettings, LintValue
from octavo.model.source import Location
from octavo.read.fields import Fields


def read_lint_settings(fields: Fields) -> LintSettings:
    """The settings; whether codes and options mean anything is for the linter to say, who knows its rules."""
    codes: list[tuple[str, Location]] = []
    settings = LintSettings(
        select=_codes(fields, "select", codes),
        ignore=_codes(fields, "ignore", codes),
        per_file=_per_file(fields.mapping("per_file"), codes),
        severity=_severity(fields.mapping("severity"), codes),
        fail_on=fields.choice("fail_on", Severity.WARNING),
        options=_options(fields.mapping("options"), codes),
        baseline=fields.text("baseline"),
        codes=tuple(codes),
    )
    fields.close()
    return settings


def _codes(fields: Fields, key: str, codes: list[tuple[str, Location]]) -> tuple[str, ...]:
    named = fields.texts(key)
    codes.extend(named)
    return tuple(code for code, _ in named)


def _per_file(fields: Fields, codes: list[tuple[str, Location]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((pattern, _codes(fields, pattern, codes)) for pattern in fields.names())


def _severity(fields: Fields, codes: list[tuple[str, Location]]) -> Mapping[str, Severity]:
    weights = {}
    for code in fields.names():
        codes.append((code, fields.location_of_key(code)))
        weights[code] = fields.choice(code, Severity.WARNING)
    return weights


def _options(fields: Fields, codes: list[tuple[str, Location]]) -> Mapping[str, Mapping[str, LintValue]]:
    options = {}
    for code in fields.names():
        codes.append((code, fields.location_of_key(code)))
        given = fields.mapping(code)
        options[code] = {name: LintValue(given.scalar(name), given.location_of(name)) for name in given.names()}
    return options
