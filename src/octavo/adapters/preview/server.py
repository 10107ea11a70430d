"""A door on this machine alone, and the server behind it."""

from __future__ import annotations

import asyncio
import secrets
import socket
import threading
import webbrowser
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

import uvicorn

from octavo.adapters.preview.app import ReadSource, make_app
from octavo.adapters.preview.board import Board
from octavo.adapters.preview.guard import Guard
from octavo.errors import MachineError
from octavo.model.preview import Finished, News

_HERE = "127.0.0.1"
_TOKEN_BYTES = 24
_ENDED = Finished(None, problem="the process that builds has ended", hint="start `octavo serve` again")


@dataclass(frozen=True, slots=True)
class Door:
    """Where the server listens, and the address with the token that opens it."""

    socket: socket.socket
    token: str
    address: str


@contextmanager
def open_door(port: int) -> Iterator[Door]:
    """Listen on a port of this machine, or on any that is free for 0; nobody on the network can reach it.

    Raises MachineError where the port is taken.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((_HERE, port))
        except OSError as error:
            message = f"cannot listen on port {port}: {error.strerror or error}"
            raise MachineError(message, "name another with `--port`, or leave it out") from error
        listener.listen()
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        yield Door(listener, token, f"http://{_HERE}:{listener.getsockname()[1]}/{token}/")


def serve(door: Door, news: Iterable[News], read_source: ReadSource, *, show: bool = False) -> None:
    """Serve the preview until it is interrupted; ``news`` are waited for in a thread.

    ``show`` opens it in the browser.  Raises KeyboardInterrupt at the end.
    """
    asyncio.run(_serve(door, news, read_source, show=show))


async def _serve(door: Door, news: Iterable[News], read_source: ReadSource, *, show: bool) -> None:
    board = Board()
    app = Guard(make_app(board, read_source), door.token, door.socket.getsockname()[1])
    loop = asyncio.get_running_loop()
    # Nothing is logged of requests, since their addresses hold the token.
    config = uvicorn.Config(
        app, loop="asyncio", http="h11", ws="none", lifespan="off", log_level="critical", access_log=False,
        server_header=False, date_header=False, timeout_graceful_shutdown=2,
    )  # fmt: skip

    def pump() -> None:
        # The loop may have ended before the news do.
        with suppress(RuntimeError):
            for one in news:
                loop.call_soon_threadsafe(board.take, one)
            loop.call_soon_threadsafe(board.take, _ENDED)

    threading.Thread(target=pump, daemon=True).start()
    if show:
        threading.Thread(target=webbrowser.open, args=(door.address,), daemon=True).start()
    await _Server(config, board).serve(sockets=[door.socket])


class _Server(uvicorn.Server):
    """A server whose endless answers end with it."""

    def __init__(self, config: uvicorn.Config, board: Board) -> None:
        super().__init__(config)
        self._board = board

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._board.close()
        await super().shutdown(sockets)
