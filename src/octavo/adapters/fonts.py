"""The packaged fonts, as files and as ``@font-face`` rules."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from octavo.errors import MachineError

# Family as CSS names it, its package, and the weights that are used.
FAMILIES = (
    ("PT Serif", "fontpkg-pt-serif", (400, 700)),
    ("PT Sans", "fontpkg-pt-sans", (400, 700)),
    ("IBM Plex Mono", "fontpkg-ibm-plex-mono", (400, 700)),
    ("Cardo", "fontpkg-cardo", (400, 700)),
)
# Signs that none of them has (ballot boxes, arrows, checks), from the face that comes with the drawing of formulas.
SYMBOLS = "Octavo Symbols"


@dataclass(frozen=True, slots=True)
class Face:
    """One font file: ``family`` as CSS names it, ``style`` is ``normal`` or ``italic``."""

    family: str
    weight: int
    style: str
    path: Path


def faces() -> tuple[Face, ...]:
    """All faces of the packaged families.  Raises MachineError where a package is missing."""
    import fontpkg

    found = []
    for family, package, weights in FAMILIES:
        for weight in weights:
            for style in ("normal", "italic"):
                try:
                    path = Path(fontpkg.path(family, weight=weight, style=style))
                except fontpkg.StyleNotAvailable:
                    continue
                except fontpkg.WeightNotAvailable:
                    continue
                except fontpkg.FontpkgError as error:
                    raise MachineError(f"the font {family} is missing", f"pip install {package}") from error
                found.append(Face(family, weight, style, path))
    return (*found, Face(SYMBOLS, 400, "normal", _symbols()))


def _symbols() -> Path:
    spec = find_spec("ziafont")
    path = Path(spec.origin or "").parent / "fonts" / "DejaVuSans.ttf" if spec is not None else None
    if path is None or not path.is_file():
        raise MachineError("the font of symbols is missing", "pip install ziafont")
    return path


def font_face_rules(all_faces: tuple[Face, ...]) -> str:
    """CSS rules that make the faces known under their families."""
    return "".join(
        f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight}; font-style: {face.style};'
        f' src: url("{face.path.as_uri()}"); }}\n'
        for face in all_faces
    )
