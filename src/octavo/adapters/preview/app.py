"""The addresses of a preview."""

from __future__ import annotations

import asyncio
import json
import mimetypes
from collections.abc import AsyncIterator, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path
from typing import TypeVar

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from octavo.adapters.preview.board import Board
from octavo.adapters.preview.forms import book_form, finding_forms
from octavo.adapters.preview.guard import BOOK_POLICY
from octavo.adapters.preview.pictures import NARROWEST, WIDEST, Pictures
from octavo.model.preview import PagedView, SourceLines
from octavo.model.source import Location

T = TypeVar("T")

ReadSource = Callable[[Location], SourceLines | None]
"""The lines around a place of a file of the project; None where it has no such file that may be shown."""

_FOLDER = Path(__file__).resolve().parent / "page"
_FOREVER = {"Cache-Control": "private, max-age=31536000, immutable"}
_TYPES = {".xhtml": "application/xhtml+xml", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}


def make_app(board: Board, read_source: ReadSource) -> Starlette:
    """The application, before it is guarded."""
    return Starlette(routes=_Desk(board, read_source).routes())


class _Desk:
    """Answers what the page asks."""

    def __init__(self, board: Board, read_source: ReadSource) -> None:
        self._board = board
        self._read_source = read_source
        self._assets: Mapping[str, bytes] = {path.name: path.read_bytes() for path in _FOLDER.iterdir()}
        self._pictures = Pictures()
        self._drawn: tuple[PagedView, ...] = ()
        self._painter = ThreadPoolExecutor(1, "painter")

    def routes(self) -> list[Route]:
        """All addresses; everything is only ever read."""
        return [
            Route("/", self.page),
            Route("/page/{name}", self.asset),
            Route("/events", self.events),
            Route("/book.json", self.book),
            Route("/findings.json", self.findings),
            Route("/source.json", self.source),
            Route("/pages/{edition}/{digest}.png", self.picture),
            Route("/read/{edition}/{digest}/{path:path}", self.document),
        ]

    async def page(self, _: Request) -> Response:
        return Response(self._assets["index.html"], media_type="text/html")

    async def asset(self, request: Request) -> Response:
        name = request.path_params["name"]
        data = self._assets.get(name)
        return _missing() if data is None else Response(data, media_type=_type(name))

    async def events(self, _: Request) -> Response:
        """Server-sent events (HTML, 9.2): a status for each change."""

        async def stream() -> AsyncIterator[str]:
            async for status in self._board.statuses():
                yield f"event: status\ndata: {json.dumps(status)}\n\n"
            yield "event: end\ndata:\n\n"

        return StreamingResponse(stream(), media_type="text/event-stream")

    async def book(self, _: Request) -> Response:
        shown = self._board.shown
        return _missing() if shown is None else JSONResponse(book_form(shown))

    async def findings(self, _: Request) -> Response:
        return JSONResponse(finding_forms(self._board.findings))

    async def source(self, request: Request) -> Response:
        asked = request.query_params
        try:
            numbers = [int(asked.get(name, "1")) for name in ("line", "column", "end_line", "end_column")]
        except ValueError:
            return _wrong()
        lines = await asyncio.to_thread(self._read_source, Location(asked.get("file", ""), *numbers))
        return _missing() if lines is None else JSONResponse(asdict(lines))

    async def picture(self, request: Request) -> Response:
        shown = self._board.shown
        width = request.query_params.get("width", "")
        if not width.isdecimal() or not NARROWEST <= int(width) <= WIDEST:
            return _wrong()
        edition, digest = request.path_params["edition"], request.path_params["digest"]
        views = shown.paged if shown else ()
        picture = await self._paint(lambda: self._draw(views, edition, digest, int(width)))
        return _missing() if picture is None else Response(picture, media_type="image/png", headers=_FOREVER)

    def _draw(self, views: tuple[PagedView, ...], edition: str, digest: str, width: int) -> bytes | None:
        if views is not self._drawn:
            self._pictures.show(views)
            self._drawn = views
        return self._pictures.draw(edition, digest, width)

    async def _paint(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._painter, work)

    async def document(self, request: Request) -> Response:
        shown = self._board.shown
        edition, path = request.path_params["edition"], request.path_params["path"]
        view = next((view for view in (shown.reading if shown else ()) if view.edition == edition), None)
        data = view.files.get(path) if view else None
        headers = {"Content-Security-Policy": BOOK_POLICY}
        return _missing() if data is None else Response(data, media_type=_type(path), headers=headers)


def _type(name: str) -> str:
    return _TYPES.get(Path(name).suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"


def _missing() -> Response:
    return PlainTextResponse("404: there is no such thing here\n", 404)


def _wrong() -> Response:
    return PlainTextResponse("400: a number is missing or wrong\n", 400)
