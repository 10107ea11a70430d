"""A few worker processes with one request each at a time."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing import forkserver
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path

from octavo.render.protocol import Answer, Failed, Request, Rest, work


class Worker:
    """One process, its pipe, and the unit that it is busy with."""

    def __init__(self, process: BaseProcess, connection: Connection) -> None:
        self.process = process
        self.connection = connection
        self.busy: str | None = None


class Pool:
    """All workers of one run; they are started when they are needed first.

    They lay out what stands under ``root``, with one ``style``.
    """

    def __init__(self, jobs: int, root: Path, style: str) -> None:
        self.root = root
        self.style = style
        self.workers: tuple[Worker, ...] = ()
        self._jobs = jobs

    def start(self) -> None:
        """Start all workers, if they are not."""
        if self.workers:
            return
        warm_up()
        context = multiprocessing.get_context("forkserver")
        for _ in range(max(1, self._jobs)):
            ours, theirs = context.Pipe()
            process = context.Process(target=work, args=(theirs, self.root, self.style), daemon=True)
            process.start()
            theirs.close()
            self.workers = (*self.workers, Worker(process, ours))

    def idle(self) -> tuple[Worker, ...]:
        """The workers that wait and live."""
        self.start()
        return tuple(worker for worker in self.workers if worker.busy is None and worker.process.is_alive())

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
        worker.connection.send(request)

    def receive(self) -> Iterator[tuple[Worker, Answer]]:
        """Wait for at least one answer; a worker that died answers with Failed."""
        busy = {worker.connection: worker for worker in self.workers if worker.busy is not None}
        for ready in wait(list(busy)):
            assert isinstance(ready, Connection)
            worker = busy[ready]
            unit = worker.busy or ""
            worker.busy = None
            try:
                answer: Answer = ready.recv()
            except (EOFError, OSError):
                worker.process.join(5)
                answer = Failed(unit, f"its process ended with exit code {worker.process.exitcode}")
            yield worker, answer


def warm_up() -> None:
    """Start the fork server, which imports the renderer once while the main process does other things."""
    multiprocessing.set_forkserver_preload(["octavo.render.worker"])
    forkserver.ensure_running()


@contextmanager
def open_pool(jobs: int, root: Path, style: str) -> Iterator[Pool]:
    """A pool whose workers end whatever happens."""
    pool = Pool(jobs, root, style)
    try:
        yield pool
        for worker in pool.workers:
            if worker.process.is_alive():
                worker.connection.send(None)
        for worker in pool.workers:
            worker.process.join(2)
    finally:
        for worker in pool.workers:
            if worker.process.is_alive():
                worker.process.kill()
            worker.connection.close()
