"""The XHTML of a paper into a LaTeX document that stands by itself."""

from __future__ import annotations

import re
from collections.abc import Sequence

from octavo.adapters.pandoc import flow_to
from octavo.bind.latex.notes import Footnotes
from octavo.bind.latex.preamble import preamble
from octavo.bind.latex.title import closing, title_block
from octavo.model.article import CALL, CLOSE, END, PART, Article
from octavo.model.edition import Reference
from octavo.model.notes import NotePlan
from octavo.model.tex import escape_tex, tex_name
from octavo.model.words import Words

__all__ = ["bind_latex"]

_PART = re.compile(rf"{PART}([^{CLOSE}]*){CLOSE}\s*(.*?)\s*{END}", re.DOTALL)


def bind_latex(xhtml: str, article: Article, plan: NotePlan, references: Sequence[Reference], words: Words) -> bytes:
    """A document for pdfLaTeX, XeLaTeX and LuaLaTeX, whose bytes depend on the arguments alone.

    ``xhtml`` is what :func:`octavo.typeset.article_tex.typeset_tex` gives.  All numbers but those of notes are printed
    as they stand; notes are ``\\footnote`` in the order of the plan, which LaTeX counts, with ``\\setcounter`` where it
    would count otherwise.
    """
    written = flow_to(xhtml, "latex-smart").decode()
    parts = {match[1]: match[2] for match in _PART.finditer(written)}
    text = _PART.sub("", written).rstrip()
    notes = Footnotes(plan, parts, columns=article.columns)
    wide = article.columns > 1
    title = notes.put(parts["octavo-title"], moved=wide)
    rest = notes.moved()
    abstract = notes.put(parts.get("octavo-abstract", ""))
    body = notes.put_all(text)
    pieces = [
        title_block(article, title, rest, wide=wide),
        _abstract(article, abstract, words),
        body,
        _references(references, parts, words, notes),
        closing(article),
    ]
    content = "\n\n".join(piece for piece in pieces if piece)
    # The marks are gone, or Pandoc took something for its own.
    assert not re.search(f"[{CALL}{CLOSE}{PART}{END}]", content), "every mark found its place"
    return f"{preamble(article, content)}\n\\begin{{document}}\n\n{content}\n\n\\end{{document}}\n".encode()


def _abstract(article: Article, abstract: str, words: Words) -> str:
    lines = []
    if abstract:
        lines.append(
            f"\\renewcommand{{\\abstractname}}{{{escape_tex(words.abstract)}}}\n"
            f"\\begin{{abstract}}\n{abstract}\n\\end{{abstract}}"
        )
    if article.work.keywords:
        keywords = escape_tex(", ".join(article.work.keywords))
        lines.append(f"\\noindent\\textbf{{{escape_tex(words.keywords)}:}} {keywords}")
    return "\n\n".join(lines)


def _references(references: Sequence[Reference], parts: dict[str, str], words: Words, notes: Footnotes) -> str:
    if not references:
        return ""
    labels = [parts.get(f"l{index}", "") for index in range(len(references))]
    entries = [
        f"\\bibitem[{{{label}}}]{{{tex_name(reference.anchor)}}}\n{notes.put(parts[f'r{index}'])}"
        for index, (reference, label) in enumerate(zip(references, labels, strict=True))
    ]
    widest = max(labels, key=len)
    return "\n".join(
        (
            f"\\renewcommand{{\\refname}}{{{escape_tex(words.references)}}}",
            f"\\begin{{thebibliography}}{{{widest}}}",
            "\n\n".join(entries),
            "\\end{thebibliography}",
        )
    )
