"""What rules may ask beside the files of a project: the citation style, and the network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from octavo.lint.library import Library
from octavo.model.publication import Publication


def with_services(library: Library, root: Path, publication: Publication) -> Library:
    """The library with what it is asked for when a rule needs it; nothing is loaded before."""

    @cache
    def style() -> str:
        from octavo.cite.style import find_style

        found = find_style(root, publication.bibliography, [])
        return found.csl if found is not None else ""

    return replace(library, style=style, answers=_answers)


def _answers(addresses: Sequence[str], timeout: int, parallel: int) -> Mapping[str, str]:
    from octavo.adapters.links import check_links

    return check_links(addresses, timeout, parallel)
