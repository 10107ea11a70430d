"""Expanded chapters into Pandoc's HTML, cited; in few processes, side by side.

CSL and Pandoc know one language for a whole text.  So chapters are converted once for each language of their
sources, and every citation is taken from the pass of its first source; positions are the same in all passes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from dataclasses import dataclass

from octavo.adapters.pandoc import PandocLimitError, list_references, markdown_to_html
from octavo.cite.attributes import clean_attributes, clean_chapter
from octavo.cite.checks import source_items
from octavo.cite.html import ConvertedChapter, Element, parse_fragment, split_chapters
from octavo.cite.kept import chapter_manifest, csl_json, list_manifest, others_of, pack, unpack
from octavo.cite.style import Style
from octavo.model.chapter import CHAPTER_ID, ExpandedChapter
from octavo.model.keeping import NOTHING_KEPT, Keeper, Manifest
from octavo.model.limits import Limits
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
_KIND = "chapter"


@dataclass(frozen=True, slots=True)
class _Group:
    """All chapters of one language, which are cited alike: ``cited`` are their sources in the order of the text.

    ``tags`` are the languages of the passes, by their primary subtags.
    """

    language: str
    chapters: tuple[ExpandedChapter, ...]
    cited: Mapping[str, Source]
    tags: Mapping[str, str]


def primary(language: str) -> str:
    """The primary subtag of a language tag (BCP 47): ``en`` of ``en-GB``."""
    return language.partition("-")[0].lower()


def convert(
    chapters: Sequence[ExpandedChapter],
    sources: Mapping[str, Source],
    style: Style,
    jobs: int,
    keeper: Keeper = NOTHING_KEPT,
    limits: Limits | None = None,
) -> dict[str, ConvertedChapter]:
    """Convert all chapters, in at most about ``jobs`` processes at a time; the result is by slug.

    What a chapter comes to does not depend on which others are converted in the same process; ``keeper`` has those of
    earlier builds.  Where the style is no note style, numbers and names may depend on all citations before, so that one
    process converts all chapters, whatever their languages.
    """
    groups = _groups(chapters, sources) if style.is_note else _one_group(chapters, sources)
    found: dict[str, ConvertedChapter] = {}
    waiting = []
    for group in groups:
        missing, manifests = [], {}
        others = others_of(group.cited.values(), style)
        for chapter in group.chapters:
            manifest = _manifest(chapter, group, others, style)
            kept = keeper.recall(_KIND, chapter.slug, manifest) if style.is_note else None
            if kept is not None:
                found[chapter.slug] = unpack(kept)
            else:
                missing.append(chapter)
                manifests[chapter.slug] = manifest
        waiting += [(group, batch, manifests) for batch in _batches(missing, jobs if style.is_note else 1)]
    with ThreadPoolExecutor(max_workers=max(jobs, 1)) as pool:
        results = pool.map(lambda one: _convert_or_name(one[0], one[1], style, limits), waiting)
        for (_, batch, manifests), converted in zip(waiting, results, strict=True):
            for chapter, result in zip(batch, converted, strict=True):
                if style.is_note:
                    keeper.keep(_KIND, chapter.slug, manifests[chapter.slug], pack(result))
                found[chapter.slug] = result
    return found


def _manifest(chapter: ExpandedChapter, group: _Group, others: str, style: Style) -> Manifest:
    own = [group.cited[key] for key in dict.fromkeys(item.key for item in source_items(chapter))]
    return chapter_manifest(with_quotes(chapter), group.tags, own, others, style)


def _groups(chapters: Sequence[ExpandedChapter], sources: Mapping[str, Source]) -> list[_Group]:
    by_language: dict[str, list[ExpandedChapter]] = {}
    for chapter in chapters:
        by_language.setdefault(chapter.chapter.front.language, []).append(chapter)
    return [_group(language, group, sources) for language, group in by_language.items()]


def _one_group(chapters: Sequence[ExpandedChapter], sources: Mapping[str, Source]) -> list[_Group]:
    sizes: Counter[str] = Counter()
    for chapter in chapters:
        sizes[chapter.chapter.front.language] += len(chapter.text)
    return [_group(sizes.most_common(1)[0][0], chapters, sources)] if chapters else []


def _group(language: str, chapters: Sequence[ExpandedChapter], sources: Mapping[str, Source]) -> _Group:
    cited = {item.key: sources[item.key] for chapter in chapters for item in source_items(chapter)}
    languages = {primary(source.language or language) for source in cited.values()}
    # The pass in the language of the text keeps its region: quotation marks differ between en-GB and en-US.
    tags = {one: tag_of(one, language, cited) for one in sorted({*languages, primary(language)})}
    return _Group(language, tuple(chapters), cited, tags)


def _batches(chapters: Sequence[ExpandedChapter], jobs: int) -> Iterator[tuple[ExpandedChapter, ...]]:
    """Chapters that go through one Pandoc process each."""
    total = sum(len(chapter.text) for chapter in chapters)
    share = max(total / max(jobs, 1), _WORTH_A_PROCESS)
    batch: list[ExpandedChapter] = []
    size = 0
    for chapter in chapters:
        batch.append(chapter)
        size += len(chapter.text)
        if size >= share:
            yield tuple(batch)
            batch, size = [], 0
    if batch:
        yield tuple(batch)


def _convert_or_name(
    group: _Group, chapters: Sequence[ExpandedChapter], style: Style, limits: Limits | None
) -> tuple[ConvertedChapter, ...]:
    """Convert a batch; where it goes beyond a limit, its chapters are tried one by one, to name the one that does."""
    try:
        return _convert_batch(group, chapters, style, limits)
    except PandocLimitError as error:
        for chapter in chapters:
            try:
                if len(chapters) > 1:
                    _convert_batch(group, (chapter,), style, limits)
                    continue
            except PandocLimitError:
                pass
            error.chapter = chapter.slug
            break
        raise


def _convert_batch(
    group: _Group, chapters: Sequence[ExpandedChapter], style: Style, limits: Limits | None
) -> tuple[ConvertedChapter, ...]:
    cited = {item.key: group.cited[item.key] for chapter in chapters for item in source_items(chapter)}
    languages = Counter(primary(source.language or group.language) for source in cited.values())
    main = languages.most_common(1)[0][0] if languages else primary(group.language)
    whole = len(chapters) == len(group.chapters)
    first = {} if whole else {"cited.md": _all_cited(group)}
    texts = first | {f"c{index:04d}.md": with_quotes(chapter) for index, chapter in enumerate(chapters)}
    bibliography = csl_json(group.cited.values())
    after = call_goes_behind(group.language)

    def one_pass(language: str) -> tuple[ConvertedChapter, ...]:
        html = markdown_to_html(
            texts,
            language=group.tags[language],
            style=style.csl,
            sources=bibliography,
            after_punctuation=after,
            limits=limits,
        )
        found = split_chapters(html, tuple(texts), CHAPTER_ID)[len(first) :]
        for chapter in found:
            clean_chapter(chapter)
        return found

    converted = one_pass(main)
    for language in sorted(set(languages) - {main}):
        for ours, theirs in zip(converted, one_pass(language), strict=True):
            take_citations(ours, theirs, language, group.language, cited)
    return converted


def _all_cited(group: _Group) -> str:
    """A text that cites all sources of a group, so that a style that tells works apart sees them all."""
    return f"# x {{#{CHAPTER_ID} .reset-citation-positions}}\n\n" + "".join(f"[@{{{key}}}]\n\n" for key in group.cited)


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


def list_cited(
    keys: Sequence[str],
    sources: Mapping[str, Source],
    style: Style,
    language: str,
    keeper: Keeper = NOTHING_KEPT,
) -> list[Element]:
    """The entries of the list of references for some keys, in the style's order, each in its language.

    Each element is Pandoc's ``div.csl-entry``, whose ``id`` is ``ref-KEY``.
    ``keeper`` has the lists of earlier builds.
    """
    cited = [sources[key] for key in keys]
    by_language: dict[str, set[str]] = {}
    for source in cited:
        by_language.setdefault(primary(source.language or language), set()).add(source.key)
    bibliography = csl_json(cited)
    order: list[str] = []
    found: dict[str, Element] = {}
    for group in sorted(by_language, key=lambda name: (name != primary(language), name)):
        tag = tag_of(group, language, {source.key: source for source in cited})
        manifest = list_manifest(keys, tag, bibliography, style)
        kept = keeper.recall("references", tag, manifest)
        if kept is None:
            kept = list_references(keys, language=tag, style=style.csl, sources=bibliography).encode()
            keeper.keep("references", tag, manifest, kept)
        listed = parse_fragment(kept.decode())
        clean_attributes(listed)
        entries = [entry for entry in listed.iter("div") if "csl-entry" in (entry.get("class") or "")]
        order = order or [entry.get("id", "") for entry in entries]
        for entry in entries:
            if entry.get("id", "").removeprefix("ref-") in by_language[group]:
                found[entry.get("id", "")] = entry
    return [found[identifier] for identifier in order if identifier in found]
