"""One paper into JATS XML and LaTeX: typeset, written by Pandoc, given its shape."""

from __future__ import annotations

from octavo.bind.jats import bind_jats
from octavo.bind.latex import bind_latex
from octavo.model.article import Article, ArticleSource
from octavo.model.edition import NumberedManuscript
from octavo.model.words import Words
from octavo.typeset.article import typeset_jats
from octavo.typeset.article_tex import typeset_tex


def make_jats(manuscript: NumberedManuscript, article: Article, words: Words) -> ArticleSource:
    """A paper as JATS XML; the manuscript has one chapter.

    Its bytes depend on the arguments alone.  :func:`octavo.verify.papers.check_jats` compares it with the manuscript.
    """
    xhtml, images = typeset_jats(manuscript, words, article.work.language)
    languages = {reference.anchor: reference.language for reference in manuscript.references}
    return ArticleSource(bind_jats(xhtml, article, manuscript.plan, languages, words), images)


def make_latex(manuscript: NumberedManuscript, article: Article, words: Words) -> ArticleSource:
    """A paper as LaTeX; the manuscript has one chapter.

    A picture whose path ends with ``pdf`` is made of a drawing in SVG.  Its bytes depend on the arguments alone.
    :func:`octavo.verify.papers.check_latex` compares it with the manuscript.
    """
    xhtml, images = typeset_tex(manuscript, words, article.work.language)
    return ArticleSource(bind_latex(xhtml, article, manuscript.plan, manuscript.references, words), images)
