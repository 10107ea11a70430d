"""Expanded chapters into Pandoc's HTML, cited; in few processes, side by side.

CSL and Pandoc know one language for a whole text.  So each batch of chapters is converted once for each language of its
sources, and every citation is taken from the pass of its first source; positions are the same in all passes.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from dataclasses import dataclass

from octavo.adapters.pandoc import list_references, markdown_to_html
from octavo.cite.checks import source_items
from octavo.cite.html import ConvertedChapter, Element, parse_fragment, split_chapters
from octavo.cite.style import Style
from octavo.model.chapter import CHAPTER_ID, ExpandedChapter
from octavo.model.reference import Source

# Where a call stands before the full stop or comma, and not behind it.
_CALL_FIRST = frozenset({"ru", "uk", "be", "fr", "es", "it", "pt", "pl"})
# Characters of text that take Pandoc longer than a process more would cost.
_WORTH_A_PROCESS = 200_000
# Quotation marks of languages that write others than English, outer and inner.
_QUOTES = {
    **dict.fromkeys(("ru", "uk", "be"), "«»„“"),
    **dict.fromkeys(("de", "cs", "sk", "sl", "lt"), "„“‚‘"),
    **dict.fromkeys(("es", "it", "pt", "el"), "«»“”"),
    "pl": "„”«»",
}


@dataclass(frozen=True, slots=True)
class Batch:
    """Chapters of one language that go through one Pandoc process."""

    language: str
    chapters: tuple[ExpandedChapter, ...]


def primary(language: str) -> str:
    """The primary subtag of a language tag (BCP 47): ``en`` of ``en-GB``."""
    return language.partition("-")[0].lower()


def convert(
    chapters: Sequence[ExpandedChapter], sources: Mapping[str, Source], style: Style, jobs: int
) -> dict[str, ConvertedChapter]:
    """Convert all chapters, in at most about ``jobs`` processes at a time; the result is by slug.

    Where the style is no note style, numbers and names may depend on all citations before, so that one process
    converts all chapters, whatever their languages.
    """
    batches = _batches(chapters, jobs) if style.is_note else _one_batch(chapters)
    with ThreadPoolExecutor(max_workers=max(jobs, 1)) as pool:
        results = pool.map(lambda batch: _convert_batch(batch, sources, style), batches)
        return {slug: chapter for result in results for slug, chapter in result.items()}


def _batches(chapters: Sequence[ExpandedChapter], jobs: int) -> list[Batch]:
    by_language: dict[str, list[ExpandedChapter]] = {}
    for chapter in chapters:
        by_language.setdefault(chapter.chapter.front.language, []).append(chapter)
    batches = []
    for language, group in by_language.items():
        total = sum(len(chapter.text) for chapter in group)
        share = max(total / max(jobs, 1), _WORTH_A_PROCESS)
        batch: list[ExpandedChapter] = []
        size = 0
        for chapter in group:
            batch.append(chapter)
            size += len(chapter.text)
            if size >= share:
                batches.append(Batch(language, tuple(batch)))
                batch, size = [], 0
        if batch:
            batches.append(Batch(language, tuple(batch)))
    return batches


def _one_batch(chapters: Sequence[ExpandedChapter]) -> list[Batch]:
    sizes: Counter[str] = Counter()
    for chapter in chapters:
        sizes[chapter.chapter.front.language] += len(chapter.text)
    return [Batch(sizes.most_common(1)[0][0], tuple(chapters))] if chapters else []


def _convert_batch(batch: Batch, sources: Mapping[str, Source], style: Style) -> dict[str, ConvertedChapter]:
    cited = {item.key: sources[item.key] for chapter in batch.chapters for item in source_items(chapter)}
    languages = Counter(primary(source.language or batch.language) for source in cited.values())
    main = languages.most_common(1)[0][0] if languages else primary(batch.language)
    # The pass in the language of the text keeps its region: quotation marks differ between en-GB and en-US.
    tags = {language: tag_of(language, batch.language, cited) for language in {*languages, main}}
    names = tuple(f"c{index:04d}.md" for index in range(len(batch.chapters)))
    texts = {name: with_quotes(chapter) for name, chapter in zip(names, batch.chapters, strict=True)}
    bibliography = _csl_json(cited.values())
    after = call_goes_behind(batch.language)

    def one_pass(language: str) -> tuple[ConvertedChapter, ...]:
        html = markdown_to_html(
            texts,
            language=tags[language],
            style=style.csl,
            sources=bibliography,
            after_punctuation=after,
        )
        return split_chapters(html, names, CHAPTER_ID)

    converted = one_pass(main)
    for language in sorted(set(languages) - {main}):
        for ours, theirs in zip(converted, one_pass(language), strict=True):
            take_citations(ours, theirs, language, batch.language, cited)
    return {chapter.slug: result for chapter, result in zip(batch.chapters, converted, strict=True)}


def call_goes_behind(language: str) -> bool:
    """Whether the call of a citation note stands behind the full stop or comma that follows it."""
    return primary(language) not in _CALL_FIRST


def with_quotes(chapter: ExpandedChapter) -> str:
    """The text of a chapter whose heading names its quotation marks."""
    quotes = _QUOTES.get(primary(chapter.chapter.front.language))
    heading, end, rest = chapter.text.partition("\n")
    if quotes and heading.endswith("}"):
        heading = f'{heading[:-1]} octavo-quotes="{quotes}"}}'
    return heading + end + rest


def tag_of(language: str, text_language: str, cited: Mapping[str, Source]) -> str:
    """The tag of a language of sources; that of the text keeps its region."""
    if primary(text_language) == language:
        return text_language
    return next((source.language for source in cited.values() if primary(source.language) == language), language)


def _csl_json(sources: Iterable[Source]) -> str:
    return json.dumps([source.data for source in sources], ensure_ascii=False, sort_keys=True)


def take_citations(
    ours: ConvertedChapter, theirs: ConvertedChapter, language: str, default: str, cited: Mapping[str, Source]
) -> None:
    """Replace each citation whose first source is in ``language`` by the same one of that language's pass."""

    def wanted(element: Element) -> bool:
        first = (element.get("data-cites") or "").partition(" ")[0]
        return first in cited and primary(cited[first].language or default) == language

    for mine, other in zip(ours.notes, theirs.notes, strict=True):
        group = mine.call.getparent()
        if group is not None and group.get("data-cites"):
            if wanted(group):
                _copy_content(other.body, mine.body)
        else:
            _replace_spans(mine.body, other.body, wanted)
    _replace_spans(ours.body, theirs.body, lambda span: wanted(span) and span.find("a[@class='footnote-ref']") is None)


