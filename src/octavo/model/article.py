"""A paper as its JATS and LaTeX files tell of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from octavo.model.work import Work

# Marks in the document that Pandoc makes LaTeX of: what follows each, up to CLOSE, is the number of a note or the name
# of a part, which goes on up to END.
CALL, CLOSE, PART, END, PLACE = "\ue030", "\ue031", "\ue032", "\ue034", "\ue035"


@dataclass(frozen=True, slots=True)
class Article:
    """What stands before and behind the text of a paper.

    ``work`` holds title, authors, date, keywords and where the paper stands; its authors are empty where the paper is
    anonymous.  ``codes`` are pairs of a classification and a code in it (``UDC``, ``339.5``).  ``columns`` and the
    rest matter to LaTeX alone: ``size`` of the page and ``margins`` (top, right, bottom, left) in millimetres,
    ``points`` is the size of its letters.
    """

    work: Work
    codes: tuple[tuple[str, str], ...] = ()
    acknowledgement: str = ""
    columns: int = 1
    size: tuple[float, float] = (210.0, 297.0)
    margins: tuple[float, float, float, float] = (25.0, 25.0, 25.0, 25.0)
    points: float = 11.0


@dataclass(frozen=True, slots=True)
class ArticleSource:
    """A paper as JATS XML or LaTeX; ``images`` maps the path of each picture beside it to that in the project."""

    data: bytes
    images: Mapping[str, str] = field(default_factory=dict)
