"""The foreign function interface of WeasyPrint's fonts, with arrays typed by their element alone.

It names a type of its own for each length of an array, which the interface parses anew each time: a sixth of the time
that a short unit takes to be written.
"""

from __future__ import annotations

import re

from weasyprint.pdf import fonts

from octavo.adapters.weasyprint.quick.replace import Replacement

_LENGTH = re.compile(r"\[\d+\]$")


class _Arrays:
    def __init__(self, ffi: object) -> None:
        self._ffi = ffi

    def __getattr__(self, name: str) -> object:
        return getattr(self._ffi, name)

    def new(self, kind: str, *content: object) -> object:
        """Allocate, as the interface does."""
        return self._ffi.new(_LENGTH.sub("[]", kind) if content else kind, *content)  # type: ignore[attr-defined]


# In that module alone: all others keep the interface itself.
REPLACEMENTS: tuple[Replacement, ...] = (Replacement(fonts, "ffi", fonts.ffi, _Arrays(fonts.ffi), everywhere=False),)
