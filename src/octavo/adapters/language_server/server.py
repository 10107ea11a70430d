"""A desk, which knows projects, behind the protocol.

What the desk is asked happens in one thread, in the order in which the editor said it; Pandoc's work happens in another
one.  A fault of ours is told on standard error and leaves the server running.
"""

from __future__ import annotations

import contextlib
import logging
import os
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path
from typing import Protocol

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from octavo.adapters.language_server.forms import FIX_ALL, NAME
from octavo.adapters.language_server.session import Session
from octavo.model.editing import Completions, FileEdits, FileFindings, Hover, QuickFix
from octavo.model.source import SourceFile, Span

Background = Callable[[Callable[[], None]], None]

_log = logging.getLogger(__name__)


class Desk(Protocol):
    """What is asked of the projects; see `octavo.pipeline.desk`."""

    def put(self, path: Path, text: str, *, settled: bool) -> None: ...
    def drop(self, path: Path) -> None: ...
    def source(self, path: Path) -> SourceFile | None: ...
    def check(self, path: Path) -> Sequence[FileFindings]: ...
    def quick_fixes(self, path: Path, span: Span) -> Sequence[QuickFix]: ...
    def fix_all(self, path: Path) -> FileEdits | None: ...
    def hover(self, path: Path, offset: int) -> Hover | None: ...
    def complete(self, path: Path, offset: int) -> Completions: ...


class _Server(LanguageServer):
    """A server whose faults stand in its log: an editor would open a window for each."""

    def report_server_error(self, error: Exception, source: object) -> None:
        _log.error("%s", error)


def serve(make_desk: Callable[[Background], Desk], version: str) -> int:
    """Speak with an editor until it says goodbye or closes our input; the exit code (LSP 3.17, "exit").

    ``make_desk`` gets what runs a job in the background.  Raises what it raises.
    """
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="octavo: %(levelname)s: %(message)s")
    with ThreadPoolExecutor(1) as worker, ThreadPoolExecutor(1) as pandoc:
        desk = make_desk(lambda job: _in_background(pandoc, job))
        server = _Server(NAME, version, text_document_sync_kind=types.TextDocumentSyncKind.Full)
        session = Session(server, desk, worker)
        _register(server, session)
        # What else might print would break the protocol.
        output = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
        with output, contextlib.redirect_stdout(sys.stderr), contextlib.suppress(ValueError):
            server.start_io(sys.stdin.buffer, output)
        for executor in (worker, pandoc):
            executor.shutdown(wait=False, cancel_futures=True)
    return 1 if session.ended and not session.may_end else 0


def _in_background(executor: Executor, job: Callable[[], None]) -> None:
    def run() -> None:
        try:
            job()
        except Exception:
            _log.exception("a job in the background failed")

    # The editor may have gone meanwhile.
    with contextlib.suppress(RuntimeError):
        executor.submit(run)


def _register(server: _Server, session: Session) -> None:
    """Tell the server what it can do."""

    @server.feature(types.INITIALIZED)
    def initialized(_: types.InitializedParams) -> None:
        session.watch_files()

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: types.DidOpenTextDocumentParams) -> None:
        document = params.text_document
        session.opened(document.uri, document.text, document.version)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def changed(params: types.DidChangeTextDocumentParams) -> None:
        document = params.text_document
        session.changed(document.uri, _text(server, document.uri), document.version)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def saved(params: types.DidSaveTextDocumentParams) -> None:
        session.saved(params.text_document.uri, _text(server, params.text_document.uri))

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: types.DidCloseTextDocumentParams) -> None:
        session.closed(params.text_document.uri)

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def moved(_: types.DidChangeWatchedFilesParams) -> None:
        session.check_all()

    @server.feature(
        types.TEXT_DOCUMENT_CODE_ACTION,
        types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix, FIX_ALL]),
    )
    async def actions(params: types.CodeActionParams) -> list[types.CodeAction]:
        return await session.actions(params.text_document.uri, params.range, params.context.only)

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    async def hover(params: types.HoverParams) -> types.Hover | None:
        return await session.hover(params.text_document.uri, params.position)

    @server.feature(types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(trigger_characters=["@", "^", ":", "#"]))
    async def complete(params: types.CompletionParams) -> types.CompletionList:
        return await session.complete(params.text_document.uri, params.position)

    @server.feature(types.SHUTDOWN)
    def shutdown(_: None) -> None:
        session.may_end = True

    @server.feature(types.EXIT)
    def end(_: None) -> None:
        session.ended = True


def _text(server: _Server, uri: str) -> str:
    return server.workspace.get_text_document(uri).source
