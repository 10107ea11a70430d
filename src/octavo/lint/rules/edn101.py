"""An edition prints another number for a note than the other editions.

Each note has one number, computed once. An edition that was built from an older text, or changed by hand, sends its
readers to another note than a citation of the book means. The finished file is opened and each call and each note is
compared with the plan. Editions are opened with `octavo lint --editions`, where a file or folder of `build/` is
named, or where a code of editions is selected.

Bad:

    print:  Exports doubled.¹⁷      17 By the figures of the customs.
    ebook:  Exports doubled.¹⁶      16 By the figures of the customs.

Good:

    print:  Exports doubled.¹⁷      17 By the figures of the customs.
    ebook:  Exports doubled.¹⁷      17 By the figures of the customs.
"""

from __future__ import annotations

from octavo.lint.rule import EditionRule
from octavo.model.finding import Severity

RULE = EditionRule("EDN101", "number-differs", Severity.ERROR)
