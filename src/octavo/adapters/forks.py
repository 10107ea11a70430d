"""Work that is shared out among copies of this process."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable, Sequence
from typing import TypeVar

from octavo.errors import MachineError

T = TypeVar("T")
R = TypeVar("R")


def fork_map(function: Callable[[T], R], items: Sequence[T], jobs: int) -> list[R]:
    """``function`` of each item, in their order; ``jobs`` processes work at a time, of which this is one.

    A copy of the process has all that this one has loaded, so that nothing is read twice.  Results must be picklable.
    What ``function`` raises is raised here.  Raises MachineError where a copy ended without an answer.
    """
    jobs = min(jobs, len(items))
    if jobs < 2 or not hasattr(os, "fork"):
        return [function(item) for item in items]
    copies = [_start(function, items[index::jobs]) for index in range(1, jobs)]
    try:
        answers = [[function(item) for item in items[::jobs]]]
    finally:
        raw = [_collect(*copy) for copy in copies]
    for data in raw:
        if not data:
            raise MachineError("a process ended before its work was done", "there may be too little memory: try again")
        answer = pickle.loads(data)
        if isinstance(answer, BaseException):
            raise answer
        answers.append(answer)
    return [answers[index % jobs][index // jobs] for index in range(len(items))]


def _start(function: Callable[[T], R], items: Sequence[T]) -> tuple[int, int]:
    """A copy of this process that works on some items; its number, and where its answer can be read."""
    reading, writing = os.pipe()
    number = os.fork()
    if number:
        os.close(writing)
        return number, reading
    # In the copy nothing of the caller may run any more: no handlers, no output that is still in a buffer.
    try:
        os.close(reading)
        try:
            answer = pickle.dumps([function(item) for item in items], pickle.HIGHEST_PROTOCOL)
        except BaseException as error:
            answer = pickle.dumps(error)
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(answer)
    finally:
        os._exit(0)


def _collect(number: int, reading: int) -> bytes:
    with os.fdopen(reading, "rb") as pipe:
        data = pipe.read()
    os.waitpid(number, 0)
    return data
