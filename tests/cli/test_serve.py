"""``octavo serve``: who may ask, and what is answered."""

from __future__ import annotations

import io
import re
import socket
import struct
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import built
from octavo.cli.main import main
from previewing import Preview, previewing
from publications import write_publication
from running import SOURCE

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    root = built.build(tmp_path_factory.mktemp("shores"))
    with previewing(root) as served:
        served.built()
        yield served


def first_page(preview: Preview) -> str:
    book = preview.ask("book.json").json()
    return f"pages/print/{book['paged'][0]['pages'][0]['digest']}.png"  # type: ignore[index]


PATHS = ("", "page/main.js", "book.json", "findings.json", "events", "source.json?file=publication.yaml", "nowhere")


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("token", ["", "x" * 32])
def test_without_the_token_nothing_is_told(preview: Preview, path: str, token: str) -> None:
    answer = preview.ask(f"/{token}/{path}" if token else f"/{path}", whole=True)
    assert answer.status == 403
    assert b"Two shores" not in answer.body


@pytest.mark.parametrize(
    "host", ["example.org", "example.org:PORT", "127.0.0.1", "127.0.0.1:1", "127.0.0.1.nip.io:PORT"]
)
def test_another_host_is_refused(preview: Preview, host: str) -> None:
    assert preview.ask("book.json", Host=host.replace("PORT", str(preview.port))).status == 403


def test_another_origin_is_refused_and_our_own_is_not(preview: Preview) -> None:
    for origin in ("http://example.org", "null", f"https://127.0.0.1:{preview.port}", "http://127.0.0.1:1"):
        assert preview.ask("book.json", Origin=origin).status == 403, origin
    assert preview.ask("book.json", Origin=f"http://127.0.0.1:{preview.port}").status == 200
    assert preview.ask("book.json", Host=f"localhost:{preview.port}").status == 200


def test_nobody_on_the_network_can_ask(preview: Preview) -> None:
    listening = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    ours = [row[1] for row in listening if row[3] == "0A" and int(row[1].split(":")[1], 16) == preview.port]
    (loopback,) = struct.unpack("<I", socket.inet_aton("127.0.0.1"))
    assert [int(place.split(":")[0], 16) for place in ours] == [loopback]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_everything_is_only_ever_read(preview: Preview, method: str) -> None:
    assert preview.ask("book.json", method=method).status == 405


def test_the_page_loads_what_is_ours_alone(preview: Preview) -> None:
    answer = preview.ask("")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert answer.headers["referrer-policy"] == "no-referrer"
    html = answer.body.decode()
    named = re.findall(r'(?:src|href)="([^"]+)"', html)
    assert named
    for name in named:
        asset = preview.ask(name)
        assert asset.status == 200, name
        for other in re.findall(r'from "\./([^"]+)"', asset.body.decode()):
            assert preview.ask(f"page/{other}").headers["content-type"].startswith("text/javascript"), other
    assert not re.search(r"<script(?![^>]*src)|\son\w+=|style=|https?:", html)
    assert preview.ask("page/../server.py").status == 404
    assert preview.ask("page/%2e%2e%2fserver.py").status == 404


def test_what_an_author_wrote_may_run_nothing(preview: Preview) -> None:
    (view,) = preview.ask("book.json").json()["reading"]  # type: ignore[index]
    document = next(one for one in view["documents"] if one["title"] == "Ties")
    answer = preview.ask(f"read/ebook/{document['digest']}/{document['path']}")
    assert answer.headers["content-type"].startswith("application/xhtml+xml")
    policy = answer.headers["content-security-policy"]
    assert "script-src" not in policy
    assert "default-src 'none'" in policy
    assert "sandbox allow-same-origin" in policy
    assert "allow-scripts" not in policy
    assert (
        preview.ask(f"read/ebook/{document['digest']}/EPUB/styles/epub.css")
        .headers["content-type"]
        .startswith("text/css")
    )
    assert preview.ask("read/ebook/x/../../publication.yaml").status == 404


def test_a_page_is_drawn_as_wide_as_it_is_wanted(preview: Preview) -> None:
    from PIL import Image

    path = first_page(preview)
    answer = preview.ask(f"{path}?width=700")
    assert answer.headers["content-type"] == "image/png"
    assert "immutable" in answer.headers["cache-control"]
    with Image.open(io.BytesIO(answer.body)) as picture:
        assert abs(picture.width - 700) <= 1
        assert picture.height > picture.width
    for width in ("", "0", "99", "100000", "-5", "1e3", "²"):
        assert preview.ask(f"{path}?width={width.encode().hex() if width == '²' else width}").status == 400, width
    assert preview.ask("pages/print/0000000000000000.png?width=700").status == 404


def test_the_book_knows_where_each_note_stands(preview: Preview) -> None:
    book = preview.ask("book.json").json()
    assert book["title"] == "Two shores"  # type: ignore[index]
    seen = {note["note"]: note for note in book["notes"]}  # type: ignore[index]
    expected = {f"note-{name.replace('/', '--')}": value for name, value in built.NOTES.items()}
    assert {name: (note["label"], note["text"]) for name, note in seen.items()} == expected
    (paged,), (reading,) = book["paged"], book["reading"]  # type: ignore[index]
    for note in seen.values():
        page, top = paged["places"][note["call"]]
        assert paged["pages"][page]["folio"] == note["page"]
        assert 0 < top < 1
        assert reading["anchors"][note["call"]].endswith(".xhtml")
    assert seen["note-ties--keepers"]["chapter"] == "Ties"
    titles = [entry["title"] for entry in paged["outline"]]
    assert any("Harbours" in title for title in titles)


