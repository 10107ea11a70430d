"""A command that goes on until it is ended, and what it prints meanwhile."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[1] / "src"
PATIENCE = 120.0


class Running:
    """A command of Octavo in a session of its own, so that nothing of it can hide."""

    def __init__(self, root: Path, *words: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "octavo", "-C", str(root), *words],
            env={**os.environ, "PYTHONPATH": str(SOURCE), "PYTHONUNBUFFERED": "1", "SOURCE_DATE_EPOCH": "1700000000"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.printed: list[str] = []
        self._lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._read)
        self._thread.start()

    def __enter__(self) -> Running:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self._thread.join(PATIENCE)
        assert self.process.stdout is not None
        self.process.stdout.close()

    def wait(self, words: str) -> list[str]:
        """What is printed up to a line with these words."""
        lines = []
        end = time.monotonic() + PATIENCE
        while True:
            try:
                line = self._lines.get(timeout=max(end - time.monotonic(), 0.01))
            except queue.Empty:
                raise AssertionError(f"'{words}' is not printed: {self.printed}") from None
            assert line is not None, f"it has ended without '{words}': {self.printed}"
            lines.append(line)
            if words in line:
                return lines

    def is_silent(self, seconds: float) -> bool:
        """Whether nothing is printed for so long."""
        time.sleep(seconds)
        return self._lines.empty()

    def end(self, number: int = signal.SIGINT) -> int:
        """Send a signal to the command alone; its exit code."""
        self.process.send_signal(number)
        return self.process.wait(PATIENCE)

    def processes(self) -> dict[int, str]:
        """All living processes of the session with their command lines."""
        found = {}
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                state = (folder / "stat").read_text().rpartition(")")[2].split()
                words = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            except OSError:
                continue
            if int(state[3]) == self.process.pid and state[0] != "Z":
                found[int(folder.name)] = words
        return found

    def are_gone(self, seconds: float = 10) -> bool:
        """Whether no process of the session is left soon."""
        end = time.monotonic() + seconds
        while self.processes() and time.monotonic() < end:
            time.sleep(0.05)
        return not self.processes()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.printed.append(line.rstrip("\n"))
            self._lines.put(line.rstrip("\n"))
        self._lines.put(None)
