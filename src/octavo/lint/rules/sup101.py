"""A comment suppresses nothing.

A suppression that is no longer needed hides the next defect that comes to its place. One that names no code, or a code
that no rule has, never had an effect. Comments for rules that did not run are left alone.

Bad:

    <!-- octavo: ignore NTE101 -->
    Exports doubled [@alpha-2020].

Good:

    <!-- octavo: ignore NTE101: the label is shown as it is written -->
    This call is printed as it is written[^label] here.
"""

from __future__ import annotations

from octavo.lint.rule import Fixing, Rule
from octavo.model.finding import Severity

# The engine finds these itself, when it knows what every comment silenced.
RULE = Rule("SUP101", "useless-suppression", Severity.WARNING, Fixing.SAFE)
