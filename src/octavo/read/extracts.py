"""``extracts`` of ``publication.yaml`` into Extracts: profiles, those that come with Octavo too, and papers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from octavo.model.extract import Extracts, Fonts, Limits, Output, Paper, PaperPage, Profile
from octavo.model.finding import Finding
from octavo.model.lazy import lazy
from octavo.model.source import Location, SourceFile, Span
from octavo.model.suggest import did_you_mean
from octavo.read.fields import Fields
from octavo.read.lengths import length_of, read_size
from octavo.read.yaml_tree import parse_yaml

# The ready profiles, one file each, in the form in which a publication writes its own.
READY = Path(__file__).resolve().parent.parent / "templates" / "profiles"
# The families of the package that a text can be set in.
_FAMILIES = ("PT Serif", "PT Sans")
_NAME = lazy(r"[a-z0-9][a-z0-9-]*$")
_LANGUAGE = lazy(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")
_POINTS = 72 / 25.4
_SMALLEST, _LARGEST = 6.0, 24.0
# Narrower, a line holds no two words; a column has to take a table.
_NARROWEST = 40.0


def read_extracts(fields: Fields, findings: list[Finding]) -> Extracts:
    """The profiles and papers of a publication; what is wrong in them is told, and defaults stand in for it."""
    entries = fields.mapping("profiles")
    own = {}
    names = tuple(entries.names())
    papers = fields.mappings("papers")
    ready = _ready_profiles() if names or papers else {}
    for name in names:
        at = entries.location_of_key(name)
        if not _NAME.match(name):
            _wrong(findings, at, f"'{name}' is no name of a profile", "use a-z, 0-9 and hyphens")
        own[name] = _profile(name, entries.mapping(name), ready, findings)
    profiles = {**ready, **own}
    found: dict[str, Paper] = {}
    for entry in papers:
        paper = _paper(entry, profiles, findings)
        first = found.get(paper.name)
        if first is not None:
            line = first.location.line if first.location else 0
            message = f"two papers have the name '{paper.name}'"
            hint = f"the first is on line {line}; give one a `name:` of its own"
            findings.append(Finding("EXT105", "double-paper", message, entry.location, hint))
        elif paper.name and paper.profile in profiles:
            found[paper.name] = paper
    fields.close()
    return Extracts(profiles, tuple(found.values()))


def _ready_profiles() -> dict[str, Profile]:
    """The profiles that come with Octavo, by name."""
    profiles = {}
    for path in sorted(READY.glob("*.yaml")):
        source = SourceFile(path.name, path.read_text(encoding="utf-8"))
        findings: list[Finding] = []
        value = parse_yaml(source, Span(0, len(source.text)), findings)
        profile = _profile(path.stem, Fields(value, path.name, findings, Location(path.name)), {}, findings)
        assert not findings, findings
        # What is wrong with the use of a ready profile is told where a publication names it.
        profiles[path.stem] = replace(profile, style_location=None, citations_location=None, template_location=None)
    return profiles


def _profile(name: str, fields: Fields, ready: Mapping[str, Profile], findings: list[Finding]) -> Profile:
    base = Profile(name)
    parent = fields.text("extends") if ready else ""
    if parent:
        if parent in ready:
            base = ready[parent]
        else:
            at = fields.location_of("extends")
            message = f"'{parent}' is none of the profiles that come with Octavo, which alone can be extended"
            findings.append(_unknown_profile(parent, ready, at, message))
    style = fields.text("style", base.style)
    citations = fields.choice("citations", base.citations)
    columns = _columns(fields, base.columns, findings)
    page = _page(fields.mapping("page"), base.page, columns, findings)
    profile = Profile(
        name=name,
        style=style,
        citations=citations,
        page=page,
        columns=columns,
        fonts=_fonts(fields.mapping("fonts"), base.fonts, findings),
        template=fields.text("template", base.template),
        blocks=fields.choices("blocks", base.blocks),
        language=_language(fields, base.language, findings),
        anonymous=fields.flag("anonymous", base.anonymous),
        numbered=_numbered(fields.mapping("sections"), base.numbered),
        limits=_limits(fields.mapping("limits"), base.limits),
        outputs=fields.choices("outputs", base.outputs) or (Output.PDF,),
        style_location=fields.location_of("style"),
        # Where a profile has the one and not the other, what it has does not fit.
        citations_location=fields.location_of("citations") if fields.value("citations") else None,
        template_location=fields.location_of("template"),
    )
    fields.close()
    return profile


def _unknown_profile(name: str, known: Mapping[str, Profile], at: Location, message: str = "") -> Finding:
    hint = did_you_mean(name, known) or f"known: {', '.join(sorted(known))}"
    return Finding("EXT101", "unknown-profile", message or f"there is no profile '{name}'", at, hint)


def _columns(fields: Fields, default: int, findings: list[Finding]) -> int:
    columns = fields.count("columns", default) or 1
    if columns > 2:
        _wrong(findings, fields.location_of("columns"), "a paper has one column or two", "write `columns: 2`")
        return default
    return columns


def _page(fields: Fields, base: PaperPage, columns: int, findings: list[Finding]) -> PaperPage:
    width, height = read_size(fields, findings, (base.width, base.height))
    sides = _margins(fields, (base.top, base.right, base.bottom, base.left), findings)
    gutter = length_of(fields.text("gutter", f"{base.gutter:g}mm"))
    if gutter is None:
        _wrong(findings, fields.location_of("gutter"), "'gutter' must be a length", "write `gutter: 6mm`")
        gutter = base.gutter
    page = PaperPage(width, height, *sides, gutter)
    if page.measure(columns) < _NARROWEST or page.text_height < _NARROWEST:
        message = f"the margins leave {page.measure(columns):.0f} by {page.text_height:.0f} mm for a column of text"
        hint = f"at least {_NARROWEST:.0f} mm each are needed"
        _wrong(findings, fields.location_of("margins"), message, hint)
        page = PaperPage()
    fields.close()
    return page


def _margins(
    fields: Fields, default: tuple[float, float, float, float], findings: list[Finding]
) -> tuple[float, float, float, float]:
    """One to four lengths, as CSS has them: all; top and sides; top, sides, bottom; top, right, bottom, left."""
    text = fields.text("margins")
    if not text:
        return default
    lengths = [length for length in map(length_of, text.split()) if length is not None]
    if len(lengths) != len(text.split()) or len(lengths) > 4:
        hint = "write one to four lengths: `25mm`, or `20mm 25mm 25mm 25mm` for top, right, bottom, left"
        _wrong(findings, fields.location_of("margins"), f"'{text}' are no margins", hint)
        return default
    top = lengths[0]
    right = lengths[1] if len(lengths) > 1 else top
    bottom = lengths[2] if len(lengths) > 2 else top
    return top, right, bottom, lengths[3] if len(lengths) > 3 else right


def _fonts(fields: Fields, base: Fonts, findings: list[Finding]) -> Fonts:
    fonts = Fonts(
        text=_family(fields, "text", base.text, findings),
        headings=_family(fields, "headings", base.headings, findings),
        size=_points(fields, "size", base.size, findings),
        leading=_points(fields, "leading", base.leading, findings),
        notes=_points(fields, "notes", base.notes, findings),
        tables=_points(fields, "tables", base.tables, findings),
    )
    fields.close()
    return fonts


def _family(fields: Fields, key: str, default: str, findings: list[Finding]) -> str:
    family = fields.text(key, default)
    if family in _FAMILIES or not fields.text(key):
        return family
    hint = did_you_mean(family, _FAMILIES) or f"known: {', '.join(_FAMILIES)}"
    _wrong(findings, fields.location_of(key), f"there is no font '{family}'", hint)
    return default


def _points(fields: Fields, key: str, default: float, findings: list[Finding]) -> float:
    """A size of type in points; a number without a unit is one."""
    text = fields.text(key)
    if not text:
        return default
    length = length_of(f"{text}pt" if text[-1:].isdigit() else text)
    size = None if length is None else round(length * _POINTS, 3)
    if size is None or not _SMALLEST <= size <= _LARGEST:
        hint = f"write points from {_SMALLEST:.0f} to {_LARGEST:.0f}, such as `{key}: {default:g}`"
        _wrong(findings, fields.location_of(key), f"'{text}' is no size of type", hint)
        return default
    return size


def _language(fields: Fields, default: str, findings: list[Finding]) -> str:
    language = fields.text("language", default)
    if language and fields.value("language") is not None and not _LANGUAGE.match(language):
        _wrong(findings, fields.location_of("language"), f"'{language}' is no language tag", "write en, en-GB, ru ...")
        return default
    return language


def _numbered(fields: Fields, default: bool | None) -> bool | None:
    numbered = fields.switch("numbered")
    fields.close()
    return default if numbered is None else numbered


def _limits(fields: Fields, base: Limits) -> Limits:
    limits = Limits(
        pages=fields.count("pages", base.pages),
        words=fields.count("words", base.words),
        characters=fields.count("characters", base.characters),
        abstract_words=fields.count("abstract_words", base.abstract_words),
        keywords=fields.count("keywords", base.keywords),
        sources=fields.count("sources", base.sources),
    )
    fields.close()
    return limits


def _paper(fields: Fields, profiles: Mapping[str, Profile], findings: list[Finding]) -> Paper:
    chapter = fields.text("chapter", required=True)
    profile = fields.text("profile", required=True)
    if profile and profile not in profiles:
        findings.append(_unknown_profile(profile, profiles, fields.location_of("profile")))
    name = fields.text("name") or (f"{chapter}-{profile}" if chapter and profile else "")
    if name and not _NAME.match(name):
        _wrong(findings, fields.location_of("name"), f"'{name}' is no name of a paper", "use a-z, 0-9 and hyphens")
        name = ""
    paper = Paper(
        name=name,
        chapter=chapter,
        profile=profile,
        location=fields.location,
        chapter_location=fields.location_of("chapter"),
        profile_location=fields.location_of("profile"),
    )
    fields.close()
    return paper


def _wrong(findings: list[Finding], location: Location, message: str, hint: str) -> None:
    findings.append(Finding("CFG102", "wrong-value", message, location, hint))
