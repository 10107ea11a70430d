"""A preview that serves, and what a browser or anyone else may ask of it."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from running import PATIENCE, Running


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answers: status, headers by small names, body."""

    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> object:
        return json.loads(self.body)


@dataclass(frozen=True, slots=True)
class Preview:
    """A serving command, and its address."""

    root: Path
    running: Running
    address: str

    @property
    def port(self) -> int:
        port = urlsplit(self.address).port
        assert port is not None
        return port

    @property
    def start(self) -> str:
        """The path that all addresses begin with."""
        return urlsplit(self.address).path

    def ask(self, path: str, *, whole: bool = False, method: str = "GET", **headers: str) -> Answer:
        """Ask for a path below the token's, or for a ``whole`` one."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request(method, path if whole else self.start + path, headers=headers)
            answer = connection.getresponse()
            found = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, found, answer.read())
        finally:
            connection.close()

    def statuses(self) -> Iterator[dict]:
        """What is told of builds, from now on."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request("GET", self.start + "events")
            for line in connection.getresponse():
                if line.startswith(b"data: {"):
                    yield json.loads(line.removeprefix(b"data: "))
        finally:
            connection.close()

    def built(self, book: int = 1) -> dict:
        """Wait for the end of a build after which so many books were shown."""
        statuses = self.statuses()
        try:
            return next(one for one in statuses if one["state"] != "building" and one["book"] >= book)
        finally:
            statuses.close()


@contextmanager
def previewing(root: Path, *words: str) -> Iterator[Preview]:
    """Serve a project while the body runs."""
    with Running(root, "serve", *words) as running:
        address = running.wait("http://")[-1].split()[-1]
        yield Preview(root, running, address)
