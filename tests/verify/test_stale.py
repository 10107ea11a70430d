"""A ``notes.json`` that is not of the edition, and an edition that is not of the sources, fail ``octavo verify``."""

from __future__ import annotations

import pytest

from built import Built

LATE = "ties/late"


def test_a_notes_file_that_is_missing(copied: Built) -> None:
    (copied.root / "build/print/notes.json").unlink()
    copied.tells("print", "EDN111")


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"notes": 3}', b'{"notes": [3]}', b"\xff\xfe"])
def test_a_notes_file_that_is_broken(copied: Built, data: bytes) -> None:
    (copied.root / "build/print/notes.json").write_bytes(data)
    copied.tells("print", "EDN111", words="missing or broken")


@pytest.mark.parametrize(
    ("key", "value"),
    [("label", "9"), ("number", 9), ("text", "Other words."), ("page", "7"), ("chapter", "goods"), ("keys", ["x"])],
)
def test_a_notes_file_that_says_otherwise(copied: Built, key: str, value: object) -> None:
    copied.edit_json("print", lambda document: document["notes"][2].update({key: value}))
    copied.tells("print", "EDN111", LATE, key)


def test_a_notes_file_without_a_note(copied: Built) -> None:
    copied.edit_json("print", lambda document: document["notes"].pop(2))
    copied.tells("print", "EDN111", LATE)


def test_a_notes_file_with_a_note_too_many(copied: Built) -> None:
    copied.edit_json("print", lambda document: document["notes"].append({"id": "ties/other"}))
    copied.tells("print", "EDN111", words="ties/other")


def test_a_notes_file_in_another_order(copied: Built) -> None:
    copied.edit_json("print", lambda document: document["notes"].reverse())
    copied.tells("print", "EDN111", words="order")


# Sources that have changed


def test_a_note_that_was_added_after_the_build(fresh: Built) -> None:
    path = fresh.root / "chapters/01-ties.md"
    path.write_text(path.read_text(encoding="utf-8").replace("This was seen", "New.^[A new note.] This was seen"))
    code, output = fresh.verify("print")
    assert code == 1
    assert "EDN102 note-differs: print: note 1 (ties/inline-1) is missing" in output
    assert "EDN111 stale-notes-file: print: notes.json knows nothing of note 1 (ties/inline-1)" in output
    assert "EDN101 number-differs: print: the call of note 2 (ties/early) prints '1'" in output


def test_a_word_of_a_note_that_was_changed_after_the_build(fresh: Built) -> None:
    path = fresh.root / "chapters/01-ties.md"
    path.write_text(path.read_text(encoding="utf-8").replace("a century later", "a decade later"))
    fresh.tells("print", "EDN102", LATE)
    fresh.tells("print", "EDN111", LATE, "text")
