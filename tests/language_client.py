"""An editor, as far as tests need one: it starts the server and speaks JSON-RPC with it."""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

SOURCE = Path(__file__).resolve().parents[1] / "src"
PATIENCE = 30.0


class Editor:
    """One editor with one server; columns are counted as ``units`` says."""

    def __init__(self, folder: Path, units: str = "utf-16", options: tuple[str, ...] = ()) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "octavo", "lint", "--server", *options],
            cwd=folder,
            env={"PYTHONPATH": str(SOURCE), "PATH": "/usr/bin:/bin"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self._units = units
        self._count = 0
        self._answers: dict[int, Any] = {}
        self._told: queue.Queue[Any] = queue.Queue()
        self.diagnostics: dict[str, list[dict[str, Any]]] = {}
        self._versions: dict[str, int | None] = {}
        self.asked: list[dict[str, Any]] = []
        self.trouble = b""
        self._threads = [threading.Thread(target=self._listen), threading.Thread(target=self._keep_trouble)]
        for thread in self._threads:
            thread.start()

    def __enter__(self) -> Editor:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        for thread in self._threads:
            thread.join(PATIENCE)
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            if stream is not None:
                stream.close()

    def start(self, **capabilities: Any) -> dict[str, Any]:
        """Initialise; what the server can do."""
        wanted = {"general": {"positionEncodings": [self._units]}, **capabilities}
        answer = self.ask("initialize", {"processId": None, "rootUri": None, "capabilities": wanted})
        self.tell("initialized", {})
        return answer["capabilities"]

    def open(self, path: Path, text: str | None = None, version: int = 1) -> str:
        """Show a file; its address."""
        uri = uri_of(path)
        shown = path.read_text("utf-8") if text is None else text
        document = {"uri": uri, "languageId": "markdown", "version": version, "text": shown}
        self.tell("textDocument/didOpen", {"textDocument": document})
        return uri

    def change(self, uri: str, text: str, version: int) -> None:
        """The author has typed."""
        document = {"uri": uri, "version": version}
        self.tell("textDocument/didChange", {"textDocument": document, "contentChanges": [{"text": text}]})

    def at(self, method: str, uri: str, line: int, column: int) -> Any:
        """Ask about a place of a file."""
        place = {"textDocument": {"uri": uri}, "position": {"line": line, "character": column}}
        return self.ask(f"textDocument/{method}", place)

    def actions(self, uri: str, line: int, column: int, only: list[str] | None = None) -> list[dict[str, Any]]:
        """Ask what can be done at a place."""
        here = {"line": line, "character": column}
        context = {"diagnostics": [], **({"only": only} if only else {})}
        place = {"textDocument": {"uri": uri}, "range": {"start": here, "end": here}, "context": context}
        return self.ask("textDocument/codeAction", place)

    def end(self) -> int:
        """Shut down and say goodbye; the server's exit code."""
        self.ask("shutdown", None)
        self.tell("exit", None)
        return self.process.wait(PATIENCE)

    def codes(self, uri: str, version: int | None = None) -> list[str]:
        """The codes of the diagnostics of a file, as soon as some were published (for a version of it)."""

        def published() -> bool:
            return uri in self.diagnostics and (version is None or self._versions.get(uri) == version)

        self.wait(published)
        return [one["code"] for one in self.diagnostics[uri]]

    def wait(self, condition: Any) -> None:
        """Listen until a condition holds."""
        until = time.monotonic() + PATIENCE
        while not condition():
            try:
                self._take(self._told.get(timeout=max(until - time.monotonic(), 0)))
            except queue.Empty:
                raise AssertionError(f"the server did not say it in time; it says {self.trouble!r}") from None

    def ask(self, method: str, params: Any) -> Any:
        """Send a request; its result."""
        self._count += 1
        number = self._count
        self.send({"jsonrpc": "2.0", "id": number, "method": method, "params": params})
        self.wait(lambda: number in self._answers)
        answer = self._answers.pop(number)
        assert "error" not in answer, answer
        return answer["result"]

    def tell(self, method: str, params: Any) -> None:
        """Send a notification."""
        self.send({"jsonrpc": "2.0", "method": method, "params": params})

    def send(self, message: Mapping[str, Any]) -> None:
        """Send a message as it is."""
        data = json.dumps(message).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(data), data))
        self.process.stdin.flush()

    def _take(self, message: dict[str, Any]) -> None:
        if "method" not in message:
            self._answers[message["id"]] = message
        elif message["method"] == "textDocument/publishDiagnostics":
            params = message["params"]
            self.diagnostics[params["uri"]] = params["diagnostics"]
            self._versions[params["uri"]] = params.get("version")
        else:
            self.asked.append(message)
            if "id" in message:
                self.send({"jsonrpc": "2.0", "id": message["id"], "result": None})

    def _listen(self) -> None:
        stream = self.process.stdout
        assert stream is not None
        while header := stream.readline():
            if header.startswith(b"Content-Length:"):
                length = int(header.partition(b":")[2])
                while stream.readline().strip():
                    pass
                self._told.put(json.loads(stream.read(length)))

    def _keep_trouble(self) -> None:
        stream = self.process.stderr
        assert stream is not None
        while data := stream.readline():
            self.trouble += data


def uri_of(path: Path) -> str:
    """The address of a file as editors write it."""
    return f"file://{quote(str(path))}"


def changed(text: str, edits: list[dict[str, Any]], units: str = "utf-16") -> str:
    """A text with edits put in, which do not overlap."""
    lines = text.split("\n")
    starts = [sum(len(line) + 1 for line in lines[:number]) for number in range(len(lines))]

    def offset(position: dict[str, int]) -> int:
        line = lines[position["line"]]
        form = {"utf-8": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}[units]
        size = {"utf-8": 1, "utf-16": 2, "utf-32": 4}[units]
        before = line.encode(form)[: position["character"] * size].decode(form)
        return starts[position["line"]] + len(before)

    for edit in sorted(edits, key=lambda one: offset(one["range"]["start"]), reverse=True):
        start, end = offset(edit["range"]["start"]), offset(edit["range"]["end"])
        text = text[:start] + edit["newText"] + text[end:]
    return text
