"""``octavo lint --server`` as an editor sees it: a process, and messages over its standard input and output."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from language_client import PATIENCE, SOURCE, Editor, changed, uri_of
from lint_samples import CHAPTER, CONFIGURATION, FRONT, LIBRARY, SOURCES, write

# All rules would find more in the texts of these tests.
RULES = ("--select", "NTE101,CIT001")
# Letters of one, two and four bytes stand before what is looked for.
WORDS = "Ein Wort \U0001d400ä[^lost] und [@alpha-2020].\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A publication in a folder whose name has a blank, a percent sign and letters of several scripts."""
    files = {"publication.yaml": CONFIGURATION, SOURCES: LIBRARY, CHAPTER: FRONT + "Words.\n"}
    return write(tmp_path / "Моя книга 50% #1" / "été", files)


@pytest.fixture
def editor(root: Path) -> Iterator[Editor]:
    with Editor(root.parent, options=RULES) as started:
        started.start(textDocument={"hover": {"contentFormat": ["markdown", "plaintext"]}})
        yield started


def test_diagnostics_come_while_the_author_types(editor: Editor, root: Path) -> None:
    uri = editor.open(root / CHAPTER)
    assert editor.codes(uri, 1) == []
    editor.change(uri, f"{FRONT}{WORDS}", 2)
    assert editor.codes(uri, 2) == ["NTE101"]
    (diagnostic,) = editor.diagnostics[uri]
    assert diagnostic["range"] == {"start": {"line": 4, "character": 12}, "end": {"line": 4, "character": 19}}
    assert (diagnostic["severity"], diagnostic["source"]) == (1, "octavo")
    assert diagnostic["message"].startswith("the note 'lost' is not defined\nhint: ")
    editor.change(uri, f"{FRONT}{WORDS}\n[^lost]: Found.\n", 3)
    assert editor.codes(uri, 3) == []
    assert editor.end() == 0
    assert editor.trouble == b""


def test_many_strokes_of_keys_are_looked_at_once(editor: Editor, root: Path) -> None:
    uri = editor.open(root / CHAPTER)
    editor.codes(uri, 1)
    published: list[int | None] = []
    real = editor._take

    def watched(message: dict[str, object]) -> None:
        real(message)  # type: ignore[arg-type]
        if message.get("method") == "textDocument/publishDiagnostics":
            published.append(editor._versions[uri])

    editor._take = watched  # type: ignore[assignment, method-assign]
    for version in range(2, 22):
        editor.change(uri, f"{FRONT}{'w' * version}[^lost].\n", version)
        time.sleep(0.03)
    assert editor.codes(uri, 21) == ["NTE101"]
    assert len(published) < 10


@pytest.mark.parametrize(("units", "column"), [("utf-8", 15), ("utf-16", 12), ("utf-32", 11)])
def test_columns_count_what_was_agreed(root: Path, units: str, column: int) -> None:
    with Editor(root, units, RULES) as editor:
        assert editor.start()["positionEncoding"] == units
        uri = editor.open(root / CHAPTER, FRONT + WORDS)
        editor.codes(uri)
        assert editor.diagnostics[uri][0]["range"]["start"]["character"] == column
        assert editor.at("hover", uri, 4, column)["contents"]["value"].startswith("[^lost]")


def test_a_quick_fix_mends_its_finding_and_another_action_mends_all(root: Path) -> None:
    text = f"{FRONT}\U0001d400 bad word , here.\n\nAnd here , too.\n"
    with Editor(root, options=("--select", "TXT106")) as editor:
        editor.start()
        uri = editor.open(root / CHAPTER, text)
        assert editor.codes(uri) == ["TXT106", "TXT106"]
        start = editor.diagnostics[uri][0]["range"]["start"]
        assert editor.actions(uri, 0, 0, ["quickfix"]) == []
        (action,) = editor.actions(uri, start["line"], start["character"], ["quickfix"])
        assert (action["kind"], action["isPreferred"]) == ("quickfix", True)
        mended = changed(text, action["edit"]["changes"][uri])
        assert mended == text.replace("word ,", "word,")
        editor.change(uri, mended, 2)
        assert editor.codes(uri, 2) == ["TXT106"]
        (action,) = editor.actions(uri, 0, 0, ["source.fixAll"])
        assert action["kind"] == "source.fixAll.octavo"
        mended = changed(mended, action["edit"]["changes"][uri])
        editor.change(uri, mended, 3)
        assert editor.codes(uri, 3) == []
        assert editor.actions(uri, 0, 0) == []
        assert "word, here" in mended
        assert "here, too" in mended


def test_a_hover_has_the_number_and_then_the_citation_of_the_style(editor: Editor, root: Path) -> None:
    uri = editor.open(root / CHAPTER, f"{FRONT}A\U0001d400[^a] and [@alpha-2020].\n\n[^a]: A remark.\n")
    hover = editor.at("hover", uri, 4, 4)
    assert hover["contents"] == {"kind": "markdown", "value": "**Note 1**\n\nA remark."}
    assert hover["range"]["start"] == {"line": 4, "character": 3}

    def styled() -> bool:
        value = editor.at("hover", uri, 4, 16)["contents"]["value"]
        assert value.startswith("**Note 2**\n\n---\n\n**alpha-2020**\n\nAnn Able")
        return bool(value.endswith("Ann Able, A History of Exports (North Press, 2020)."))

    while not styled():
        pass
    assert editor.at("hover", uri, 0, 0) is None


