"""Faults of templates and formulas into findings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from octavo.errors import FindingsError
from octavo.model.finding import Finding
from octavo.model.source import Location, Span
from octavo.read.files import read_source
from octavo.typeset.mathematics import FormulaFault
from octavo.typeset.template_checks import place_in
from octavo.typeset.templates import TemplateFault


@contextmanager
def template_faults(root: Path, warnings: Sequence[Finding]) -> Iterator[None]:
    """Turn faults of a house style or a formula into FindingsError, beside the ``warnings`` that were told before."""
    try:
        yield
    except TemplateFault as fault:
        source = read_source(root, f"templates/{fault.template}", [])
        at = place_in(source, fault.line, fault.word) if source else Location(f"templates/{fault.template}")
        hint = fault.hint or "templates extend those of the package: see docs/templates.md"
        finding = Finding("TPL102", "template-error", fault.message, at, hint)
        raise FindingsError([*warnings, finding]) from fault
    except FormulaFault as fault:
        message = f"the formula '{fault.tex}' cannot be drawn: {fault.reason}"
        source = read_source(root, fault.file, [])
        start = source.text.find(fault.tex) if source else -1
        at = source.locate(Span(start, start + len(fault.tex))) if source and start >= 0 else Location(fault.file)
        finding = Finding("MTH102", "formula-not-drawn", message, at, "simplify its TeX")
        raise FindingsError([*warnings, finding]) from fault
