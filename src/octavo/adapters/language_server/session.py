"""One editor's open texts, and what was published about them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import Executor
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from octavo.adapters.language_server.forms import (
    FIX_ALL,
    action_of,
    diagnostics_of,
    fix_all_action,
    hover_of,
    list_of,
    offset_at,
    path_of,
    wants,
)
from octavo.model.editing import Hover
from octavo.model.positions import Units
from octavo.model.source import SourceFile, Span

if TYPE_CHECKING:
    from octavo.adapters.language_server.server import Desk

T = TypeVar("T")

# Seconds after the last stroke of a key before the text is looked at.
_PAUSE = 0.25
# Seconds that a hover waits for what is being made in the background, in steps.
_PATIENCE, _STEP = 0.4, 0.05
_WATCHED = ("**/publication.yaml", "**/chapters/*.md", "**/bibliography/*.{yaml,yml,json,bib}")

_log = logging.getLogger(__name__)


class Session:
    """What an editor shows and was told.

    ``may_end`` is true once it asked to shut down, ``ended`` once it said that the server should end.
    """

    def __init__(self, server: LanguageServer, desk: Desk, worker: Executor) -> None:
        self.may_end = False
        self.ended = False
        self._server = server
        self._desk = desk
        self._worker = worker
        # Open files with the editor's own addresses of them, and how often each was changed.
        self._uris: dict[Path, str] = {}
        self._versions: dict[Path, int] = {}
        self._timers: dict[Path, asyncio.TimerHandle] = {}
        self._published: dict[Path, list[types.Diagnostic]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def opened(self, uri: str, text: str, version: int) -> None:
        """A text was opened."""
        path = path_of(uri)
        if path is not None:
            self._uris[path] = uri
            self._published.pop(path, None)
            self._put(path, text, version, settled=True)
            self._soon(path, 0)

    def changed(self, uri: str, text: str, version: int) -> None:
        """A text was changed; it is looked at when the author pauses."""
        path = path_of(uri)
        if path is not None:
            self._put(path, text, version, settled=False)
            self._soon(path, _PAUSE)

    def saved(self, uri: str, text: str) -> None:
        """A text was saved."""
        path = path_of(uri)
        if path is not None:
            self._put(path, text, self._versions.get(path, 0), settled=True)
            self._soon(path, 0)

    def closed(self, uri: str) -> None:
        """A text was closed; what is on the disk counts again."""
        path = path_of(uri)
        if path is not None:
            self._uris.pop(path, None)
            self._versions.pop(path, None)
            self._worker.submit(self._desk.drop, path)
            self._soon(path, 0)

    def check_all(self) -> None:
        """Something has changed on the disk."""
        for path in self._uris:
            self._soon(path, _PAUSE)

    def watch_files(self) -> None:
        """Ask the editor to tell what changes on the disk, where it can."""
        workspace = self._server.client_capabilities.workspace
        watching = workspace.did_change_watched_files if workspace else None
        if watching is None or not watching.dynamic_registration:
            return
        options = types.DidChangeWatchedFilesRegistrationOptions([types.FileSystemWatcher(one) for one in _WATCHED])
        method = types.WORKSPACE_DID_CHANGE_WATCHED_FILES
        self._server.client_register_capability(
            types.RegistrationParams([types.Registration("octavo-files", method, options)])
        )

    async def actions(self, uri: str, where: types.Range, only: Sequence[str] | None) -> list[types.CodeAction]:
        """What can be done about the findings of a range."""

        def make(path: Path, source: SourceFile) -> list[types.CodeAction]:
            units = self._units()
            start, end = offset_at(source, where.start, units), offset_at(source, where.end, units)
            found = []
            if wants(only, types.CodeActionKind.QuickFix.value):
                fixes = self._desk.quick_fixes(path, Span(start, max(start, end)))
                found += [action_of(fix, source, self._uri, units) for fix in fixes]
            change = self._desk.fix_all(path) if wants(only, FIX_ALL) else None
            return [*found, fix_all_action(change, self._uri, units)] if change else found

        return await self._ask(uri, make) or []

    async def hover(self, uri: str, position: types.Position) -> types.Hover | None:
        """What is said of a position; what is made in the background is waited for a moment."""

        def find(path: Path, source: SourceFile) -> tuple[Hover, SourceFile] | None:
            found = self._desk.hover(path, offset_at(source, position, self._units()))
            return None if found is None else (found, source)

        told = await self._ask(uri, find)
        waited = 0.0
        while told is not None and not told[0].complete and waited < _PATIENCE:
            await asyncio.sleep(_STEP)
            waited += _STEP
            told = await self._ask(uri, find)
        return hover_of(*told, self._units(), markdown=self._reads_markdown()) if told else None

    async def complete(self, uri: str, position: types.Position) -> types.CompletionList:
        """The names that can stand at a position."""

        def find(path: Path, source: SourceFile) -> types.CompletionList:
            units = self._units()
            return list_of(self._desk.complete(path, offset_at(source, position, units)), source, units)

        return await self._ask(uri, find) or types.CompletionList(is_incomplete=False, items=[])

    def _units(self) -> Units:
        """What columns count, as the editor and the server agreed (LSP 3.17, "positionEncoding")."""
        return Units(self._server.workspace.position_encoding or Units.UTF16.value)

    def _reads_markdown(self) -> bool:
        document = self._server.client_capabilities.text_document
        forms = document.hover.content_format if document and document.hover else None
        return types.MarkupKind.Markdown in (forms or ())

    def _uri(self, path: Path) -> str:
        return self._uris.get(path) or path.as_uri()

    def _put(self, path: Path, text: str, version: int, *, settled: bool) -> None:
        self._versions[path] = version
        self._worker.submit(self._desk.put, path, text, settled=settled)

    async def _ask(self, uri: str, question: Callable[[Path, SourceFile], T]) -> T | None:
        """The answer to a question about a file of a project, from the desk's own thread; None where it fails."""
        path = path_of(uri)
        if path is None:
            return None

        def answer() -> T | None:
            source = self._desk.source(path)
            return None if source is None else question(path, source)

        try:
            return await asyncio.get_running_loop().run_in_executor(self._worker, answer)
        except Exception:
            _log.exception("no answer about %s", path)
            return None

    def _soon(self, path: Path, delay: float) -> None:
        """Look at the project of a file after a while, and only once for all that happens meanwhile."""
        waiting = self._timers.pop(path, None)
        if waiting is not None:
            waiting.cancel()
        loop = asyncio.get_running_loop()
        self._timers[path] = loop.call_later(delay, lambda: self._start(self._check(path)))

    def _start(self, work: Coroutine[None, None, None]) -> None:
        # The loop itself does not keep a task from being collected.
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _check(self, path: Path) -> None:
        self._timers.pop(path, None)
        versions = dict(self._versions)
        units = self._units()

        def make() -> list[tuple[Path, list[types.Diagnostic]]]:
            return [(one.path, diagnostics_of(one, units)) for one in self._desk.check(path)]

        try:
            found = await asyncio.get_running_loop().run_in_executor(self._worker, make)
        except Exception:
            _log.exception("no findings for the project of %s", path)
            return
        for file, diagnostics in found:
            # What was changed meanwhile is looked at again in a moment.
            if self._versions.get(file) == versions.get(file):
                self._publish(file, diagnostics)

    def _publish(self, file: Path, diagnostics: list[types.Diagnostic]) -> None:
        """Tell the findings of a file; what an editor was told of a file that it does not show is not said again."""
        if file not in self._uris and self._published.get(file, []) == diagnostics:
            return
        self._published[file] = diagnostics
        params = types.PublishDiagnosticsParams(self._uri(file), diagnostics, self._versions.get(file))
        self._server.text_document_publish_diagnostics(params)