def test_keys_are_completed_before_the_text_is_looked_at(editor: Editor, root: Path) -> None:
    uri = editor.open(root / CHAPTER)
    editor.change(uri, f"{FRONT}\U0001d400 [@bak\n", 2)
    items = editor.at("completion", uri, 4, 8)["items"]
    assert [one["label"] for one in items] == ["beta-2021"]
    edit = items[0]["textEdit"]
    assert changed(f"{FRONT}\U0001d400 [@bak\n", [edit]) == f"{FRONT}\U0001d400 [@beta-2021\n"
    assert editor.at("completion", uri, 4, 2) == {"isIncomplete": False, "items": []}


def test_bibliographies_and_the_configuration_have_diagnostics_too(editor: Editor, root: Path) -> None:
    uri = editor.open(root / CHAPTER, f"{FRONT}Words [@alpha-2020].\n")
    assert editor.codes(uri) == []
    sources = editor.open(root / SOURCES, LIBRARY.replace("type: book", "type: boook", 1))
    assert editor.codes(sources, 1) == ["BIB006"]
    configuration = editor.open(root / "publication.yaml", CONFIGURATION + "titel: x\n")
    assert editor.codes(configuration, 1) == ["CFG101"]
    editor.change(configuration, "title: [", 2)
    assert editor.codes(configuration, 2) == ["YML101"]
    editor.change(configuration, CONFIGURATION, 3)
    assert editor.codes(configuration, 3) == []


def test_files_that_no_editor_shows_have_diagnostics_until_they_are_mended(editor: Editor, root: Path) -> None:
    other = root / "chapters/02-other.md"
    other.write_text("---\ntitle: Other\n---\n\nWord[^lost].\n", "utf-8")
    editor.open(root / CHAPTER)
    assert editor.codes(uri_of(other)) == ["NTE101"]
    other.write_text("---\ntitle: Other\n---\n\nWord.\n", "utf-8")
    editor.tell("workspace/didChangeWatchedFiles", {"changes": [{"uri": uri_of(other), "type": 2}]})
    editor.wait(lambda: editor.diagnostics[uri_of(other)] == [])


def test_a_closed_text_is_that_of_the_disk_again(editor: Editor, root: Path) -> None:
    uri = editor.open(root / CHAPTER, f"{FRONT}Word[^lost].\n")
    assert editor.codes(uri) == ["NTE101"]
    editor.tell("textDocument/didClose", {"textDocument": {"uri": uri}})
    editor.wait(lambda: editor.diagnostics[uri] == [])


def test_the_server_asks_to_be_told_of_the_disk(root: Path) -> None:
    with Editor(root) as editor:
        editor.start(workspace={"didChangeWatchedFiles": {"dynamicRegistration": True}})
        editor.wait(lambda: editor.asked)
        assert editor.asked[0]["method"] == "client/registerCapability"
        assert editor.end() == 0


def test_what_it_does_not_understand_does_not_end_it(editor: Editor, root: Path) -> None:
    editor.tell("textDocument/didOpen", {"nonsense": True})
    editor.tell("$/unheard", {})
    assert editor.process.stdin is not None
    editor.process.stdin.write(b"Content-Length: 3\r\n\r\n{]}")
    editor.process.stdin.flush()
    nameless = {"uri": "untitled:Untitled-1", "languageId": "markdown", "version": 1, "text": "Word[^lost]."}
    editor.tell("textDocument/didOpen", {"textDocument": nameless})
    assert editor.at("hover", "untitled:Untitled-1", 0, 6) is None
    elsewhere = editor.open(root.parent / "outside.md", "Word[^lost].\n")
    assert editor.at("completion", elsewhere, 0, 3)["items"] == []
    uri = editor.open(root / CHAPTER, f"{FRONT}A half \ud835 and a word[^lost].\n")
    assert editor.codes(uri) == ["NTE101"]
    assert editor.at("hover", uri, 999, 999) is None
    assert editor.end() == 0
    assert b"Traceback" in editor.trouble


def test_it_ends_when_the_editor_is_gone(editor: Editor, root: Path) -> None:
    editor.open(root / CHAPTER)
    assert editor.process.stdin is not None
    editor.process.stdin.close()
    assert editor.process.wait(PATIENCE) == 0


def test_a_goodbye_without_a_word_before_is_a_failure(editor: Editor) -> None:
    editor.tell("exit", None)
    assert editor.process.wait(PATIENCE) == 1


@pytest.mark.parametrize("words", [("--select", "ZZZ"), ("chapters",)])
def test_wrong_usage_is_told_at_once(root: Path, words: tuple[str, ...]) -> None:
    command = [sys.executable, "-m", "octavo", "-C", str(root), "lint", "--server", *words]
    done = subprocess.run(
        command, env={"PYTHONPATH": str(SOURCE)}, capture_output=True, text=True, input="", check=False
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("octavo: ")


def test_without_a_server_nothing_of_it_is_loaded(root: Path) -> None:
    code = (
        "import sys; from octavo.cli.main import main; main(sys.argv[1:]);"
        "print([name for name in sys.modules if name.partition('.')[0] in ('pygls', 'lsprotocol', 'asyncio')])"
    )
    command = [sys.executable, "-c", code, "-C", str(root), "lint", "--quiet"]
    done = subprocess.run(command, env={"PYTHONPATH": str(SOURCE)}, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
