"""Markup was left standing in an edition.

`[^name]` or `[@key]` on a printed page is a note that no reader will find. Most often a bracket before it was never
closed, so that Pandoc read what follows as text.

Bad:

    print:  Exports doubled.[^customs] Imports did not [@alpha-2020].

Good:

    print:  Exports doubled.¹⁷ Imports did not.¹⁸
"""

from __future__ import annotations

from octavo.lint.rule import EditionRule
from octavo.model.finding import Severity

RULE = EditionRule("EDN105", "markup-left", Severity.ERROR)
