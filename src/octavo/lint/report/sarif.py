"""Findings as SARIF 2.1.0 (OASIS, 2020), which code hosts and editors read."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from urllib.parse import quote

from octavo import __version__
from octavo.lint.context import fingerprints
from octavo.lint.pages import page, summary
from octavo.lint.rule import Rule
from octavo.model.finding import Edit, Finding, Fix, Severity
from octavo.model.source import Location, SourceFile

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
# Paths are relative to the root of what was checked out (3.14.14: a base may be left to who reads the report).
_BASE = "%SRCROOT%"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
# The version tells that fingerprints are made in another way than before (3.27.18).
_FINGERPRINT = "octavoContext/v1"

Json = str | int | bool | Sequence["Json"] | Mapping[str, "Json"]


def render(findings: Sequence[Finding], sources: Mapping[str, SourceFile], rules: Sequence[Rule]) -> str:
    """A log with one run; columns count code points (3.14.17) and fixes are replacements (3.55)."""
    descriptors = {rule.code: _descriptor(rule) for rule in rules}
    for finding in findings:
        descriptors.setdefault(finding.code, {"id": finding.code, "name": finding.rule})
    indices = {code: index for index, code in enumerate(descriptors)}
    prints = fingerprints(findings, sources)
    results = [
        _result(finding, indices[finding.code], mark, sources) for finding, mark in zip(findings, prints, strict=True)
    ]
    driver: Json = {
        "name": "octavo",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": list(descriptors.values()),
    }
    run: Json = {
        "tool": {"driver": driver},
        "originalUriBaseIds": {_BASE: {"description": {"text": "The folder that holds the publication."}}},
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2) + "\n"


def _descriptor(rule: Rule) -> Mapping[str, Json]:
    text = page(rule)
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": summary(rule)},
        "help": {"text": text, "markdown": text},
        "defaultConfiguration": {"level": _LEVELS[rule.severity], "enabled": rule.default},
    }


def _result(finding: Finding, index: int, fingerprint: str, sources: Mapping[str, SourceFile]) -> Json:
    hint = f"\n{finding.hint}" if finding.hint else ""
    result: dict[str, Json] = {
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": {"text": f"{finding.message}{hint}"},
        "partialFingerprints": {_FINGERPRINT: fingerprint},
    }
    at = finding.location
    if at is not None:
        result["locations"] = [{"physicalLocation": {"artifactLocation": _artifact(at.file), "region": _region(at)}}]
    if finding.fix is not None and all(edit.file in sources for edit in finding.fix.edits):
        result["fixes"] = [_fix(finding.fix, sources)]
    return result


def _fix(fix: Fix, sources: Mapping[str, SourceFile]) -> Json:
    by_file: dict[str, list[Edit]] = {}
    for edit in fix.edits:
        by_file.setdefault(edit.file, []).append(edit)
    changes = [
        {"artifactLocation": _artifact(file), "replacements": [_replacement(edit, sources[file]) for edit in edits]}
        for file, edits in by_file.items()
    ]
    safety = "" if fix.safe else "; look at it before you keep it"
    return {"description": {"text": f"as `octavo lint` would fix it{safety}"}, "artifactChanges": changes}


def _replacement(edit: Edit, source: SourceFile) -> Json:
    return {"deletedRegion": _region(source.locate(edit.span)), "insertedContent": {"text": edit.text}}


def _artifact(file: str) -> Json:
    return {"uri": quote(file), "uriBaseId": _BASE}


def _region(at: Location) -> Json:
    return {
        "startLine": at.line,
        "startColumn": at.column,
        "endLine": max(at.line, at.end_line),
        "endColumn": at.end_column,
    }
