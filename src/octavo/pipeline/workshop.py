"""Builds one after another, with worker processes that stay warm between them."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from octavo import __version__
from octavo.adapters.clock import seconds
from octavo.errors import ConfigurationError, FindingsError, OctavoError
from octavo.model.edition import Artifact
from octavo.model.finding import Finding
from octavo.model.limits import Limits
from octavo.pipeline.commands import build
from octavo.pipeline.editions import Progress, press_style
from octavo.pipeline.project import Project
from octavo.render.pool import Pool, open_pool

# Pictures and fonts that a style names may stand beside it.
_STYLE_FOLDER = "templates"

_State = tuple[str, Limits, tuple[tuple[str, int, int], ...]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a build: the editions, or why there are none; ``seconds`` is the wall time.

    ``findings`` are its warnings, or all that is wrong; ``problem`` and ``hint`` tell of what is no fault of the text.
    Where there are no ``artifacts``, the editions of the build before stand.
    """

    artifacts: tuple[Artifact, ...] | None
    findings: tuple[Finding, ...]
    problem: str = ""
    hint: str = ""
    seconds: float = 0.0

    @property
    def is_good(self) -> bool:
        """Whether the editions were made."""
        return self.artifacts is not None


class Workshop:
    """Builds editions of one project whenever it is asked; used with ``with``, at the end of which no process is left.

    The worker processes of a build are those of the one before, unless the style with which they began has changed or
    one of them has died.
    """

    def __init__(self, root: Path, names: Sequence[str], jobs: int, connect: Sequence[str] = ()) -> None:
        self._root = root
        self._names = tuple(names)
        self._jobs = jobs
        self._connect = tuple(connect)
        self._kept = ExitStack()
        self._pool: Pool | None = None
        self._state: _State | None = None

    def __enter__(self) -> Workshop:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._kept.__exit__(kind, error, trace)

    def build(self, progress: Progress) -> Outcome:
        """Build as `octavo.pipeline.commands.build` does; what it raises for faults of text or machine is told."""
        start = seconds()
        thresholds = gc.get_threshold()
        # A build makes many objects and drops few before its end, so that looking for dropped ones is time lost.
        gc.set_threshold(100_000, 20, 20)
        try:
            built = build(self._root, self._names, self._jobs, progress, self._connect, press=self._press)
            return Outcome(built.artifacts, built.findings, seconds=seconds() - start)
        except (ConfigurationError, FindingsError) as error:
            return Outcome(None, error.findings, seconds=seconds() - start)
        except OctavoError as error:
            return Outcome(None, (), str(error), error.hint, seconds() - start)
        except OSError as error:
            problem = f"{error.filename or 'the system'}: {error.strerror or error}"
            return Outcome(None, (), problem, "check space and permissions", seconds() - start)
        except Exception as error:  # a fault of ours need not end what goes on for hours
            problem = f"a fault in octavo {__version__}: {type(error).__name__}: {error}"
            return Outcome(None, (), problem, "`OCTAVO_TRACEBACK=1 octavo build` tells more", seconds() - start)
        finally:
            gc.set_threshold(*thresholds)

    def tidy(self) -> None:
        """Let go what the last build dropped: something to do while nobody waits."""
        gc.collect()

    @contextmanager
    def _press(self, project: Project, jobs: int) -> Iterator[Pool]:
        style, limits = press_style(project), project.publication.limits
        state = (style, limits, _files(project.root / _STYLE_FOLDER))
        if self._pool is None or self._state != state or not self._pool.is_sound:
            self._kept.close()
            self._pool = self._kept.enter_context(open_pool(jobs, project.root, style, limits))
            self._state = state
        try:
            yield self._pool
        finally:
            self._pool.rest()


def _files(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """The files of a folder with time of change and size."""
    found = []
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            state = path.stat()
            found.append((path.as_posix(), state.st_mtime_ns, state.st_size))
    return tuple(found)
