"""Templates and fixed words."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest
from markupsafe import Markup

from octavo.model.words import Words, words_for
from octavo.typeset.templates import TemplateFault, Templates


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "templates" / "epub").mkdir(parents=True)
    return tmp_path


def _write(project: Path, name: str, text: str) -> None:
    (project / "templates" / name).write_text(text, encoding="utf-8")


def test_values_are_escaped_unless_they_are_markup(project: Path) -> None:
    _write(project, "x.html", "{{ a }}{{ b }}")
    assert Templates(project).render("x.html", a="<", b=Markup("<b/>")) == "&lt;<b/>"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a\n{{ missing }}", 2, "'missing' is undefined"),
        ("a\n\n{% if %}", 3, "xpected"),
        ("{{ 1 }}\n{{ 1 + 'a' }}", 2, "unsupported operand"),
        ("{{ ''.__class__.__mro__ }}", 1, "unsafe"),
        ('{% extends "epub/none.xhtml" %}', 0, "epub/none.xhtml"),
    ],
)
def test_a_fault_has_its_place(project: Path, text: str, line: int, words: str) -> None:
    _write(project, "epub/x.xhtml", text)
    with pytest.raises(TemplateFault, match=words) as caught:
        Templates(project).render("epub/x.xhtml")
    assert (caught.value.template, caught.value.line) == ("epub/x.xhtml", line)


def test_a_style_sheet_of_the_project_follows_the_base(project: Path) -> None:
    base = Templates().text("epub/epub.css")
    _write(project, "epub/epub.css", "p { margin: 1em }")
    assert Templates(project).text("epub/epub.css") == f"{base}\np {{ margin: 1em }}"
    with pytest.raises(TemplateFault, match="no template"):
        Templates(project).text("epub/none.css")


@pytest.mark.parametrize(
    ("tag", "chapter"), [("en-GB", "Chapter"), ("RU", "Глава"), ("de_AT", "Kapitel"), ("xx", "Chapter")]
)
def test_words_follow_the_language(tag: str, chapter: str) -> None:
    assert words_for(tag).chapter == chapter


@pytest.mark.parametrize("tag", ["en", "ru", "de", "fr"])
def test_no_word_is_missing(tag: str) -> None:
    words = words_for(tag)
    assert all(getattr(words, field.name).strip() for field in fields(Words))
    assert "12" in words.notes_in_all(12)
    assert words.heading("appendix", "A") == f"{words.appendix}\N{NO-BREAK SPACE}A"
    assert words.heading("chapter", "") == ""
