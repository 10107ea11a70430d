"""``octavo lint --server``: the linter in an editor."""

from __future__ import annotations

import sys

from octavo.errors import UsageError
from octavo.pipeline.lint import LintRequest


def serve_editor(request: LintRequest) -> int:
    """Speak the Language Server Protocol on standard input and output until the editor ends it.

    Raises UsageError for paths, and for a code without a rule.
    """
    from octavo import __version__
    from octavo.adapters.language_server import serve
    from octavo.pipeline.desk import Desk

    if request.paths:
        raise UsageError("`--server` takes no PATH", "the editor says which files it shows")
    if sys.stdin.isatty():
        print("octavo: waiting for an editor to speak; see docs/editors.md", file=sys.stderr)
    return serve(lambda background: Desk(request, background), __version__)
