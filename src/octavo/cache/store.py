"""A store of results in files, each under the digest of its manifest.

A result is a file ``octavo-kept-1 DIGEST``, a line feed, and the data that have this digest (SHA-256).  So one that was
damaged is noticed when it is used, and is made anew.  ``latest.json`` holds the last manifest of everything that was
made, which tells why something had to be made again: because those entries differ.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from octavo.model.keeping import Manifest

FOLDER = "build/cache"
_HEAD = b"octavo-kept-1 "
_LATEST = "latest.json"
# A text of more than this is told by its digest.
_LONG = 48
# What is kept in all: about twenty states of a book of some hundred pages.
_LIMIT = 512 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Use:
    """What became of one question: ``kept`` says whether the result was there, ``reason`` why it was not."""

    kind: str
    name: str
    kept: bool
    reason: str = ""
    damaged: bool = False


@dataclass(slots=True)
class Store:
    """The store of a project; ``uses`` are all questions in their order.  Unless it ``reads``, it has no answers.

    Where its folder cannot be read or written, nothing is kept and nothing is told: a build does not need it.
    """

    folder: Path
    reads: bool = True
    uses: list[Use] = field(default_factory=list)
    _latest: dict[str, dict[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        with suppress(OSError, ValueError):
            self._latest = _manifests(json.loads((self.folder / _LATEST).read_text(encoding="utf-8")))

    def recall(self, kind: str, name: str, manifest: Manifest) -> bytes | None:
        """See :class:`octavo.model.keeping.Keeper`."""
        short = _short(manifest)
        path = self._path(kind, short)
        if not self.reads:
            self.uses.append(Use(kind, name, kept=False, reason="nothing kept was asked for"))
            return None
        try:
            head, _, data = path.read_bytes().partition(b"\n")
        except OSError:
            self.uses.append(Use(kind, name, kept=False, reason=self._why(kind, name, short)))
            return None
        if head != _HEAD + sha256(data).hexdigest().encode():
            self.uses.append(Use(kind, name, kept=False, reason="what was kept is damaged", damaged=True))
            return None
        with suppress(OSError):
            os.utime(path)
        self._latest[f"{kind} {name}"] = short
        self.uses.append(Use(kind, name, kept=True))
        return data

    def keep(self, kind: str, name: str, manifest: Manifest, data: bytes) -> None:
        """See :class:`octavo.model.keeping.Keeper`."""
        short = _short(manifest)
        self._latest[f"{kind} {name}"] = short
        self._write(self._path(kind, short), _HEAD + sha256(data).hexdigest().encode() + b"\n" + data)

    def close(self) -> None:
        """Write the last manifests down, and drop what was not used for longest where too much is kept."""
        text = json.dumps(self._latest, ensure_ascii=False, indent=1, sort_keys=True)
        self._write(self.folder / _LATEST, text.encode())
        _prune(self.folder / "kept", _LIMIT)

    def _path(self, kind: str, short: Mapping[str, str]) -> Path:
        key = sha256(json.dumps([kind, sorted(short.items())]).encode()).hexdigest()
        return self.folder / "kept" / key[:2] / key[2:34]

    def _why(self, kind: str, name: str, short: Mapping[str, str]) -> str:
        before = self._latest.get(f"{kind} {name}")
        if before is None:
            return "it is new"
        changed = sorted(key for key in {*before, *short} if before.get(key) != short.get(key))
        return f"changed: {', '.join(changed)}" if changed else "it was dropped to save space"

    def _write(self, path: Path, data: bytes) -> None:
        staged = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            staged.write_bytes(data)
            staged.replace(path)
        except OSError:
            with suppress(OSError):
                staged.unlink()


def _short(manifest: Manifest) -> dict[str, str]:
    return {
        name: text if len(text) <= _LONG else "sha256:" + sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        for name, text in manifest.items()
    }


def _manifests(value: object) -> dict[str, dict[str, str]]:
    """What was read from a file that anybody may have written."""
    if not isinstance(value, dict):
        return {}
    return {
        str(name): {str(key): str(text) for key, text in entry.items()}
        for name, entry in value.items()
        if isinstance(entry, dict)
    }


def _prune(folder: Path, limit: int) -> None:
    files = sorted(_files(folder), reverse=True)
    total = 0
    for _, size, path in files:
        total += size
        if total > limit:
            with suppress(OSError):
                os.unlink(path)


def _files(folder: Path) -> Iterator[tuple[int, int, str]]:
    """Time of the last use (nanoseconds), size and path of each file."""
    with suppress(OSError):
        for part in os.scandir(folder):
            for entry in os.scandir(part.path):
                seen = entry.stat()
                yield seen.st_mtime_ns, seen.st_size, entry.path
