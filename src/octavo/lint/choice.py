"""Which rules run, and how much their findings weigh."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase

from octavo.lint.rule import OptionValue, Rule
from octavo.model.finding import Finding, Severity
from octavo.model.publication import LintSettings, LintValue
from octavo.model.source import Location
from octavo.model.suggest import did_you_mean


@dataclass(frozen=True, slots=True)
class Choice:
    """The rules that run, each with its options; codes that are left out in single files; weights."""

    rules: tuple[Rule, ...]
    options: Mapping[str, Mapping[str, OptionValue]]
    per_file: tuple[tuple[str, tuple[str, ...]], ...]
    weights: Mapping[str, Severity]

    def keeps(self, finding: Finding) -> bool:
        """Whether a finding is told, by the file that it stands in."""
        if finding.location is None:
            return True
        file = finding.location.file
        return not any(fnmatchcase(file, pattern) and matches(finding.code, codes) for pattern, codes in self.per_file)

    def weighed(self, finding: Finding) -> Finding:
        """The finding with the weight that was chosen for its code."""
        weight = self.weights.get(finding.code)
        return finding if weight is None or weight is finding.severity else replace(finding, severity=weight)


def matches(code: str, prefixes: Iterable[str]) -> bool:
    """Whether a code is meant by one of some prefixes: ``NTE2`` means ``NTE201``; ``ALL`` means all."""
    return any(code.startswith(prefix) or prefix == "ALL" for prefix in prefixes)


def choose(
    rules: Mapping[str, Rule], settings: LintSettings, select: Sequence[str] = (), ignore: Sequence[str] = ()
) -> Choice:
    """Join what the publication says with what the command line says, which weighs more.

    A rule that is off unless chosen runs where its whole code is named.
    """
    wanted = tuple(select) or settings.select
    unwanted = (*settings.ignore, *ignore) if not select else tuple(ignore)
    chosen = tuple(
        rule
        for rule in rules.values()
        if (_named(rule, wanted) if wanted else rule.default) and not matches(rule.code, unwanted)
    )
    options = {rule.code: _options(rule, settings.options.get(rule.code, {})) for rule in chosen}
    return Choice(chosen, options, settings.per_file, settings.severity)


def _named(rule: Rule, prefixes: Sequence[str]) -> bool:
    return matches(rule.code, prefixes) if rule.default else rule.code in prefixes


def _options(rule: Rule, given: Mapping[str, LintValue]) -> Mapping[str, OptionValue]:
    values = {option.name: option.default for option in rule.options}
    return values | {name: value.value for name, value in given.items() if name in values}


def check_codes(codes: Iterable[tuple[str, Location | None]], rules: Mapping[str, Rule]) -> Iterator[Finding]:
    """A finding for each code or prefix that means no rule."""
    for code, at in codes:
        if code != "ALL" and not any(known.startswith(code) for known in rules):
            hint = did_you_mean(code, rules) or "`octavo rule` lists all rules"
            yield Finding("CFG110", "unknown-rule", f"there is no rule '{code}'", at, hint)


def check_settings(settings: LintSettings, rules: Mapping[str, Rule]) -> Iterator[Finding]:
    """What is wrong with the settings: codes without a rule, options that a rule does not have or cannot take."""
    yield from check_codes(settings.codes, rules)
    for code, given in settings.options.items():
        rule = rules.get(code)
        if rule is None:
            continue
        known = {option.name: option for option in rule.options}
        for name, value in given.items():
            option = known.get(name)
            if option is None:
                hint = did_you_mean(name, known) or (f"known here: {', '.join(known)}" if known else "it has none")
                yield Finding("CFG101", "unknown-key", f"{code} has no option '{name}'", value.location, hint)
            elif type(value.value) is not type(option.default):
                kind = {int: "a number", bool: "true or false"}.get(type(option.default), "text")
                message = f"'{name}' of {code} must be {kind}"
                yield Finding("CFG102", "wrong-value", message, value.location, f"the default is {option.default}")
            elif option.choices and str(value.value) not in option.choices:
                message = f"'{name}' of {code} cannot be '{value.value}'"
                hint = did_you_mean(str(value.value), option.choices) or f"one of: {', '.join(option.choices)}"
                yield Finding("CFG102", "wrong-value", message, value.location, hint)
