"""A few worker processes with one request each at a time; one that dies or hangs is replaced."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing import forkserver
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from tempfile import TemporaryDirectory

from octavo.adapters.bounds import expect_lost_folder
from octavo.adapters.clock import seconds
from octavo.model.limits import Limits
from octavo.render.protocol import Answer, Failed, Request, Rest, work


class Worker:
    """One process, its pipe, the unit that it is busy with, and since when (seconds)."""

    def __init__(self, process: BaseProcess, connection: Connection) -> None:
        self.process = process
        self.connection = connection
        self.busy: str | None = None
        self.since = 0.0


class Pool:
    """All workers of one run; they are started when they are needed first.

    They lay out what stands under ``root``, with one ``style``; a unit may keep one of them as long as ``limits`` say.
    """

    def __init__(self, jobs: int, root: Path, style: str, limits: Limits) -> None:
        self.root = root
        self.style = style
        self.workers: tuple[Worker, ...] = ()
        self._jobs = jobs
        self._limits = limits
        self._folder: TemporaryDirectory[str] | None = None

    def start(self) -> None:
        """Start all workers, if they are not."""
        if not self.workers:
            warm_up()
            self._folder = TemporaryDirectory(prefix="octavo-", ignore_cleanup_errors=True)
            self.workers = tuple(Worker(*self._started()) for _ in range(max(1, self._jobs)))

    def _started(self) -> tuple[BaseProcess, Connection]:
        context = multiprocessing.get_context("forkserver")
        ours, theirs = context.Pipe()
        folder = self._folder.name if self._folder is not None else ""
        process = context.Process(target=work, args=(theirs, self.root, self.style, self._limits, folder), daemon=True)
        process.start()
        theirs.close()
        return process, ours

    def idle(self) -> tuple[Worker, ...]:
        """The workers that wait and live; one that died while it waited is made anew."""
        self.start()
        for worker in self.workers:
            if worker.busy is None and not worker.process.is_alive():
                self._replace(worker)
        return tuple(worker for worker in self.workers if worker.busy is None)

    @property
    def is_sound(self) -> bool:
        """Whether all workers live and wait, so that another run can begin with them."""
        return all(worker.busy is None and worker.process.is_alive() for worker in self.workers)

    def rest(self) -> None:
        """Let the workers forget what is left of a run; they do so while nobody waits for them."""
        for worker in self.workers:
            with suppress(OSError):
                worker.connection.send(Rest())

    def send(self, worker: Worker, unit: str, request: Request) -> None:
        """Give a worker something to do."""
        worker.busy = unit
        worker.since = seconds()
        try:
            worker.connection.send(request)
        except (BrokenPipeError, ConnectionResetError):
            # It has ended just now, which is met where its answer is read.
            return

    def receive(self) -> Iterator[tuple[Worker, Answer]]:
        """Wait for at least one answer; a worker that died, or takes too long and is ended, answers with Failed."""
        busy = {worker.connection: worker for worker in self.workers if worker.busy is not None}
        while busy:
            first = min(worker.since for worker in busy.values()) + self._limits.seconds
            ready = wait(list(busy), timeout=max(first - seconds(), 0))
            late = [worker for worker in busy.values() if seconds() - worker.since >= self._limits.seconds]
            for connection in ready:
                assert isinstance(connection, Connection)
                worker = busy[connection]
                unit, worker.busy = worker.busy or "", None
                try:
                    answer: Answer = connection.recv()
                except (EOFError, OSError):
                    answer = Failed(unit, self._replace(worker))
                yield worker, answer
            for worker in late:
                if worker.connection not in ready:
                    unit, worker.busy = worker.busy or "", None
                    worker.process.kill()
                    self._replace(worker)
                    reason = (
                        f"it took longer than {self._limits.seconds} seconds (`limits: seconds` in publication.yaml)"
                    )
                    yield worker, Failed(unit, reason)
            if ready or late:
                return

    def _replace(self, worker: Worker) -> str:
        """Put a new process in the place of one that ended, and say how it did."""
        worker.process.join(5)
        code = worker.process.exitcode
        worker.connection.close()
        worker.process, worker.connection = self._started()
        if code is not None and code < 0:
            return f"its process was ended by signal {-code}: there may be too little memory"
        return f"its process ended with exit code {code}"

    def close(self) -> None:
        """End all processes, and wait until they have ended; what is busy is not waited for."""
        for worker in self.workers:
            worker.process.kill()
        for worker in self.workers:
            worker.process.join(5)
            worker.connection.close()
        if self._folder is not None:
            self._folder.cleanup()


def warm_up() -> None:
    """Start the fork server, which imports the renderer once while the main process does other things."""
    expect_lost_folder()
    multiprocessing.set_forkserver_preload(["octavo.render.preload"])
    forkserver.ensure_running()


@contextmanager
def open_pool(jobs: int, root: Path, style: str, limits: Limits) -> Iterator[Pool]:
    """A pool whose workers end whatever happens."""
    pool = Pool(jobs, root, style, limits)
    try:
        yield pool
    finally:
        pool.close()
