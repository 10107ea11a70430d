"""A paper into the pieces that its flow document is made of: the title block, and what stands behind the text."""

from __future__ import annotations

from dataclasses import replace
from html import escape

from lxml import etree
from markupsafe import Markup

from octavo.model.edition import NumberedManuscript
from octavo.model.extract import Profile, TitleBlock
from octavo.model.words import Words
from octavo.typeset.templates import Templates

# How far apart lines of PT Serif and PT Sans stand by themselves, as a multiple of the size.
_NATURAL = 1.325
Changes = dict[str, dict[str, str | float | bool]]


def paper_front(block: TitleBlock, words: Words, templates: Templates) -> str:
    """The title block as XHTML.  Raises TemplateFault."""
    return templates.render(
        "paper/front.xhtml",
        block=replace(block, title="", abstract=""),
        words=words,
        title=Markup(block.title),
        abstract=Markup(_run_in(block.abstract, words)),
    )


def _run_in(html: str, words: Words) -> str:
    """The word before an abstract stands in the first of its paragraphs."""
    if not html:
        return ""
    tree = etree.fromstring(f"<x>{html}</x>")
    first = tree[0] if len(tree) and tree[0].tag == "p" else tree
    word = etree.Element("strong")
    word.text = f"{words.abstract}."
    word.tail = f" {(first.text or '').lstrip()}"
    first.text = None
    first.insert(0, word)
    whole = etree.tostring(tree, encoding="unicode")
    return whole[whole.index(">") + 1 : whole.rindex("<")]


def with_end(manuscript: NumberedManuscript, block: TitleBlock, words: Words) -> NumberedManuscript:
    """The manuscript with acknowledgement and first publication at the end of its text."""
    end = ""
    if block.acknowledgement:
        end += f"<p><strong>{escape(words.acknowledgement)}.</strong> {escape(block.acknowledgement)}</p>"
    if block.first_published:
        end += f"<p>{escape(block.first_published)} <em>{escape(block.book)}</em>{escape(block.imprint)}.</p>"
    chapter = manuscript.chapters[0]
    return replace(manuscript, chapters=(replace(chapter, body_html=chapter.body_html + end),)) if end else manuscript


def word_changes(profile: Profile) -> Changes:
    """What the styles of Word have otherwise in a paper of a profile: sections are headings of the first level."""
    fonts = profile.fonts
    size = fonts.size
    line = round(fonts.leading / (size * _NATURAL), 3)
    return {
        "Normal": {"font": fonts.text, "size": size, "line": line},
        "Title": {"font": fonts.headings, "size": round(size * 1.6, 1), "before": 0.0, "after": 4.0},
        "Subtitle": {"size": round(size * 1.14, 1), "before": 0.0, "after": 4.0},
        "Author": {"font": fonts.text, "size": size, "bold": True, "before": 8.0},
        "Affiliation": {"font": fonts.text, "size": round(size * 0.9, 1), "italic": True},
        "Imprint": {"size": round(size * 0.9, 1), "after": 8.0},
        "Abstract": {"size": round(size * 0.9, 1), "before": 10.0, "after": 4.0},
        "Keywords": {"font": fonts.text, "size": round(size * 0.9, 1), "after": 6.0},
        "Heading 1": {
            "font": fonts.headings, "size": round(size * 1.1, 1), "before": 16.0, "after": 5.0,
            "page_break_before": False,
        },
        "Heading 2": {"font": fonts.headings, "size": size, "italic": True, "before": 12.0, "after": 3.0},
        "Bibliography": {"size": fonts.notes},
        "Footnote Text": {"size": fonts.notes},
        "Caption": {"size": fonts.tables},
        "Table Text": {"size": fonts.tables},
        "Table Note": {"size": round(fonts.tables * 0.9, 1)},
    }  # fmt: skip
