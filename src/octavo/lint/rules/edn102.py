"""An edition has other notes than the text: one is missing, too much, out of order, or has other words.

A note that was lost in the layout or cut off at the foot of its page is missed by no program that only builds; here
each note of the finished file is read back, word by word. Building the edition again mends it, unless the house style
hides notes.

Bad:

    text:   Exports doubled.[^customs]   [^customs]: By the figures of the customs of both countries.
    print:  Exports doubled.¹⁷           17 By the figures of the

Good:

    text:   Exports doubled.[^customs]   [^customs]: By the figures of the customs of both countries.
    print:  Exports doubled.¹⁷           17 By the figures of the customs of both countries.
"""

from __future__ import annotations

from octavo.lint.rule import EditionRule
from octavo.model.finding import Severity

RULE = EditionRule("EDN102", "note-differs", Severity.ERROR)
