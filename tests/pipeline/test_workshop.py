"""Builds one after another with workers that stay."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from octavo.pipeline.workshop import Outcome, Workshop
from publications import CONFIGURATION, chapter
from publications import write_publication as write


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    return write(tmp_path)


@pytest.fixture
def workshop(root: Path) -> Iterator[Workshop]:
    with Workshop(root, ["print"], 1) as opened:
        yield opened


def build(workshop: Workshop) -> Outcome:
    return workshop.build(lambda step, done, total: None)


def workers(workshop: Workshop) -> list[int | None]:
    assert workshop._pool is not None
    return [worker.process.pid for worker in workshop._pool.workers]


def test_the_workers_of_a_build_are_those_of_the_one_before(workshop: Workshop, root: Path) -> None:
    assert build(workshop).is_good
    first = workers(workshop)
    whole = (root / "build/print/tiny.pdf").read_bytes()
    (root / "chapters/01-first.md").write_text(chapter("Other words.\n"), "utf-8")
    assert build(workshop).is_good
    assert workers(workshop) == first
    write(root)
    assert build(workshop).is_good
    assert (root / "build/print/tiny.pdf").read_bytes() == whole, "a warm build gives the bytes of a cold one"


def test_another_style_and_a_dead_worker_bring_new_ones(workshop: Workshop, root: Path) -> None:
    build(workshop)
    first = workers(workshop)
    style = root / "templates/print/print.css"
    style.parent.mkdir(parents=True)
    style.write_text("@page { size: 100mm 150mm } p { color: red }", "utf-8")
    build(workshop)
    second = workers(workshop)
    assert second != first
    assert second[0] is not None
    os.kill(second[0], signal.SIGKILL)
    workshop._pool.workers[0].process.join(10)  # type: ignore[union-attr]
    build(workshop)
    assert workers(workshop) != second


def test_what_goes_wrong_is_told_and_the_next_build_is_made(workshop: Workshop, root: Path) -> None:
    (root / "chapters/01-first.md").write_text(chapter("One[^lost].\n"), "utf-8")
    told = build(workshop)
    assert [finding.code for finding in told.findings] == ["NTE101"]
    assert not told.is_good
    (root / "publication.yaml").unlink()
    assert "there is no publication.yaml" in build(workshop).problem
    write(root, {"publication.yaml": CONFIGURATION.replace("print:", "paper:")})
    assert build(workshop).problem == "there is no edition 'print'"
    write(root)
    assert build(workshop).is_good


def test_a_fault_of_ours_does_not_end_it(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise LookupError("no such thing")

    monkeypatch.setattr("octavo.pipeline.workshop.build", fail)
    told = build(workshop)
    assert "LookupError: no such thing" in told.problem
