"""What is kept comes back as it was, or not at all, and a miss says why."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from octavo.cache import store as module
from octavo.cache.store import Store, Use

MANIFEST = {"text": "one\n" * 40, "style": "plain", "tools": "octavo 1"}


def kept_files(folder: Path) -> list[Path]:
    return [path for path in (folder / "kept").rglob("*") if path.is_file()]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    store = Store(tmp_path / "cache")
    store.keep("unit", "goods", MANIFEST, b"pages\n\x00")
    store.close()
    return tmp_path / "cache"


def test_what_was_kept_comes_back_in_another_run(folder: Path) -> None:
    store = Store(folder)
    assert store.recall("unit", "goods", dict(reversed(MANIFEST.items()))) == b"pages\n\x00"
    assert store.uses == [Use("unit", "goods", kept=True)]


def test_a_result_belongs_to_its_kind(folder: Path) -> None:
    assert Store(folder).recall("chart", "goods", MANIFEST) is None


@pytest.mark.parametrize("name", MANIFEST)
def test_another_entry_is_a_miss_that_names_it(folder: Path, name: str) -> None:
    store = Store(folder)
    assert store.recall("unit", "goods", {**MANIFEST, name: "other"}) is None
    assert store.uses == [Use("unit", "goods", kept=False, reason=f"changed: {name}")]


def test_what_was_never_made_is_new(folder: Path) -> None:
    store = Store(folder)
    assert store.recall("unit", "ties", MANIFEST | {"text": "ties"}) is None
    assert store.uses[0].reason == "it is new"


def test_what_was_dropped_is_told_as_that(folder: Path) -> None:
    for path in kept_files(folder):
        path.unlink()
    store = Store(folder)
    assert store.recall("unit", "goods", MANIFEST) is None
    assert store.uses[0].reason == "it was dropped to save space"


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[:-1],
        lambda data: data + b" ",
        lambda data: data.replace(b"pages", b"paces"),
        lambda data: b"",
        lambda data: data.partition(b"\n")[2],
    ],
    ids=["cut off", "longer", "changed", "empty", "without a head"],
)
def test_a_damaged_result_is_none_and_is_said(folder: Path, damage: Callable[[bytes], bytes]) -> None:
    (path,) = kept_files(folder)
    path.write_bytes(damage(path.read_bytes()))
    store = Store(folder)
    assert store.recall("unit", "goods", MANIFEST) is None
    assert [use.damaged for use in store.uses] == [True]


@pytest.mark.parametrize("text", ["", "[]", "{", '{"unit goods": 3}', "\x00", '{"unit goods": {"text": []}}'])
def test_a_damaged_list_of_manifests_costs_the_reasons_alone(folder: Path, text: str) -> None:
    (folder / "latest.json").write_text(text)
    store = Store(folder)
    assert store.recall("unit", "goods", MANIFEST) == b"pages\n\x00"
    assert store.recall("unit", "ties", MANIFEST | {"text": "ties"}) is None
    store.close()


def test_a_store_that_does_not_read_keeps(folder: Path) -> None:
    blind = Store(folder, reads=False)
    assert blind.recall("unit", "goods", MANIFEST) is None
    blind.keep("unit", "goods", MANIFEST, b"anew")
    assert Store(folder).recall("unit", "goods", MANIFEST) == b"anew"


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder would be")
    store = Store(tmp_path / "cache")
    store.keep("unit", "goods", MANIFEST, b"pages")
    store.close()
    assert store.recall("unit", "goods", MANIFEST) is None
    assert os.listdir(tmp_path) == ["cache"]


def test_what_was_used_last_stays_when_there_is_too_much(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (old,) = kept_files(folder)
    os.utime(old, (1, 1))
    store = Store(folder)
    store.keep("unit", "ties", MANIFEST | {"text": "ties"}, b"x" * 100)
    monkeypatch.setattr(module, "_LIMIT", 200)
    store.close()
    assert len(kept_files(folder)) == 1
    assert Store(folder).recall("unit", "ties", MANIFEST | {"text": "ties"}) == b"x" * 100
