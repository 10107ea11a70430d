"""``octavo rule``, and the pages of the rules in the documents."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from octavo.cli.main import main
from octavo.lint.pages import FAMILIES, index, page, pages, write
from octavo.lint.registry import all_rules
from octavo.lint.rule import Fixing, Option, Rule
from octavo.model.finding import Severity

PAGES = Path(__file__).resolve().parents[2] / "docs" / "rules"
RULES = all_rules()


def test_the_page_of_a_rule_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rule", "NTE101"]) == 0
    told = capsys.readouterr().out
    assert told.startswith("# NTE101: undefined-note\n\nA note is called and not defined.\n")
    assert "- Severity: error\n- Fix: none\n" in told
    assert "## Bad\n\n    Exports doubled.[^ghost]\n" in told
    assert "## Good\n" in told
    for other in ("nte101", "undefined-note"):
        assert main(["rule", other]) == 0
        assert capsys.readouterr().out == told


def test_without_a_code_all_rules_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rule"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line[:6] for line in lines] == list(RULES)
    assert re.search(r"^SUP101  warning  safe +useless-suppression", "\n".join(lines), re.MULTILINE)


def test_the_beginning_of_a_code_lists_the_rules_that_it_means(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rule", "SUP"]) == 0
    assert {line[:3] for line in capsys.readouterr().out.splitlines()} == {"SUP"}


@pytest.mark.parametrize(
    ("asked", "hint"),
    [("NTE1O1", "did you mean 'NTE1"), ("undefined-notes", "did you mean 'undefined-note'?"), ("?", "lists all")],
)
def test_an_unknown_rule_is_told_with_the_nearest(asked: str, hint: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rule", asked]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert f"there is no rule '{asked}'" in err
    assert hint in err


def test_the_pages_in_the_documents_are_up_to_date() -> None:
    there = {path.name: path.read_text("utf-8") for path in PAGES.glob("*.md")}
    wanted = pages(RULES)
    assert sorted(there) == sorted(wanted), "run `make rules`"
    stale = [name for name in wanted if there[name] != wanted[name]]
    assert stale == [], "run `make rules`"


def test_pages_of_rules_that_are_no_more_are_taken_away(tmp_path: Path) -> None:
    (tmp_path / "OLD101.md").write_text("old", "utf-8")
    write(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == set(pages(RULES))


def test_the_index_knows_the_family_of_every_rule() -> None:
    assert {code[:3] for code in RULES} <= set(FAMILIES)
    text = index(RULES.values())
    assert re.findall(r"\[([A-Z]{3}\d{3})\]\(\1\.md\)", text) == sorted(
        RULES, key=lambda code: (list(FAMILIES).index(code[:3]), code)
    )


def test_options_stand_on_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "octavo.lint.pages.documentation", lambda rule: "It is wrong.\n\nWhy.\n\nBad:\n\n    a\n\nGood:\n\n    b"
    )
    options = (
        Option("words", 150, "how many words"),
        Option("place", "after", "where | there", ("after", "before")),
        Option("strict", True, "whether"),
        Option("marks", "", "which"),
    )
    text = page(Rule("NTE999", "some-name", Severity.INFO, Fixing.UNSAFE, options, default=False))
    assert "| `words` | `150` | a number | how many words |" in text
    assert "| `place` | `after` | `after`, `before` | where \\| there |" in text
    assert "| `strict` | `true` | `true`, `false` | whether |" in text
    assert "| `marks` | none | a text | which |" in text
    assert "    NTE999: {words: 150}\n" in text
    assert "- Fix: unsafe, with `octavo lint --unsafe-fixes`" in text
    assert "- Runs: only where `select` names it" in text
    assert text.endswith("## Bad\n\n    a\n\n## Good\n\n    b\n")
