"""The files that a build reads, so that one in which nothing changed is told again instead of made again."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from octavo.adapters.pandoc import pandoc_path
from octavo.pipeline.project import Project
from octavo.read.publication import FILE
from octavo.typeset.templates import BASE

# All that stands in them may be read, and so may new files there.
_FOLDERS = ("chapters", "bibliography", "data", "templates")
_SOURCE = re.compile(r'<img\b[^>]*?\bsrc="([^"]+)"')


def build_inputs(project: Project) -> list[str]:
    """All paths that a build of a project depends on, as they are opened from the current folder.

    Some may not be there, and are read as soon as they are.  A folder stands for the names in it.
    """
    root, publication = project.root, project.publication
    pictures = [edition.cover for edition in publication.editions if edition.cover]
    for chapter in project.manuscript.chapters:
        pictures += [path for path in _SOURCE.findall(chapter.body_html) if path not in project.manuscript.drawings]
    named = [str(root / name) for name in [FILE, *dict.fromkeys(pictures)]]
    for folder in _FOLDERS:
        named += _tree(root / folder)
    # Packages that were changed stand beside PyYAML.
    return [*named, *_tree(BASE), pandoc_path(), str(Path(yaml.__file__).parent.parent)]


def _tree(folder: Path) -> Iterator[str]:
    """A folder, the folders in it, and all files."""
    yield str(folder)
    for place, folders, files in os.walk(folder):
        for name in [*folders, *files]:
            yield os.path.join(place, name)
