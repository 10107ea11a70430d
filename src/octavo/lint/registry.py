"""The rules that there are: every module of `octavo.lint.rules` holds one, under the name ``RULE``."""

from __future__ import annotations

import importlib
import os
from collections.abc import Mapping

from octavo.lint import rules
from octavo.lint.rule import Rule


def all_rules() -> Mapping[str, Rule]:
    """All rules by code, sorted.  Raises TypeError where a module of the folder holds none."""
    found = {}
    for file in (file for folder in rules.__path__ for file in os.listdir(folder)):
        name, dot, ending = file.partition(".")
        if (dot, ending) == (".", "py") and not name.startswith("_"):
            rule = load_rule(name)
            found[rule.code] = rule
    return dict(sorted(found.items()))


def load_rule(name: str) -> Rule:
    """The rule of one module, ``nte101``."""
    rule = getattr(importlib.import_module(f"{rules.__name__}.{name}"), "RULE", None)
    if not isinstance(rule, Rule):
        raise TypeError(f"the module {name} holds no rule")
    return rule


def documentation(rule: Rule) -> str:
    """The docstring of a rule's module: a summary, why, and examples."""
    return (importlib.import_module(f"{rules.__name__}.{rule.code.lower()}").__doc__ or "").strip()
