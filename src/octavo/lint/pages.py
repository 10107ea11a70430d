"""The pages of the rules, made from the docstrings of their modules.

``python -m octavo.lint.pages docs/rules`` writes them anew.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from octavo.lint.registry import all_rules, documentation
from octavo.lint.rule import BookRule, ChapterRule, EditionRule, Fixing, LibraryRule, Option, OptionValue, Rule
from octavo.model.lazy import lazy

# What the first letters of codes stand for, in the order of the index.
FAMILIES = {
    "NTE": "Notes",
    "CIT": "Citations",
    "BIB": "Sources",
    "TXT": "Text",
    "DAT": "Tables and data",
    "EDN": "Finished editions",
    "SUP": "Suppressions and baseline",
}
_FIXES = {
    Fixing.NONE: "none",
    Fixing.SAFE: "safe, with `octavo lint --fix`",
    Fixing.UNSAFE: "unsafe, with `octavo lint --unsafe-fixes`",
}
# What YAML takes for a value without quotation marks, even between braces.
_PLAIN = lazy(r"[\w.][\w .-]*")
_SHORT = {Fixing.NONE: "", Fixing.SAFE: "safe", Fixing.UNSAFE: "unsafe"}


def summary(rule: Rule) -> str:
    """The sentence that says what the defect is."""
    return documentation(rule).partition("\n")[0]


def page(rule: Rule) -> str:
    """The page of one rule, in Markdown."""
    why, _, examples = documentation(rule).partition("\nBad:\n")
    bad, _, good = examples.partition("\nGood:\n")
    parts = [f"# {rule.code}: {rule.name}", why.strip(), "\n".join(_facts(rule))]
    if rule.options:
        parts += ["## Options", "\n".join(_options(rule.options)), "\n".join(_setting(rule))]
    for title, example in (("## Bad", bad), ("## Good", good)):
        if example.strip():
            parts += [title, example.strip("\n")]
    return "\n\n".join(parts) + "\n"


def index(rules: Iterable[Rule]) -> str:
    """The list of all rules, family by family, in Markdown with links to their pages."""
    parts = [
        "# Rules",
        "What `octavo lint` looks for. A page says what the defect is, why it matters and what is right instead;\n"
        "`octavo rule CODE` prints it. How to use the linter is told in [linting.md](../linting.md).",
    ]
    families: dict[str, list[Rule]] = {}
    for rule in rules:
        families.setdefault(rule.code[:3], []).append(rule)
    order = list(FAMILIES)
    for family in sorted(families, key=lambda one: (order.index(one) if one in order else len(order), one)):
        rows = ["| Code | Name | Severity | Fix | Defect |", "|:-----|:-----|:---------|:----|:-------|"]
        rows += [
            f"| [{rule.code}]({rule.code}.md) | {rule.name} | {rule.severity.value}"
            f"{'' if rule.default else ', off'} | {_SHORT[rule.fixing]} | {_cell(summary(rule))} |"
            for rule in families[family]
        ]
        parts += [f"## {FAMILIES.get(family, family)}", "\n".join(rows)]
    return "\n\n".join(parts) + "\n"


def listing(rules: Iterable[Rule]) -> str:
    """The list of rules for a terminal: code, severity, fix, name, one to a line."""
    rows = [
        (rule.code, rule.severity.value, _SHORT[rule.fixing] or "-", rule.name + ("" if rule.default else " (off)"))
        for rule in rules
    ]
    widths = [max(len(row[column]) for row in [("", "", "", ""), *rows]) for column in range(4)]
    return "".join(
        "  ".join([*(cell.ljust(width) for cell, width in zip(row[:3], widths, strict=False)), row[3]]) + "\n"
        for row in rows
    )


def pages(rules: Mapping[str, Rule]) -> dict[str, str]:
    """All files of the folder of pages by their names."""
    return {"README.md": index(rules.values())} | {f"{code}.md": page(rule) for code, rule in rules.items()}


def _facts(rule: Rule) -> list[str]:
    runs = "by default" if rule.default else "only where `select` names it"
    return [
        f"- Severity: {rule.severity.value}",
        f"- Fix: {_FIXES[rule.fixing]}",
        f"- Looks at: {_subject(rule)}",
        f"- Runs: {runs}",
    ]


def _subject(rule: Rule) -> str:
    if isinstance(rule, ChapterRule):
        return "each chapter"
    if isinstance(rule, BookRule):
        return "all chapters together"
    if isinstance(rule, LibraryRule):
        return "the bibliography"
    if isinstance(rule, EditionRule):
        return "finished editions"
    return "the run as a whole"


def _options(options: Iterable[Option]) -> list[str]:
    rows = ["| Option | Default | Values | Meaning |", "|:-------|:--------|:-------|:--------|"]
    for option in options:
        values = ", ".join(f"`{one}`" for one in option.choices) or _kind(option.default)
        rows.append(f"| `{option.name}` | {_value(option.default)} | {values} | {_cell(option.meaning)} |")
    return rows


def _setting(rule: Rule) -> list[str]:
    option = rule.options[0]
    value = option.default if option.default != "" else "..."
    written = str(value).lower() if isinstance(value, bool) else str(value)
    if not _PLAIN.fullmatch(written):
        written = json.dumps(written, ensure_ascii=False)
    return ["```yaml", "lint:", "  options:", f"    {rule.code}: {{{option.name}: {written}}}", "```"]


def _kind(value: OptionValue) -> str:
    if isinstance(value, bool):
        return "`true`, `false`"
    return "a number" if isinstance(value, int) else "a text"


def _value(value: OptionValue) -> str:
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    return f"`{value}`" if value != "" else "none"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def write(folder: Path) -> None:
    """Write all pages into a folder, and take away those of rules that are no more."""
    wanted = pages(all_rules())
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.glob("*.md"):
        if path.name not in wanted:
            path.unlink()
    for name, text in wanted.items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
