"""The way from a call to its note, or back from the note, is broken.

On a screen the call is a link, and the note has one that leads back. Where either leads elsewhere or nowhere, the
reader loses the place.

Bad:

    ebook:  <a href="#note-18" id="call-17">17</a>     note 17 leads back to #call-16

Good:

    ebook:  <a href="#note-17" id="call-17">17</a>     note 17 leads back to #call-17
"""

from __future__ import annotations

from octavo.lint.rule import EditionRule
from octavo.model.finding import Severity

RULE = EditionRule("EDN103", "broken-note-link", Severity.ERROR)
