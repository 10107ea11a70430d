"""No end mark stands where the sentence with the call ends.

A point that was deleted with the words before it is easily overlooked, because the number stands in its place. Told are
calls at the end of a paragraph of sentences, and calls before a word that, with a capital letter, can only begin a
sentence: The, However; Это, Однако. Headings, lists, tables, captions, verse and quotations set apart are left alone.

Bad:

    Exports doubled in 2020[^customs] However, imports fell.

    [^customs]: By the figures of the customs.

Good:

    Exports doubled in 2020.[^customs] However, imports fell.

    [^customs]: By the figures of the customs.
"""

from __future__ import annotations

from collections.abc import Iterator

from octavo.lint.calls import COMMA
from octavo.lint.chapter import NOTHING, OBJECT, CallKind, ChapterText
from octavo.lint.languages import BEFORE
from octavo.lint.rule import ChapterRule, Context, Defect, Fixing
from octavo.model.finding import Severity
from octavo.model.lazy import lazy
from octavo.model.source import Span

_NEXT = lazy(r"[ \u00a0]?\n?([^\W\d_]+)\b")
_LAST = lazy(r"[ \t]*(?:\n[ \t]*(?:\n|\Z)|\Z)")
_CLOSING = "\"'“”’»«)]*_ \n\u00a0" + NOTHING
# What begins a block that is no paragraph of sentences, or one that such a paragraph leads to.
_SPECIAL = lazy(r"\s*(?:[-+*:~]\s|[|>#:<]|[-=~`]{3}|\(?@?\w{1,3}[.)]\s|!\[|[Tt]able:)")
_LEADS = lazy(
    rf"\s*(?:{OBJECT}|[-+*:~]\s|[|>]|[-~`]{{3}}|\$\$|\(?@?\w{{1,3}}[.)]\s|!\[|[^\W\d_](?<=[^A-ZА-ЯЁ]))|\s*\n[ \t]{{4}}"
)
_SENTENCE = lazy(r"[.!?…][\"'“”’»)\]]*\s")
_WORDS = 4
_REACH = 2000


def check(chapter: ChapterText, context: Context) -> Iterator[Defect]:
    """Calls outside notes behind a word without a mark, where the next sentence begins or the paragraph ends."""
    prose, starters = chapter.prose, chapter.language.starters
    start = end = 0
    for call in chapter.numbered:
        if call.span.start < end:
            # A call in the words around a citation.
            continue
        # Calls that stand together belong to one word.
        joined = prose[end : call.span.start] in ("", COMMA)
        start, end = start if joined else call.span.start, call.span.end
        if prose[end : end + 1] not in (" ", "\n", "\t", "\u00a0", ""):
            continue
        before = prose[max(0, start - 12) : start].rstrip(_CLOSING)[-1:]
        if not (before.isalnum() or before == "%"):
            continue
        word = _NEXT.match(prose, end)
        if not (word and word[1] in starters) and not (_LAST.match(prose, end) and _is_sentence(prose, start, end)):
            continue
        at = end if call.kind is CallKind.CITATION or chapter.language.call == BEFORE else start
        message = "the sentence with this call ends without an end mark"
        yield chapter.defect(call.span, message, "set a point, or join the sentences", (Span(at, at), "."))


def _is_sentence(prose: str, start: int, end: int) -> bool:
    """Whether the paragraph that ends with a call is one of sentences, and leads to no list, quotation or formula."""
    if _LEADS.match(prose, end):
        return False
    reach = max(0, start - _REACH)
    begin = max(prose.rfind("\n\n", reach, start) + 2, reach)
    paragraph = prose[begin:start]
    if _SPECIAL.match(paragraph) or "|" in paragraph or paragraph.lstrip()[:1].islower():
        return False
    return _SENTENCE.search(paragraph) is not None or (
        len(paragraph.split()) >= _WORDS and not paragraph.startswith(("*", "_", " "))
    )


RULE = ChapterRule("NTE206", "no-end-mark-at-call", Severity.WARNING, Fixing.UNSAFE, check=check)
