"""All that WeasyPrint loads: our fonts, the pictures of the project once they are checked, and nothing else.

A renderer swallows what its fetcher refuses, most of all within drawings; so each refusal is kept, and fails the unit.
"""

from __future__ import annotations

import io
from base64 import b64decode
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote

from weasyprint.urls import URLFetcher, URLFetcherResponse, URLFetchingError

from octavo.adapters.fonts import faces
from octavo.adapters.pictures import PictureFault, check_embedded, inside, open_picture
from octavo.model.edition import INLINE_SVG
from octavo.model.limits import Limits

# What a unit may load lies under this address: pictures of the project by their relative paths.  Its scheme is one
# whose relative addresses Python joins; nothing is ever asked of the network.
BASE = "http://project.invalid/"
_SVG = "image/svg+xml"
_TYPES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".svg": _SVG}
# A house style is trusted, and may bring faces and sheets of its own.
_OWN = (".otf", ".ttf", ".woff", ".woff2", ".css")
_OWN_FOLDER = "templates"
_MAX_OWN = 50_000_000


class Fetcher(URLFetcher):  # type: ignore[misc]
    """Serves the packaged fonts and checked files under the project's folder, and denies all else."""

    def __init__(self, root: Path, limits: Limits) -> None:
        super().__init__(allowed_protocols=())
        self._root = root.resolve()
        self._limits = limits
        self._fonts = {face.path.as_uri(): face.path for face in faces()}
        self._pictures: dict[str, bytes] = {}
        self._denials: list[str] = []
        self._fetched: dict[str, str] = {}

    def take_denials(self) -> tuple[str, ...]:
        """What was denied since the last time."""
        denials, self._denials = tuple(dict.fromkeys(self._denials)), []
        return denials

    def take_fetched(self) -> tuple[tuple[str, str], ...]:
        """The files of the project that were read since the last time: path and digest."""
        fetched, self._fetched = tuple(sorted(self._fetched.items())), {}
        return fetched

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """The answer to one address, as the renderer asks for it."""
        if url.startswith(INLINE_SVG):
            return _answer(url, b64decode(url.removeprefix(INLINE_SVG)), _SVG)
        if url in self._fonts:
            return _answer(url, self._fonts[url].read_bytes())
        try:
            if url.startswith(("data:image/png;base64,", "data:image/jpeg;base64,", "data:image/jpg;base64,")):
                kind, data = check_embedded(url, self._limits)
                return _answer(url, data, kind)
            if url.startswith(BASE):
                return self._file(url, unquote(url.removeprefix(BASE)))
        except PictureFault as fault:
            raise self._denied(url, fault.reason) from fault
        raise self._denied(url)

    def _file(self, url: str, name: str) -> URLFetcherResponse:
        suffix = Path(name).suffix.lower()
        if suffix in _TYPES:
            if name not in self._pictures:
                self._pictures[name] = open_picture(self._root, name, self._limits)
            self._note(inside(self._root, name))
            return _answer(url, self._pictures[name], _TYPES[suffix])
        path = inside(self._root, name)
        own = path is not None and path.is_relative_to(self._root / _OWN_FOLDER) and path.is_file()
        if path is None or not own or suffix not in _OWN or path.stat().st_size > _MAX_OWN:
            raise self._denied(url)
        self._note(path)
        return _answer(url, path.read_bytes())

    def _note(self, path: Path | None) -> None:
        if path is not None:
            self._fetched[path.relative_to(self._root).as_posix()] = sha256(path.read_bytes()).hexdigest()

    def _denied(self, url: str, reason: str = "") -> URLFetchingError:
        told = f"access denied: {url[:200]}{reason and f' ({reason})'}"
        self._denials.append(told)
        return URLFetchingError(told)


def _answer(url: str, data: bytes, kind: str = "") -> URLFetcherResponse:
    return URLFetcherResponse(url, io.BytesIO(data), {"Content-Type": kind} if kind else None)
