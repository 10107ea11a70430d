"""Programs that are run as filters get no network, no more time or memory than is given, and leave nothing running."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from octavo.adapters.confined import OverTimeError, confinement, run_confined
from octavo.adapters.pandoc import MARKDOWN, PandocMemoryError, PandocTimeError, bibtex_to_csl, markdown_to_html
from octavo.model.limits import Limits


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def test_a_program_gets_its_text_and_tells_how_it_ended() -> None:
    ended = run_confined(python("import sys; print(sys.stdin.read()[::-1]); sys.exit(3)"), None, b"abc", 30)
    assert (ended.code, ended.output, ended.trouble) == (3, b"cba\n", "")


def test_the_environment_does_not_reach_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_TOKEN", "x")
    ended = run_confined(python("import os; print(sorted(os.environ))"), None, b"", 30)
    assert b"SECRET_TOKEN" not in ended.output


@pytest.mark.skipif("--net" not in confinement(), reason="this system does not let a program's network be shut off")
def test_it_has_no_network() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        code = f"import socket; socket.create_connection(('127.0.0.1', {port}), 5); print('reached')"
        assert subprocess.run(python(code), capture_output=True, check=False).stdout == b"reached\n"
        ended = run_confined(python(code), None, b"", 30)
    assert ended.output == b""
    assert "unreachable" in ended.trouble


def test_after_its_time_the_whole_group_is_ended(tmp_path: Path) -> None:
    code = f"""
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
open({str(tmp_path / "pid")!r}, "w").write(str(child.pid))
time.sleep(60)
"""
    start = time.monotonic()
    with pytest.raises(OverTimeError):
        run_confined(python(code), None, b"", 3)
    assert time.monotonic() - start < 20
    child = int((tmp_path / "pid").read_text())
    for _ in range(100):
        if not _runs(child):
            return
        time.sleep(0.05)
    pytest.fail("its child still runs")


def _runs(number: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{number}/stat").read_text().rpartition(")")[2]
    except OSError:
        return False


@pytest.mark.skipif("--pdeathsig" not in confinement(), reason="this system cannot end a program with its parent")
def test_it_ends_with_whoever_waits_for_it() -> None:
    code = "from octavo.adapters.confined import run_confined; run_confined(['sleep', '47.11'], None, b'', 60)"
    with subprocess.Popen(python(code), env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}) as waiting:
        for _ in range(200):
            if _sleepers():
                break
            time.sleep(0.05)
        assert _sleepers()
        waiting.kill()
    for _ in range(100):
        if not _sleepers():
            return
        time.sleep(0.05)
    pytest.fail("it still runs")


def _sleepers() -> list[str]:
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = path.read_bytes().split(b"\0")
        except OSError:
            continue
        if words[:2] == [b"sleep", b"47.11"]:
            found.append(path.parent.name)
    return found


CSL = """<style xmlns="http://purl.org/net/xbiblio/csl" class="note" version="1.0"><info><title>x</title><id>x</id>
<updated>2020-01-01T00:00:00Z</updated></info><citation><layout><text variable="title"/></layout></citation></style>"""


def converted(text: str, limits: Limits) -> str:
    heading = "# X {#octavo-chapter}\n\n"
    texts = {"c0.md": heading + text, "c1.md": heading}
    return markdown_to_html(texts, language="en", style=CSL, sources="[]", after_punctuation=True, limits=limits)


def test_pandoc_has_a_bound_of_memory_and_of_time() -> None:
    large = "*a* [b](c) `d` " * 200_000
    with pytest.raises(PandocMemoryError, match="more than 80 MB"):
        converted(large, replace(Limits(), memory=80))
    with pytest.raises(PandocTimeError, match="within 1 seconds"):
        converted("[" * 19, replace(Limits(), seconds=1))


def test_pandoc_reads_no_metadata_no_raw_text_and_no_file() -> None:
    assert MARKDOWN == "markdown-yaml_metadata_block-raw_html-raw_attribute-raw_tex"
    html = converted(
        "---\nbibliography: /etc/passwd\ncsl: http://127.0.0.1:9/x\n...\n\n<script>alert(1)</script>\n\n"
        "```{=html}\n<b>raw</b>\n```\n\n\\input{/etc/passwd}\n",
        Limits(),
    )
    assert "<script" not in html
    assert "<b>raw" not in html
    assert "root:" not in html
    assert "/bin/" not in bibtex_to_csl("@book{x, title={\\input{/etc/passwd}}}")
