"""``octavo lint [PATH...]``: find the defects of notes, citations, sources and quotation."""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from octavo.cli.options import add_jobs
from octavo.model.finding import Severity

if TYPE_CHECKING:
    from octavo.lint.rule import Rule
    from octavo.model.finding import Finding
    from octavo.model.source import SourceFile
    from octavo.pipeline.lint import Linted, LintRequest

_WEIGHTS = (Severity.INFO, Severity.WARNING, Severity.ERROR)
# As in octavo.lint.report, which is loaded when it is needed.
_FORMATS = ("text", "concise", "json", "github", "sarif", "junit", "gitlab")
_FOR_PEOPLE = ("text", "concise")


def configure(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument(
        "paths", metavar="PATH", nargs="*", help="chapters, bibliographies, editions, folders (default: the text)"
    )
    parser.add_argument(
        "--select", metavar="CODES", action="extend", type=_codes, default=[], help="run these rules alone: NTE1,CIT001"
    )
    parser.add_argument(
        "--ignore", metavar="CODES", action="extend", type=_codes, default=[], help="leave these rules out"
    )
    parser.add_argument(
        "--fail-on", choices=[one.value for one in _WEIGHTS], help="the least weight that makes the exit code 1"
    )
    parser.add_argument("--editions", action="store_true", help="open the finished editions too, and compare them")
    parser.add_argument("--quiet", action="store_true", help="print findings alone")
    add_jobs(parser)
    parser.add_argument(
        "--no-cache", dest="cache", action="store_false", help="do not tell again what a run before found"
    )
    report = parser.add_argument_group("report")
    report.add_argument("--format", choices=_FORMATS, default="text", help="form of the report (default: text)")
    report.add_argument("--output", metavar="FILE", type=Path, help="write the report into a file")
    fixes = parser.add_argument_group("fixes")
    fixes.add_argument("--fix", action="store_true", help="apply the fixes that are safe")
    fixes.add_argument("--unsafe-fixes", action="store_true", help="apply all fixes")
    fixes.add_argument("--diff", action="store_true", help="show what fixes would change, and change nothing")
    baseline = parser.add_argument_group("baseline").add_mutually_exclusive_group()
    baseline.add_argument("--baseline", metavar="FILE", help="leave out findings that are in this one")
    baseline.add_argument("--no-baseline", dest="baseline", action="store_const", const="", help="leave out none")
    baseline.add_argument(
        "--write-baseline", metavar="FILE", nargs="?", const="", help="record what is found (in lint-baseline.json)"
    )
    parser.add_argument("--server", action="store_true", help="be asked by an editor (Language Server Protocol)")
    parser.set_defaults(func=run)


def _codes(text: str) -> tuple[str, ...]:
    return tuple(code.strip().upper() for code in text.split(",") if code.strip())


def run(arguments: argparse.Namespace) -> int:
    """Lint, then tell what was found."""
    from octavo.errors import ConfigurationError, UsageError
    from octavo.pipeline.lint import LintRequest, lint

    # The process ends before dropped objects could fill the memory.
    gc.disable()
    root: Path = arguments.project
    request = LintRequest(
        tuple(arguments.paths),
        tuple(arguments.select),
        tuple(arguments.ignore),
        jobs=arguments.jobs,
        baseline=arguments.baseline,
        editions=arguments.editions,
    )
    if arguments.server:
        from octavo.cli.lint_server import serve_editor

        return serve_editor(request)
    fixing = arguments.fix or arguments.unsafe_fixes
    if arguments.write_baseline is not None:
        if fixing or arguments.diff:
            raise UsageError("a baseline is written of what is found, not of what is fixed", "fix first")
        return _write_baseline(arguments, request)
    try:
        if arguments.diff:
            return _diff(arguments, request)
        linted = _fix(arguments, request) if fixing else lint(root, request)
    except ConfigurationError as error:
        if arguments.format == "text" and arguments.output is None:
            raise
        from octavo.cli.findings import read_texts

        _tell(arguments, error.findings, read_texts(error.findings, root), ())
        return error.exit_code
    asked = {path: text for path, text in linted.sources.items() if linted.wanted is None or path in linted.wanted}
    told = _tell(arguments, linted.findings, asked, linted.rules)
    least = Severity(arguments.fail_on) if arguments.fail_on else linted.settings.fail_on
    code = int(any(_WEIGHTS.index(one.severity) >= _WEIGHTS.index(least) for one in linted.findings))
    recordable = arguments.cache and arguments.began is not None and arguments.output is None
    if recordable and not (fixing or linted.looked_further):
        _remember(arguments, request, linted, code, told)
    return code


def _remember(arguments: argparse.Namespace, request: LintRequest, linted: Linted, code: int, told: str) -> None:
    """Record the run for `octavo.cli.entry`, which tells it again while nothing changes."""
    from octavo.cache.replay import Run, remember, run_key
    from octavo.pipeline.lint_inputs import lint_inputs

    root: Path = arguments.project
    inputs = lint_inputs(root, request, linted)
    encoding = sys.stdout.encoding
    remember(str(root), run_key(sys.argv[1:]), inputs, Run(code, encoding, told), arguments.began)


def _tell(
    arguments: argparse.Namespace,
    findings: Iterable[Finding],
    sources: Mapping[str, SourceFile],
    rules: Iterable[Rule],
) -> str:
    """Print or write the report; beside a written one the counts are printed.  What was printed is returned."""
    from octavo.lint.report import below, renderer
    from octavo.lint.report.text import closing, render

    told, form = list(findings), arguments.format
    people = form in _FOR_PEOPLE
    if not people and form != "json":
        # Who runs a linter for a folder of a repository knows its files by their paths from here.
        told, sources = below(_from_here(arguments.project), told, sources)
    if form == "text":
        report = render(told, sources, colours=arguments.output is None and sys.stdout.isatty())
    else:
        report = renderer(form)(told, sources, tuple(rules))
    counts = "" if arguments.quiet else closing(told)
    whole = report + counts if people else report
    if arguments.output is None:
        return _print(whole, exact=not people)
    _write(arguments.output, whole)
    return _print(counts)


def _fix(arguments: argparse.Namespace, request: LintRequest) -> Linted:
    from octavo.pipeline.mending import mend

    mended = mend(arguments.project, request, unsafe=arguments.unsafe_fixes, write=True)
    _say_whether_settled(mended.settled)
    if not arguments.quiet:
        told = (
            f"Fixed {_findings(mended.fixed)} in {_files(len(mended.changes))}." if mended.fixed else "Fixed nothing."
        )
        print(told, file=sys.stderr)
    return mended.linted


def _diff(arguments: argparse.Namespace, request: LintRequest) -> int:
    """Print what fixes would change; the exit code is 1 where that is anything."""
    from octavo.lint.fixes import unified_diff
    from octavo.pipeline.mending import mend

    mended = mend(arguments.project, request, unsafe=arguments.unsafe_fixes, write=False)
    _say_whether_settled(mended.settled)
    text = "".join(unified_diff(file, change.before, change.after) for file, change in mended.changes.items())
    if arguments.output is None:
        _print(text, exact=True)
    else:
        _write(arguments.output, text)
    if not arguments.quiet:
        told = f"Would fix {_findings(mended.fixed)} in {_files(len(mended.changes))}." if text else "Nothing to fix."
        print(told, file=sys.stderr)
    return int(bool(text))


def _write_baseline(arguments: argparse.Namespace, request: LintRequest) -> int:
    from dataclasses import replace

    from octavo.pipeline.baselines import write_baseline
    from octavo.pipeline.lint import lint

    linted = lint(arguments.project, replace(request, baseline=""))
    path, count = write_baseline(arguments.project, linted, arguments.write_baseline)
    if not arguments.quiet:
        print(f"Recorded {_findings(count)} in {path}.")
        if not linted.settings.baseline:
            name = arguments.write_baseline or path.name
            print(f"To have it read, add to publication.yaml:  lint: {{baseline: {name}}}")
    return 0


def _from_here(root: Path) -> str:
    """The path of the project from the current folder; empty where it is that, or stands elsewhere."""
    here, there = Path.cwd(), root.resolve()
    path = there.relative_to(here).as_posix() if there.is_relative_to(here) else ""
    return "" if path == "." else path


def _print(text: str, *, exact: bool = False) -> str:
    """Print; what programs read is UTF-8 whatever the terminal is set to."""
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if exact and reconfigure is not None:
        reconfigure(encoding="utf-8")
    sys.stdout.write(text)
    return text


def _write(path: Path, text: str) -> None:
    from octavo.adapters.store import publish

    publish({path: text.encode("utf-8", "backslashreplace")})


def _say_whether_settled(settled: bool) -> None:
    if not settled:
        print("octavo: after ten rounds there are still fixes to apply", file=sys.stderr)
        print("  hint: apply fewer rules at a time with `--select`", file=sys.stderr)


def _findings(count: int) -> str:
    return f"{count} finding{'' if count == 1 else 's'}"


def _files(count: int) -> str:
    return f"{count} file{'' if count == 1 else 's'}"
