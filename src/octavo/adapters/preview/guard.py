"""Who may ask: the browser of the person who started the preview, and no page of another site.

A request needs the token in its address, one of our names in ``Host``, which keeps out names of others that lead
to this machine (DNS rebinding), and no ``Origin`` but our own.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# No page but ours may load anything of ours, and ours load nothing of others; scripts stand in files.
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; frame-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
# What an author wrote runs nothing; widths of pictures are attributes of style.
BOOK_POLICY = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox allow-same-origin"
)
_HEADERS = {
    b"content-security-policy": PAGE_POLICY.encode(),
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"no-referrer",
    b"cross-origin-resource-policy": b"same-origin",
    b"cross-origin-opener-policy": b"same-origin",
    b"cache-control": b"no-store",
}


class Guard:
    """Lets through what may ask, with the token taken off its path; answers 403 to all else."""

    def __init__(self, app: ASGIApp, token: str, port: int) -> None:
        self._app = app
        self._token = token.encode()
        self._hosts = frozenset({f"127.0.0.1:{port}".encode(), f"localhost:{port}".encode()})
        self._origins = frozenset(b"http://" + host for host in self._hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            raise RuntimeError(f"nothing here answers to {scope['type']}")

        async def sealed(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = {name for name, _ in message["headers"]}
                message["headers"] += [pair for pair in _HEADERS.items() if pair[0] not in given]
            await send(message)

        path: str = scope["path"]
        token, slash, rest = path.removeprefix("/").partition("/")
        if not self._may_ask(scope["headers"]) or not secrets.compare_digest(token.encode(), self._token):
            await PlainTextResponse("403: open the address that `octavo serve` printed\n", 403)(scope, receive, sealed)
            return
        inner = {**scope, "path": slash + rest, "root_path": "", "raw_path": (slash + rest).encode()}
        await self._app(inner, receive, sealed)

    def _may_ask(self, headers: Iterable[tuple[bytes, bytes]]) -> bool:
        hosts = [value for name, value in headers if name == b"host"]
        origins = [value for name, value in headers if name == b"origin"]
        return len(hosts) == 1 and hosts[0] in self._hosts and all(origin in self._origins for origin in origins)
