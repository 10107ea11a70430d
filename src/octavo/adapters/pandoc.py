"""Pandoc, as a filter: text in, text out, never a network and never a file that we did not name."""

from __future__ import annotations

import json
import os
import signal
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from octavo.adapters.confined import OverTimeError, run_confined
from octavo.errors import InternalError, MachineError
from octavo.model.characters import UNSEEN
from octavo.model.limits import Limits

# Front matter is ours to parse, and raw HTML or TeX of a chapter never reaches an edition: Pandoc's metadata can name
# files and addresses in spite of --sandbox.
MARKDOWN = "markdown-yaml_metadata_block-raw_html-raw_attribute-raw_tex"
HTML = "html5-smart"
# A library of some thousand entries takes two seconds.
_BIBLIOGRAPHY_SECONDS = 20
# How GHC's run-time ends a program whose heap is full (rts/include/rts/Constants.h, EXIT_HEAPOVERFLOW).
_HEAP_EXHAUSTED = 251
_FILTER = Path(__file__).with_name("octavo.lua")
_PAPERS_FILTER = Path(__file__).with_name("papers.lua")
_NOTES = Path(__file__).with_name("flow.lua")


class PandocLimitError(MachineError):
    """Pandoc takes more than it may; ``chapter`` is the slug of the one at which it does, or empty."""

    def __init__(self, message: str, hint: str = "", chapter: str = "") -> None:
        super().__init__(message, hint)
        self.chapter = chapter


class PandocTimeError(PandocLimitError):
    """Pandoc takes too long: for its input, or on a machine that is much too slow."""


class PandocMemoryError(PandocLimitError):
    """Pandoc takes too much memory."""


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
    limits: Limits | None = None,
) -> str:
    """Several Markdown files, cited, into one HTML5 fragment with MathML.

    ``texts`` maps names like ``c001.md`` to their Markdown; Pandoc puts the name and ``__`` before each identifier.
    ``sources`` is a bibliography in CSL JSON, ``style`` the text of a CSL file.  ``after_punctuation`` moves the calls
    of citation notes behind the punctuation that follows.

    Each heading of the class ``reset-citation-positions`` begins a chapter: positions (ibid.) begin anew, the numbers
    of notes that a style prints count from 1, and straight quotation marks become the four, outer and inner, of its
    attribute ``octavo-quotes``.  Raises PandocLimitError where that takes more than ``limits`` allow.
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
        return _run(arguments, folder, limits=limits or Limits())


def papers_to_html(
    texts: Sequence[str], plan: Sequence[Mapping[str, object]], *, style: str, limits: Limits | None = None
) -> str:
    """Chapters that stand alone into one HTML5 fragment with MathML: each is cited by itself, with its own list.

    ``texts`` are Markdown, each with its entry of ``plan``: ``sources`` (items of CSL JSON), ``passes`` (the tags of
    the languages that it is cited in, one after another), ``after`` (whether calls of citation notes stand behind the
    punctuation that follows), ``also`` (keys that its list holds beside those that it cites).  A text with ``within``
    (``class`` and ``place``) is one paragraph of the chapter before it, and is put at the end of the block of that
    class and attribute ``octavo-place``.

    The fragment holds each chapter once for each pass, from its heading on, and behind it its list of references as
    ``div.octavo-references``.
    """
    with tempfile.TemporaryDirectory(prefix="octavo-") as folder:
        names = [f"c{index:04d}" for index in range(len(texts))]
        entries = []
        for name, text, entry in zip(names, texts, plan, strict=True):
            (Path(folder) / f"{name}.md").write_text(text, encoding="utf-8")
            (Path(folder) / f"{name}.json").write_text(json.dumps(entry["sources"]), encoding="utf-8")
            rest = {key: value for key, value in entry.items() if key != "sources"}
            entries.append({**rest, "bibliography": f"{name}.json"})
        (Path(folder) / "plan.json").write_text(json.dumps(entries), encoding="utf-8")
        (Path(folder) / "style.csl").write_text(style, encoding="utf-8")
        arguments = [
            "--file-scope",
            f"--from={MARKDOWN}",
            f"--to={HTML}",
            "--mathml",
            f"--lua-filter={_FILTER}",
            f"--lua-filter={_PAPERS_FILTER}",
            *(f"{name}.md" for name in names),
        ]
        return _run(arguments, folder, limits=limits or Limits())


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
        return _run(arguments, folder, limits=Limits())


def _normal_citation(key: str) -> dict[str, object]:
    return {
        "citationId": key,
        "citationPrefix": [],
        "citationSuffix": [],
        "citationMode": {"t": "NormalCitation"},
        "citationNoteNum": 0,
        "citationHash": 0,
    }


def flow_to(xhtml: str, to: str, options: Sequence[str] = (), files: Mapping[str, bytes] | None = None) -> bytes:
    """A flow document (``octavo.typeset.flow``) into another format, its notes as notes.

    ``files`` are put into the folder that Pandoc runs in, under names that ``options`` can give, as in
    ``--reference-doc=reference.docx``; it can read no others.
    """
    with tempfile.TemporaryDirectory(prefix="octavo-") as folder:
        for name, content in {"flow.html": xhtml.encode("utf-8"), **(files or {})}.items():
            (Path(folder) / name).write_bytes(content)
        arguments = ["--from=html", f"--to={to}", f"--lua-filter={_NOTES}", "--output=-", *options, "flow.html"]
        return _run_raw(arguments, folder, limits=Limits())


def bibtex_to_csl(text: str) -> str:
    """A BibLaTeX or BibTeX bibliography into CSL JSON.  Raises ValueError with Pandoc's words where it is broken."""
    limits = replace(Limits(), seconds=_BIBLIOGRAPHY_SECONDS)
    return _run(["--from=biblatex", "--to=csljson"], None, text, author_text=True, limits=limits)


def _run(
    arguments: Sequence[str], folder: str | None, text: str = "", *, author_text: bool = False, limits: Limits
) -> str:
    output = _run_raw(arguments, folder, text, author_text=author_text, limits=limits)
    # A reading system or a terminal would obey what no reader sees; XML has no place for most of it.
    return UNSEEN.sub("", output.decode("utf-8"))


def _run_raw(
    arguments: Sequence[str], folder: str | None, text: str = "", *, author_text: bool = False, limits: Limits
) -> bytes:
    heap = ("+RTS", f"-M{limits.memory}m", "-RTS")
    command = [pandoc_path(), *heap, "--sandbox", "--wrap=none", "--quiet", *arguments]
    try:
        ended = run_confined(command, folder, text.encode("utf-8"), limits.seconds)
    except OverTimeError:
        message = f"Pandoc did not finish within {limits.seconds} seconds"
        raise PandocTimeError(message, "look for unclosed brackets") from None
    except OSError as error:
        raise MachineError(f"Pandoc cannot be started: {error.strerror}", "octavo doctor") from error
    if ended.code in (_HEAP_EXHAUSTED, -signal.SIGKILL):
        raise PandocMemoryError(f"Pandoc needs more than {limits.memory} MB", "raise `limits: memory`")
    if ended.code != 0:
        if author_text:
            raise ValueError(ended.trouble)
        raise InternalError(f"Pandoc failed (exit {ended.code}): {ended.trouble}")
    return bytes(ended.output)
