"""WeasyPrint without two libraries that it loads and we never need.

They change variable fonts, and fonts where HarfBuzz cannot, and take a quarter of the time of loading WeasyPrint.  Each
is loaded when something of it is called.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from types import ModuleType

_DEFERRED = ("fontTools.subset", "fontTools.varLib.instancer")


class _Deferred(ModuleType):
    """Stands for a module, whose functions and classes load it when they are called."""

    def __getattr__(self, name: str) -> Callable[..., object]:
        if name.startswith("__"):
            raise AttributeError(name)

        def call(*arguments: object, **named: object) -> object:
            found: object = getattr(importlib.import_module(self.__name__), name)(*arguments, **named)
            return found

        return call


def load() -> None:
    """Load WeasyPrint, if it is not there, with what is deferred in the place of the modules."""
    if "weasyprint" in sys.modules:
        return
    stand_ins = {name: _Deferred(name) for name in _DEFERRED if name not in sys.modules}
    sys.modules.update(stand_ins)
    try:
        importlib.import_module("weasyprint")
    finally:
        for name in stand_ins:
            del sys.modules[name]


load()
