"""The configuration of a project, which every command begins with."""

from __future__ import annotations

from pathlib import Path

from octavo.errors import ConfigurationError, UsageError
from octavo.model.finding import Finding
from octavo.model.publication import Publication
from octavo.read.files import read_source
from octavo.read.publication import FILE, read_publication


def require_project(root: Path) -> None:
    """Raise UsageError where a folder holds no publication."""
    hint = "run `octavo init DIR`, or name the folder with `-C DIR`"
    if not root.is_dir():
        raise UsageError(f"there is no folder {root}" if not root.exists() else f"{root} is not a folder", hint)
    if not (root / FILE).exists():
        where = "this folder" if root == Path() else str(root)
        raise UsageError(f"there is no {FILE} in {where}", hint)


def load_publication(root: Path) -> tuple[Publication, list[Finding]]:
    """The configuration of a project, with what is wrong in it.

    Raises UsageError where the folder holds no publication.
    """
    require_project(root)
    findings: list[Finding] = []
    source = read_source(root, FILE, findings)
    if source is None:
        raise ConfigurationError(findings)
    return read_publication(source, findings), findings
