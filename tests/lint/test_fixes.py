"""Fixes: which are taken together, what they leave untouched, and that nothing is left to fix after them."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lint_samples import CHAPTER, CONFIGURATION, FRONT, LIBRARY, SOURCES, examples_of, files_of, write
from octavo.errors import MachineError
from octavo.lint.fixes import apply_edits, choose_fixes, edits_of, unified_diff
from octavo.lint.registry import all_rules
from octavo.lint.rule import EditionRule, Fixing, Rule
from octavo.model.finding import Edit, Finding, Fix
from octavo.model.source import SourceFile, Span
from octavo.pipeline import mending
from octavo.pipeline.lint import LintRequest, lint
from octavo.pipeline.mending import mend

RULES = [rule for rule in all_rules().values() if not isinstance(rule, EditionRule)]
BOM = b"\xef\xbb\xbf"


def edit(start: int, end: int, text: str, file: str = "a.md") -> Edit:
    return Edit(file, Span(start, end), text)


def fixing(*edits: Edit, safe: bool = True) -> Finding:
    return Finding("NTE101", "name", f"{edits}", fix=Fix(edits, safe))


def applied(text: str | bytes, *edits: Edit) -> bytes:
    return apply_edits(text.encode() if isinstance(text, str) else text, edits)


def test_edits_count_code_points_and_keep_the_rest() -> None:
    assert applied("Экспорт 𝔘 рос.\n", edit(8, 9, "U"), edit(13, 14, "!")).decode() == "Экспорт U рос!\n"


@pytest.mark.parametrize(
    ("before", "edits", "after"),
    [
        (b"one\r\ntwo\r\nthree", [edit(4, 7, "2")], b"one\r\n2\r\nthree"),
        (b"one\r\ntwo\r\n", [edit(4, 8, "")], b"one\r\n"),
        (b"one\r\ntwo\r\n", [edit(3, 4, " ")], b"one two\r\n"),
        (b"one\r\ntwo\r\n", [edit(7, 7, "\nnew")], b"one\r\ntwo\r\nnew\r\n"),
        (b"one\r\ntwo", [edit(7, 7, "\nnew")], b"one\r\ntwo\r\nnew"),
        (b"one\rtwo", [edit(7, 7, "\nnew")], b"one\rtwo\rnew"),
        (b"one\ntwo\r\n", [edit(0, 3, "a\nb"), edit(4, 7, "c\nd")], b"a\nb\nc\r\nd\r\n"),
        (b"one", [edit(3, 3, "\ntwo")], b"one\ntwo"),
        (BOM + b"one\r\n", [edit(0, 3, "1")], BOM + b"1\r\n"),
        (b"\r\n\r\n\r\nx \r\n", [edit(4, 5, "")], b"\r\n\r\n\r\nx\r\n"),
        ("e\u0301\u2028 \x85 x".encode(), [edit(6, 7, "y")], "e\u0301\u2028 \x85 y".encode()),
    ],
)
def test_line_ends_byte_order_mark_and_the_last_line_stay(before: bytes, edits: list[Edit], after: bytes) -> None:
    assert applied(before, *edits) == after


@given(
    st.lists(st.sampled_from(["a", "é", "𝔘", "\r\n", "\n", "\r", " ", "\u2028"]), max_size=30),
    st.data(),
    st.booleans(),
)
def test_an_edit_changes_its_span_alone(pieces: list[str], data: st.DataObject, marked: bool) -> None:
    raw = "".join(pieces)
    text = raw.replace("\r\n", "\n").replace("\r", "\n")
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    mark = BOM if marked else b""
    changed = apply_edits(mark + raw.encode(), [edit(start, end, "XY")])
    read = changed.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    assert read == f"{text[:start]}XY{text[end:]}"
    head, tail = changed[len(mark) :].decode().split("XY")
    assert changed.startswith(mark)
    assert raw.startswith(head)
    assert raw.endswith(tail)


def test_the_first_of_fixes_that_meet_is_taken() -> None:
    first, second, third = fixing(edit(0, 5, "x")), fixing(edit(4, 8, "y")), fixing(edit(8, 9, "z"))
    assert choose_fixes([first, second, third], unsafe=False) == (first.fix, third.fix)


def test_a_fix_is_applied_whole_or_not_at_all() -> None:
    first, torn = fixing(edit(10, 12, "x")), fixing(edit(0, 2, "y"), edit(11, 13, "y"))
    assert choose_fixes([first, torn], unsafe=False) == (first.fix,)
    assert choose_fixes([fixing(edit(0, 3, "a"), edit(2, 4, "b"))], unsafe=False) == ()


def test_insertions_at_one_place_wait_for_one_another() -> None:
    assert len(choose_fixes([fixing(edit(3, 3, "a")), fixing(edit(3, 3, "b"))], unsafe=False)) == 1
    assert len(choose_fixes([fixing(edit(3, 5, "a")), fixing(edit(5, 5, "b"))], unsafe=False)) == 1
    assert len(choose_fixes([fixing(edit(3, 5, "a")), fixing(edit(5, 7, "b"))], unsafe=False)) == 2
    assert len(choose_fixes([fixing(edit(3, 3, "a")), fixing(edit(3, 3, "b", "b.md"))], unsafe=False)) == 2


def test_the_same_edit_is_made_once() -> None:
    chosen = choose_fixes([fixing(edit(3, 3, "a")), fixing(edit(3, 3, "a"), edit(7, 8, ""))], unsafe=False)
    assert len(chosen) == 2
    assert edits_of(chosen) == {"a.md": (edit(3, 3, "a"), edit(7, 8, ""))}


def test_unsafe_fixes_are_applied_when_asked_for() -> None:
    finding = fixing(edit(0, 1, ""), safe=False)
    assert choose_fixes([finding], unsafe=False) == ()
    assert choose_fixes([finding], unsafe=True) == (finding.fix,)


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 5), st.sampled_from(["", "x"])), max_size=20))
def test_chosen_edits_never_overlap(spans: list[tuple[int, int, str]]) -> None:
    findings = [fixing(edit(start, start + length, text)) for start, length, text in spans]
    edits = edits_of(choose_fixes(findings, unsafe=True)).get("a.md", ())
    assert all(one.span.end <= two.span.start for one, two in pairwise(edits))


def test_the_diff_is_one_that_patch_takes() -> None:
    before, after = b"one\r\ntwo\nthree", b"one\r\n2\nthree\n"
    assert unified_diff("chapters/a.md", before, after) == (
        "--- a/chapters/a.md\n+++ b/chapters/a.md\n@@ -1,3 +1,3 @@\n one\r\n-two\n-three\n"
        "\\ No newline at end of file\n+2\n+three\n"
    )


def bytes_of(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def companions(rule: Rule) -> tuple[str, ...]:
    return (rule.code, "NTE101") if rule.code.startswith("SUP") else (rule.code,)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_fixing_mends_the_bad_example_and_fixing_twice_changes_nothing(rule: Rule, tmp_path: Path) -> None:
    root = write(tmp_path, files_of(examples_of(rule)[0]))
    request = LintRequest(select=companions(rule))
    found = lint(root, request).findings
    fixable = any(one.fixable for one in found)
    assert fixable <= (rule.fixing is not Fixing.NONE)
    mended = mend(root, request, unsafe=True, write=True)
    assert mended.settled
    assert bool(mended.fixed) == fixable
    assert not fixable or len(mended.linted.findings) < len(found)
    after = bytes_of(root)
    again = mend(root, request, unsafe=True, write=True)
    assert (again.fixed, again.changes) == (0, {})
    assert bytes_of(root) == after


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.fixing is not Fixing.NONE], ids=lambda rule: rule.code)
def test_fixes_keep_windows_line_ends(rule: Rule, tmp_path: Path) -> None:
    files = files_of(examples_of(rule)[0])
    plain = write(tmp_path / "plain", files)
    windows = tmp_path / "windows"
    for name, text in files.items():
        path = windows / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(BOM + text.replace("\n", "\r\n").encode())
    for root in (plain, windows):
        mend(root, LintRequest(select=companions(rule)), unsafe=True, write=True)
    for name in files:
        assert (windows / name).read_bytes() == BOM + (plain / name).read_bytes().replace(b"\n", b"\r\n")


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.fixing is Fixing.UNSAFE], ids=lambda rule: rule.code)
def test_what_is_not_safe_is_not_fixed_unasked(rule: Rule, tmp_path: Path) -> None:
    root = write(tmp_path, files_of(examples_of(rule)[0]))
    before = bytes_of(root)
    assert mend(root, LintRequest(select=companions(rule)), unsafe=False, write=True).fixed == 0
    assert bytes_of(root) == before


SUPPRESSED = FRONT + "Words.\n\n<!-- octavo: ignore NTE101 -->\n\nMore.\n\n<!-- octavo: ignore NTE101 -->\n\nEnd.\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write(tmp_path / "p", {"publication.yaml": CONFIGURATION, SOURCES: LIBRARY, CHAPTER: SUPPRESSED})


def test_without_writing_nothing_is_written(project: Path) -> None:
    before = bytes_of(project)
    mended = mend(project, LintRequest(), unsafe=False, write=False)
    assert mended.fixed == 2
    change = mended.changes[CHAPTER]
    assert b"octavo: ignore" in change.before
    assert b"octavo: ignore" not in change.after
    assert bytes_of(project) == before
    assert mended.linted.findings


def test_only_the_files_that_were_asked_for_are_fixed(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = "chapters/02-other.md"
    write(project, {other: SUPPRESSED})
    mended = mend(project, LintRequest(paths=(other,)), unsafe=False, write=True)
    assert list(mended.changes) == [other]
    write(project, {other: SUPPRESSED})
    monkeypatch.chdir(project / "chapters")
    mended = mend(Path(".."), LintRequest(paths=("02-other.md",)), unsafe=False, write=True)
    assert list(mended.changes) == [other]
    assert (project / CHAPTER).read_text("utf-8") == SUPPRESSED


def test_fixes_of_specifications_are_made_in_the_copy_first(project: Path) -> None:
    table = project / "data" / "tables" / "trade.yaml"
    table.parent.mkdir(parents=True)
    (project / "data" / "trade.csv").write_text("partner,exports\nCuba,5\n")
    text = "# octavo: ignore DAT201: not needed\ntitle: Exports\ndata: trade\nsource: alpha-2020\n"
    table.write_text(text)
    request = LintRequest(select=("DAT", "SUP"))
    assert set(mend(project, request, unsafe=False, write=False).changes) == {"data/tables/trade.yaml"}
    assert table.read_text() == text
    mend(project, request, unsafe=False, write=True)
    assert table.read_text() == text.partition("\n")[2]


def test_links_and_permissions_stay(project: Path) -> None:
    chapter = project / CHAPTER
    real = project / "real.md"
    chapter.rename(real)
    chapter.symlink_to(real)
    real.chmod(0o640)
    assert mend(project, LintRequest(), unsafe=False, write=True).fixed == 2
    assert chapter.is_symlink()
    assert "octavo: ignore" not in real.read_text("utf-8")
    assert real.stat().st_mode & 0o777 == 0o640


def test_what_is_in_the_baseline_is_not_fixed(project: Path) -> None:
    from octavo.pipeline.baselines import write_baseline

    path, count = write_baseline(project, lint(project, LintRequest()))
    assert count >= 2
    assert mend(project, LintRequest(baseline=path.name), unsafe=True, write=True).fixed == 0
    # A baseline outside of the project is found from the copy too, in which fixes are tried.
    path.rename(project.parent / path.name)
    write(project, {CHAPTER: f"{SUPPRESSED}<!-- octavo: ignore CIT001 -->\n"})
    assert mend(project, LintRequest(baseline=f"../{path.name}"), unsafe=True, write=True).fixed == 1


def test_a_file_that_changes_meanwhile_is_left_alone(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def lint_slowly(root: Path, request: LintRequest) -> object:
        if root != project:
            write(project, {CHAPTER: FRONT + "Written anew.\n"})
        return lint(root, request)

    monkeypatch.setattr(mending, "lint", lint_slowly)
    with pytest.raises(MachineError, match="was changed"):
        mend(project, LintRequest(), unsafe=False, write=True)
    assert (project / CHAPTER).read_text("utf-8") == FRONT + "Written anew.\n"


def test_fixes_that_run_in_circles_end(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def never_content(linted: mending.Linted, unsafe: bool) -> tuple[Fix, ...]:
        return (Fix((Edit(CHAPTER, Span(len(FRONT), len(FRONT)), "Words. "),)),)

    monkeypatch.setattr(mending, "_fixes", never_content)
    mended = mend(project, LintRequest(), unsafe=False, write=True)
    assert not mended.settled
    assert mended.fixed == 10
    assert (project / CHAPTER).read_text("utf-8").count("Words. ") == 10


def test_a_round_brings_up_the_next(project: Path) -> None:
    """Fixes that meet are applied one after another, in one run of the command."""
    text = "".join(f"<!-- octavo: ignore NTE101 -->{' ' * (index % 2)}\n" for index in range(9))
    write(project, {CHAPTER: f"{FRONT}Words.\n\n{text}\nEnd.\n"})
    mended = mend(project, LintRequest(), unsafe=False, write=True)
    assert mended.settled
    assert "octavo" not in (project / CHAPTER).read_text("utf-8")


def test_a_source_is_what_the_spans_count() -> None:
    raw = BOM + b"a\r\nb\rc\n"
    source = SourceFile("a.md", "a\nb\nc\n")
    start = source.text.index("c")
    assert apply_edits(raw, [Edit("a.md", Span(start, start + 1), "C")]) == BOM + b"a\r\nb\rC\n"