def test_the_source_is_shown_with_what_is_meant(preview: Preview) -> None:
    query = "source.json?file=chapters/01-ties.md&line=7&column=4&end_line=7&end_column=12"
    shown = preview.ask(query).json()
    (line,) = [one for one in shown["lines"] if one["marked"]]  # type: ignore[index]
    assert (line["number"], line["before"], line["marked"], line["after"]) == (7, "## ", "Harbours", "[^harbours]")
    numbers = [one["number"] for one in shown["lines"]]  # type: ignore[index]
    assert numbers == list(range(1, 16))
    place = (preview.root / "chapters/01-ties.md").resolve()
    assert shown["editor"] == f"vscode://file{place}:7:4"  # type: ignore[index]
    call = preview.ask("source.json?file=chapters/01-ties.md&line=7&column=12").json()
    assert [one["marked"] for one in call["lines"] if one["marked"]] == ["[^harbours]"]  # type: ignore[index]


OUTSIDE = (
    "../secret.md",
    "/etc/passwd",
    "build/print/notes.json",
    "chapters/../build/print/notes.json",
    "",
    "chapters",
    "x.md",
)


@pytest.mark.parametrize("file", OUTSIDE)
def test_no_other_file_is_shown(preview: Preview, file: str) -> None:
    (preview.root.parent / "secret.md").write_text("secret")
    answer = preview.ask(f"source.json?file={file}&line=1")
    assert answer.status == 404


def test_a_link_out_of_the_project_is_not_followed(preview: Preview) -> None:
    (preview.root.parent / "secret.md").write_text("secret")
    link = preview.root / "bibliography/link.md"
    link.symlink_to("../../secret.md")
    try:
        assert preview.ask("source.json?file=bibliography/link.md&line=1").status == 404
    finally:
        link.unlink()


def test_a_fault_is_told_and_what_was_built_stays(tmp_path: Path) -> None:
    with previewing(write_publication(tmp_path), "print") as preview:
        status = preview.built()
        assert (status["state"], status["errors"]) == ("ready", 0)
        chapter = tmp_path / "chapters/01-first.md"
        whole = chapter.read_text("utf-8")
        statuses = preview.statuses()
        chapter.write_text(whole.replace("[^one]", "[^lost]", 1), "utf-8")
        status = next(one for one in statuses if one["state"] == "failed")
        assert (status["book"], status["errors"]) == (1, 1)
        codes = [finding["code"] for finding in preview.ask("findings.json").json()]  # type: ignore[attr-defined]
        assert codes == ["NTE101", "NTE102"]
        assert preview.ask(f"{first_page(preview)}?width=300").status == 200
        chapter.write_text(whole, "utf-8")
        status = next(one for one in statuses if one["state"] == "ready")
        statuses.close()
        assert (status["book"], status["errors"]) == (2, 0)
        assert preview.ask("findings.json").json() == []
        assert preview.ask("book.json").json()["reading"] == []  # type: ignore[index]

        assert preview.running.end() == 0
        assert preview.running.are_gone()
        assert "Traceback" not in "\n".join(preview.running.printed)


def test_what_was_built_before_is_shown_at_once(preview: Preview) -> None:
    with previewing(preview.root) as again:
        status = next(again.statuses())
        while not status["book"]:
            status = next(one for one in again.statuses() if one["book"])
        assert status["state"] == "building"
        assert again.ask("book.json").json() == preview.ask("book.json").json()


def test_it_ends_whatever_it_does_and_whoever_listens(preview: Preview) -> None:
    with previewing(preview.root) as other:
        statuses = other.statuses()
        next(statuses)
        assert other.running.end() == 0
        assert other.running.are_gone()
        statuses.close()


def test_nothing_is_left_where_it_is_killed(preview: Preview) -> None:
    with previewing(preview.root) as other:
        other.running.process.kill()
        assert other.running.are_gone(20)


def test_a_port_that_is_taken_and_an_unknown_editor_are_said(
    preview: Preview, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["-C", str(preview.root), "serve", "--port", str(preview.port)]) == 3
    assert f"cannot listen on port {preview.port}" in capsys.readouterr().err
    assert main(["-C", str(preview.root), "serve", "--editor", "vscod"]) == 2
    assert "did you mean 'vscode'" in capsys.readouterr().err
    assert main(["-C", str(preview.root), "serve", "--editor", "javascript:{path}"]) == 2


def test_other_commands_load_nothing_of_it(tmp_path: Path) -> None:
    write_publication(tmp_path)
    program = (
        "import sys; from octavo.cli.main import main; "
        f"[main(['-C', {str(tmp_path)!r}, *words]) for words in (['lint'], ['build', 'ebook', '--quiet'])]; "
        "print(sorted({'starlette', 'uvicorn', 'watchfiles', 'anyio'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], env={"PYTHONPATH": str(SOURCE)}, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"
