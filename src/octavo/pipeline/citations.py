"""Sources into their full citations, by Pandoc, each once and in the background."""

from __future__ import annotations

import json
from collections.abc import Callable
from threading import Lock

from octavo.cite.alone import full_citation
from octavo.cite.style import Style
from octavo.errors import OctavoError
from octavo.model.reference import Source

Background = Callable[[Callable[[], None]], None]


class Citations:
    """Full citations as they become known.

    ``background`` runs what it is given some time later, in another thread; one that could not be made is not tried
    again.
    """

    def __init__(self, background: Background) -> None:
        self._background = background
        self._known: dict[tuple[str, str, str, str], str | None] = {}
        self._lock = Lock()

    def find(self, source: Source, style: Style, language: str) -> tuple[str, bool]:
        """The citation, empty where it is not known, and whether that will not change."""
        key = (source.key, json.dumps(dict(source.data), sort_keys=True), style.csl, language)
        with self._lock:
            if key in self._known:
                known = self._known[key]
                return known or "", known is not None
            self._known[key] = None
        self._background(lambda: self._make(key, source, style, language))
        return "", False

    def _make(self, key: tuple[str, str, str, str], source: Source, style: Style, language: str) -> None:
        made = ""
        try:
            made = full_citation(source, style, language)
        except OctavoError:
            # Without it the editor shows the source's plain form.
            made = ""
        finally:
            with self._lock:
                self._known[key] = made
