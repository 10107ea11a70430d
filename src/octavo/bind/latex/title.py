"""What stands before and behind the text of a paper in LaTeX."""

from __future__ import annotations

from octavo.model.article import Article
from octavo.model.epub import plain
from octavo.model.names import orcid_of
from octavo.model.publication import Person
from octavo.model.tex import escape_tex


def title_block(article: Article, title: str, notes: str, *, wide: bool) -> str:
    """Codes, title, authors and where they work; over both columns where it is ``wide``.

    ``\\maketitle`` would mark notes with symbols and count anew behind it.  ``notes`` are those called in the title.
    """
    work = article.work
    subtitle = f"\\par\n{{\\large {escape_tex(plain(work.subtitle))}\\par}}" if plain(work.subtitle) else "\\par"
    codes = "".join(f"\\noindent {escape_tex(plain(f'{name} {code}'))}\\par\n" for name, code in article.codes)
    lines = [f"{codes}\\begin{{center}}", f"{{\\LARGE\\bfseries {title}{subtitle}}}"]
    lines += ["\\medskip", _authors(work.authors)] if work.authors else []
    lines.append("\\end{center}")
    block = "\n".join(lines)
    shown = f"\\twocolumn[%\n{block}%\n]" if wide else block
    # A figure near the beginning would stand above the title.
    return f"{shown}\n\\suppressfloats[t]\n{notes}".rstrip()


def _authors(authors: tuple[Person, ...]) -> str:
    places = list(dict.fromkeys(plain(author.affiliation) for author in authors if plain(author.affiliation)))
    names = []
    for author in authors:
        place = plain(author.affiliation)
        mark = f"\\textsuperscript{{{places.index(place) + 1}}}" if place and len(places) > 1 else ""
        names.append(escape_tex(plain(author.name)) + mark)
    lines = [f"{', '.join(names)}\\par"]
    for index, place in enumerate(places, 1):
        mark = f"\\textsuperscript{{{index}}}" if len(places) > 1 else ""
        lines.append(f"{{\\small {mark}{escape_tex(place)}\\par}}")
    for author in authors:
        known = [f"\\url{{{orcid_of(author)}}}"] if orcid_of(author) else []
        known += [escape_tex(plain(author.email))] if plain(author.email) else []
        if known:
            lines.append(f"{{\\small {escape_tex(plain(author.name))}: {', '.join(known)}\\par}}")
    return "\n".join(lines)


def closing(article: Article) -> str:
    """The acknowledgement, and where the paper was published first."""
    texts = [plain(text) for text in (article.acknowledgement, article.work.note) if plain(text)]
    return "\n\n".join(f"\\bigskip\\noindent {escape_tex(text)}" for text in texts)
