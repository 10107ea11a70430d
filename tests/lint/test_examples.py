"""The examples on the pages of the rules: the bad one is found by its rule alone, the good one by no rule of errors."""

from __future__ import annotations

from pathlib import Path

import pytest

from lint_samples import examples_of, files_of, write
from octavo.lint.registry import all_rules, documentation
from octavo.lint.rule import EditionRule, Rule
from octavo.model.finding import Severity
from octavo.pipeline.lint import LintRequest, lint

RULES = all_rules()
TEXT_RULES = [rule for rule in RULES.values() if not isinstance(rule, EditionRule)]


@pytest.mark.parametrize("rule", TEXT_RULES, ids=lambda rule: rule.code)
def test_the_bad_example_is_found_by_its_rule(rule: Rule, tmp_path: Path) -> None:
    bad, _ = examples_of(rule)
    linted = lint(write(tmp_path, files_of(bad)), LintRequest(select=(rule.code, *_companions(rule))))
    assert {finding.code for finding in linted.findings} == {rule.code}


@pytest.mark.parametrize("rule", TEXT_RULES, ids=lambda rule: rule.code)
def test_the_good_example_is_good_for_all_rules(rule: Rule, tmp_path: Path) -> None:
    _, good = examples_of(rule)
    linted = lint(write(tmp_path, files_of(good)), LintRequest())
    serious = [one for one in linted.findings if one.code == rule.code or one.severity is Severity.ERROR]
    assert serious == []


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.code)
def test_a_rule_says_what_why_and_shows_it(rule: Rule) -> None:
    summary, *rest = documentation(rule).split("\n\n")
    assert summary.endswith(".")
    assert "\n" not in summary
    assert rest
    bad, good = examples_of(rule)
    assert bad.strip()
    assert good.strip()
    assert bad != good


def _companions(rule: Rule) -> tuple[str, ...]:
    """A comment is useless, and an entry of a baseline stale, only for a rule that ran."""
    return ("NTE101",) if rule.code in ("SUP101", "SUP102") else ()
