"""Pandoc, as a filter: text in, text out, never a network and never a file that we did not name."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from octavo.errors import InternalError, MachineError

# Front matter is ours to parse, and raw HTML or TeX of a chapter never reaches an edition: Pandoc's metadata can name
# files and addresses in spite of --sandbox.
MARKDOWN = "markdown-yaml_metadata_block-raw_html-raw_attribute-raw_tex"
HTML = "html5-smart"
_TIME_LIMIT = 60.0
_FILTER = Path(__file__).with_name("octavo.lua")


class PandocTimeError(MachineError):
    """Pandoc takes too long: for its input, or on a machine that is much too slow."""


@cache
def pandoc_path() -> str:
    """The program that ``pypandoc_binary`` brings, or else the one on the path.

    Raises MachineError where there is none.
    """
    import pypandoc

    try:
        return str(pypandoc.get_pandoc_path())
    except OSError as error:
        raise MachineError("Pandoc is missing", "pip install pypandoc_binary") from error


def conversion_state() -> str:
    """What a conversion depends on beside its text: which Pandoc, and how it is told to read and write.

    Raises MachineError where there is none.
    """
    seen = os.stat(pandoc_path())
    return f"{pandoc_path()} {seen.st_size} {seen.st_mtime_ns} {MARKDOWN} {HTML}"


def markdown_to_html(
    texts: Mapping[str, str],
    *,
    language: str,
    style: str,
    sources: str,
    after_punctuation: bool,
) -> str:
    """Several Markdown files, cited, into one HTML5 fragment with MathML.

    ``texts`` maps names like ``c001.md`` to their Markdown; Pandoc puts the name and ``__`` before each identifier.
    ``sources`` is a bibliography in CSL JSON, ``style`` the text of a CSL file.  ``after_punctuation`` moves the calls
    of citation notes behind the punctuation that follows.

    Each heading of the class ``reset-citation-positions`` begins a chapter: positions (ibid.) begin anew, the numbers
    of notes that a style prints count from 1, and straight quotation marks become the four, outer and inner, of its
    attribute ``octavo-quotes``.
    """
    with tempfile.TemporaryDirectory(prefix="octavo-") as folder:
        for name, text in texts.items():
            (Path(folder) / name).write_text(text, encoding="utf-8")
        (Path(folder) / "sources.json").write_text(sources, encoding="utf-8")
        (Path(folder) / "style.csl").write_text(style, encoding="utf-8")
        arguments = [
            "--file-scope",
            f"--from={MARKDOWN}",
            f"--to={HTML}",
            "--mathml",
            f"--lua-filter={_FILTER}",
            "--citeproc",
            "--bibliography=sources.json",
            "--csl=style.csl",
            f"--metadata=lang={language}",
            f"--metadata=notes-after-punctuation={str(after_punctuation).lower()}",
            "--metadata=suppress-bibliography=true",
            *texts,
        ]
        return _run(arguments, folder)


def list_references(keys: Sequence[str], *, language: str, style: str, sources: str) -> str:
    """The list of references for some keys as HTML: ``div#refs`` with one ``div.csl-entry`` for each."""
    with tempfile.TemporaryDirectory(prefix="octavo-") as folder:
        (Path(folder) / "sources.json").write_text(sources, encoding="utf-8")
        (Path(folder) / "style.csl").write_text(style, encoding="utf-8")
        cites = [{"t": "Cite", "c": [[_normal_citation(key)], []]} for key in keys]
        document = {
            "pandoc-api-version": [1, 23],
            "meta": {"nocite": {"t": "MetaInlines", "c": cites}},
            "blocks": [],
        }
        (Path(folder) / "empty.json").write_text(json.dumps(document), encoding="utf-8")
        arguments = [
            "--from=json",
            f"--to={HTML}",
            "--citeproc",
            "--bibliography=sources.json",
            "--csl=style.csl",
            f"--metadata=lang={language}",
            "empty.json",
        ]
        return _run(arguments, folder)


def _normal_citation(key: str) -> dict[str, object]:
    return {
        "citationId": key,
        "citationPrefix": [],
        "citationSuffix": [],
        "citationMode": {"t": "NormalCitation"},
        "citationNoteNum": 0,
        "citationHash": 0,
    }


def bibtex_to_csl(text: str) -> str:
    """A BibLaTeX or BibTeX bibliography into CSL JSON.  Raises ValueError with Pandoc's words where it is broken."""
    return _run(["--from=biblatex", "--to=csljson"], None, text, author_text=True)


def _run(arguments: Sequence[str], folder: str | None, text: str = "", *, author_text: bool = False) -> str:
    """Run Pandoc in a process group of its own, so that a time-out ends it with everything that it started."""
    command = [pandoc_path(), "--sandbox", "--wrap=none", "--quiet", *arguments]
    environment = {"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8", "HOME": os.environ.get("HOME", "/")}
    try:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
    except OSError as error:
        raise MachineError(f"Pandoc cannot be started: {error.strerror}", "octavo doctor") from error
    try:
        output, trouble = process.communicate(text.encode("utf-8"), timeout=_TIME_LIMIT)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        message = f"Pandoc did not finish within {_TIME_LIMIT:.0f} seconds"
        raise PandocTimeError(message, "look for unclosed brackets") from None
    except BaseException:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        raise
    if process.returncode != 0:
        words = trouble.decode("utf-8", "replace").strip()
        if author_text:
            raise ValueError(words)
        raise InternalError(f"Pandoc failed (exit {process.returncode}): {words}")
    return output.decode("utf-8")
