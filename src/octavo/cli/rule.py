"""``octavo rule [CODE]``: the page of a rule of the linter, or the list of all."""

from __future__ import annotations

import argparse


def configure(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument(
        "code", metavar="CODE", nargs="?", default="", help="a code (NTE101), its beginning (NTE1) or a name"
    )
    parser.set_defaults(func=run)


def run(arguments: argparse.Namespace) -> int:
    """Print the page of the rule, or the list of those that the beginning of a code means."""
    from octavo.errors import UsageError
    from octavo.lint.pages import listing, page
    from octavo.lint.registry import all_rules
    from octavo.model.suggest import did_you_mean

    rules = all_rules()
    asked = arguments.code.strip()
    for rule in rules.values():
        if asked.upper() == rule.code or asked.lower() == rule.name:
            print(page(rule), end="")
            return 0
    begun = [rule for rule in rules.values() if rule.code.startswith(asked.upper())]
    if not begun:
        names = [rule.name for rule in rules.values()]
        hint = did_you_mean(asked.upper(), rules) or did_you_mean(asked.lower(), names)
        raise UsageError(f"there is no rule '{asked}'", hint or "`octavo rule` lists all rules")
    print(listing(begun), end="")
    return 0
