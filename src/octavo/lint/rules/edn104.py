"""A reference to a note prints a number that the edition does not have there.

"See note 12" is made from `[@note:name]`, and the number is that of the note it names. In an edition of an older
text, or one that was changed by hand, it may be another note's.

Bad:

    text:   as shown in note [@note:customs]
    print:  as shown in note 12                 12 is the note after that of the customs

Good:

    text:   as shown in note [@note:customs]
    print:  as shown in note 11                 11 By the figures of the customs.
"""

from __future__ import annotations

from octavo.lint.rule import EditionRule
from octavo.model.finding import Severity

RULE = EditionRule("EDN104", "wrong-back-reference", Severity.ERROR)
