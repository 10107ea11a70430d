"""The baseline has a finding that is no longer there.

A defect that was mended still stands in the baseline, where it would let the same defect pass when it comes back. Only
entries for rules that ran, in files that were looked at, are held to be stale.

Bad:

    publication.yaml:
    title: A sample
    slug: sample
    language: en-GB
    bibliography: {style: chicago-notes-bibliography}
    lint: {baseline: lint-baseline.json}

    lint-baseline.json:
    {
      "version": 1,
      "findings": [
        {"code": "NTE101", "file": "chapters/01-sample.md", "context": "doubled.⟪[^ghost]⟫", "count": 1}
      ]
    }

    chapters/01-sample.md:
    Exports doubled [@alpha-2020].

Good:

    publication.yaml:
    title: A sample
    slug: sample
    language: en-GB
    bibliography: {style: chicago-notes-bibliography}
    lint: {baseline: lint-baseline.json}

    lint-baseline.json:
    {
      "version": 1,
      "findings": []
    }

    chapters/01-sample.md:
    Exports doubled [@alpha-2020].
"""

from __future__ import annotations

from octavo.lint.rule import Rule
from octavo.model.finding import Severity

# The comparison with the baseline finds these itself, after all rules ran.
RULE = Rule("SUP102", "stale-baseline-entry", Severity.WARNING)
