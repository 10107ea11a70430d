"""The inventory of this machine, and of one with broken packages."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import pytest

from octavo.adapters import inventory, machine
from octavo.adapters.machine import Part


def test_this_machine_has_everything() -> None:
    parts = inventory.take_inventory()
    assert [f"{part.name}: {part.detail}" for part in parts if not part.found] == []
    names = [part.name for part in parts]
    assert len(set(names)) == len(names)
    versions = {part.name: part.version for part in parts}
    assert versions["WeasyPrint"].startswith("70.")
    assert versions["Pandoc"].startswith("3.")


def test_a_broken_package_is_missing_with_its_reason_and_the_others_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    load = importlib.import_module

    def broken(name: str, package: str | None = None) -> object:
        if name == "pikepdf":
            raise ImportError("libqpdf.so: wrong\n  ELF class")
        return load(name, package)

    monkeypatch.setattr(importlib, "import_module", broken)
    missing = [part for part in inventory.take_inventory() if not part.found]
    assert [(part.name, part.detail) for part in missing] == [("pikepdf", "libqpdf.so: wrong ELF class")]
    assert missing[0].remedy.startswith(f"{sys.executable} -m pip install ")
    assert "'pikepdf" in missing[0].remedy


def test_weasyprint_is_not_loaded_without_its_libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    pango = Part("Pango", found=False, detail="libpango-1.0.so.0 cannot be loaded")
    monkeypatch.setattr(machine, "find_libraries", lambda: (pango,))
    parts = {part.name: part for part in inventory.take_inventory()}
    assert not parts["WeasyPrint"].found
    assert "install" in parts["Pango"].remedy


def test_a_font_that_lost_a_file_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "is_file", lambda path: path.suffix != ".ttf")
    missing = [part for part in inventory.take_inventory() if not part.found]
    assert [part.name for part in missing if part.name.startswith("Font")] == [f"Font {f}" for f in inventory.FONTS]


def test_a_requirement_carries_its_range() -> None:
    assert inventory.requirement("weasyprint").replace(" ", "") in {"weasyprint<71,>=70.0", "weasyprint>=70.0,<71"}
    assert inventory.requirement("Fontpkg.PT_Serif").startswith("fontpkg-pt-serif>=")
    assert inventory.requirement("unheard-of") == "unheard-of"
