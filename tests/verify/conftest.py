"""Fixtures for damaged editions: the publication is built once, its sources are read once."""

from __future__ import annotations

from pathlib import Path

import pytest

import built
from octavo.pipeline import commands
from octavo.pipeline.project import Project, load_project


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the built publication, which no test may change."""
    return built.build(tmp_path_factory.mktemp("whole"))


@pytest.fixture(scope="session")
def project(whole: Path) -> Project:
    """The sources of the built publication, read and numbered."""
    return load_project(whole, 1)


@pytest.fixture
def fresh(whole: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> built.Built:
    """A copy to change as one likes."""
    return built.Built(built.copy(whole, tmp_path), lambda: capsys.readouterr().out)


@pytest.fixture
def copied(fresh: built.Built, project: Project, monkeypatch: pytest.MonkeyPatch) -> built.Built:
    """A copy whose sources stay as they are, so that they are not numbered again for each test."""
    monkeypatch.setattr(commands, "load_project", lambda *_: project)
    return fresh
