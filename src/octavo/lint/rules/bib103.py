"""One address or DOI stands in two entries.

The page was entered twice: the editions count two sources where there is one, shorten none of them as cited before,
and may give it two titles. Scheme, `www.` and final slash do not count. Parts of one work (chapters, articles with
pages or numbers of their own) may share the address of the whole, and so may anything the bare address of a site.

The fix cites the first entry in place of the later one and takes that one away; what it alone said is lost.

Bad:

    - id: rapeseed-2021
      type: webpage
      title: Rapeseed oil export in January increased almost 10 times
      container-title: BelTA
      issued: 2021
      URL: https://www.belta.by/economics/view/rapeseed-426697-2021/
    - id: rapeseed-oil-2021
      type: webpage
      title: Rapeseed oil exports in January increased almost 10-fold
      container-title: BelTA
      issued: 2021
      URL: http://www.belta.by/economics/view/rapeseed-426697-2021

Good:

    - id: rapeseed-2021
      type: webpage
      title: Rapeseed oil export in January increased almost 10 times
      container-title: BelTA
      issued: 2021
      URL: https://www.belta.by/economics/view/rapeseed-426697-2021/
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from octavo.lint.addresses import bare_doi, parse
from octavo.lint.chapter import ChapterText
from octavo.lint.library import Entry
from octavo.lint.rule import BookRule, Context, Defect, Fixing, Mention, Mentions
from octavo.lint.titles import nearly_same, words_of
from octavo.model.finding import Edit, Severity
from octavo.model.source import Span

_WITHIN = frozenset({"chapter", "entry", "entry-dictionary", "entry-encyclopedia", "paper-conference"})
_OWN = ("page", "number", "section", "chapter-number", "volume", "issue", "part")


def collect(chapter: ChapterText, context: Context) -> Iterator[Mention]:
    """Every citation of a source, so that it can be made one of another source."""
    for _, item in chapter.cited:
        start = chapter.text.find(item.key, item.key_span.start, item.key_span.end)
        if start >= 0:
            yield Mention(start, start + len(item.key), "key", item.key)


def judge(chapters: Sequence[Mentions], context: Context) -> Iterator[Defect]:
    """Entries whose address or DOI an earlier entry has."""
    first: dict[tuple[str, str], Entry] = {}
    found: list[tuple[Entry, Entry, str]] = []
    kept: dict[str, Entry] = {}
    for entry in context.library:
        for name, identity in _identities(entry):
            other = first.setdefault((name, identity), entry)
            other = kept.get(other.key, other)
            if other is not entry and not _are_parts(other, entry):
                found.append((other, entry, name))
                kept[entry.key] = other
                break
    cited: dict[str, list[Edit]] = {entry.key: [] for _, entry, _ in found}
    for chapter in chapters if found else ():
        for one in chapter.mentions:
            if one.text in cited:
                cited[one.text].append(Edit(chapter.chapter.path, Span(one.start, one.end), ""))
    lines: dict[str, list[str]] = {}
    for other, entry, name in found:
        what = "DOI" if name == "DOI" else "address"
        message = f"the {what} of '{entry.key}' is that of '{other.key}'"
        defect = entry.defect(name, message, f"cite '{other.key}' in its place, or give each its own {what}")
        gone = _whole(entry, lines)
        if gone is not None:
            edits = [replace(edit, text=other.key) for edit in cited[entry.key]]
            defect = replace(defect, edits=(*edits, gone))
        yield defect


def _identities(entry: Entry) -> Iterator[tuple[str, str]]:
    doi = bare_doi(entry.text("DOI"))
    if doi:
        yield "DOI", doi
    url = entry.text("URL")
    address = parse(url)
    if address is None:
        return
    inside = bare_doi(url)
    if inside and inside != doi:
        yield "URL", f"doi.org/{inside}"
    elif not inside and (address.segments or len(address.rest) > 1):
        yield "URL", address.identity


def _are_parts(one: Entry, other: Entry) -> bool:
    """Whether two entries are parts of one work, or a part and the whole."""
    if any(one.text(name) and other.text(name) and one.text(name) != other.text(name) for name in _OWN):
        return True
    within = one.type in _WITHIN, other.type in _WITHIN
    if within[0] != within[1]:
        return True
    return all(within) and not nearly_same(words_of(one.text("title")), words_of(other.text("title")))


def _whole(entry: Entry, texts: dict[str, list[str]]) -> Edit | None:
    """An edit that takes an entry away; None where it is not one item of a YAML list on lines of its own."""
    file = entry.file
    if file is None or not file.path.endswith((".yaml", ".yml")):
        return None
    lines = texts.get(file.path) or texts.setdefault(file.path, file.text.split("\n"))
    at = entry.source.location
    first = at.line - 1
    while first >= 0:
        dash = len(lines[first]) - len(lines[first].lstrip(" "))
        if lines[first].startswith("- ", dash) and dash < at.column - 1:
            break
        if lines[first].strip() and not lines[first].lstrip().startswith("#") and dash < at.column - 1:
            return None
        first -= 1
    else:
        return None
    last = first + 1
    while last < len(lines) and _belongs(lines[last], dash):
        last += 1
    while last - 1 > first and _is_aside(lines[last - 1]):
        last -= 1
    start, end = file.offset(first + 1), file.offset(last + 1)
    if last < len(lines) and not lines[last].strip():
        end = file.offset(last + 2)
    return Edit(file.path, Span(start, end), "")


def _belongs(line: str, dash: int) -> bool:
    return not line.strip() or len(line) - len(line.lstrip(" ")) > dash


def _is_aside(line: str) -> bool:
    """A blank line, or a comment that may be about the next entry."""
    return not line.strip() or line.lstrip().startswith("#")


RULE = BookRule("BIB103", "address-in-two-entries", Severity.ERROR, Fixing.UNSAFE, collect=collect, judge=judge)