def _replace_spans(mine: Element, other: Element, wanted: Callable[[Element], bool]) -> None:
    for span, twin in zip(mine.iter("span"), list(other.iter("span")), strict=False):
        if span.get("data-cites") and span.get("data-cites") == twin.get("data-cites") and wanted(span):
            _copy_content(twin, span)


def _copy_content(source: Element, target: Element) -> None:
    for child in list(target):
        target.remove(child)
    target.text = source.text
    for child in source:
        target.append(deepcopy(child))


def list_cited(keys: Sequence[str], sources: Mapping[str, Source], style: Style, language: str) -> list[Element]:
    """The entries of the list of references for some keys, in the style's order, each in its language.

    Each element is Pandoc's ``div.csl-entry``, whose ``id`` is ``ref-KEY``.
    """
    cited = [sources[key] for key in keys]
    by_language: dict[str, set[str]] = {}
    for source in cited:
        by_language.setdefault(primary(source.language or language), set()).add(source.key)
    bibliography = _csl_json(cited)
    order: list[str] = []
    found: dict[str, Element] = {}
    for group in sorted(by_language, key=lambda name: (name != primary(language), name)):
        tag = tag_of(group, language, {source.key: source for source in cited})
        html = list_references(keys, language=tag, style=style.csl, sources=bibliography)
        entries = [entry for entry in parse_fragment(html).iter("div") if "csl-entry" in (entry.get("class") or "")]
        order = order or [entry.get("id", "") for entry in entries]
        for entry in entries:
            if entry.get("id", "").removeprefix("ref-") in by_language[group]:
                found[entry.get("id", "")] = entry
    return [found[identifier] for identifier in order if identifier in found]
