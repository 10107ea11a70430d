"""``publication.yaml`` into a Publication."""

from __future__ import annotations

import re
import unicodedata
from datetime import date as calendar_date

from octavo.model.finding import Finding
from octavo.model.lazy import lazy
from octavo.model.publication import (
    BibliographySettings,
    Connection,
    DataSettings,
    EditionSettings,
    Format,
    ListSettings,
    Numbering,
    PageSettings,
    Part,
    Person,
    Publication,
    Repeats,
    SectionSettings,
)
from octavo.model.source import Location, SourceFile, Span
from octavo.read.extracts import read_extracts
from octavo.read.fields import Fields
from octavo.read.lengths import NAMED_SIZES, length_of, read_size
from octavo.read.limit_settings import read_limits
from octavo.read.lint_settings import read_lint_settings
from octavo.read.yaml_tree import SHORT, parse_yaml

FILE = "publication.yaml"
# Books of a word processor are read and marked on the paper of an office.
_DEFAULT_PAGES = {Format.DOCX: PageSettings(*NAMED_SIZES["A4"])}
_DATE = lazy(r"\d{4}(-\d\d(-\d\d)?)?$")
_LANGUAGE = lazy(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")
_CURRENCY = lazy(r"[A-Z]{3}")
_SLUG = lazy(r"[a-z0-9][a-z0-9-]*\Z")


def read_publication(source: SourceFile, findings: list[Finding]) -> Publication:
    """Read the configuration; all that is wrong in it is added to ``findings``, and defaults stand in for it."""
    value = parse_yaml(source, Span(0, len(source.text)), findings, SHORT)
    if value is None and not findings:
        findings.append(
            Finding("CFG103", "missing-key", "the file is empty", Location(source.path), "add `title: ...`")
        )
    return publication_of(Fields(value, FILE, findings, Location(source.path), told=value is None), findings)


def publication_of(fields: Fields, findings: list[Finding]) -> Publication:
    """The publication that the fields of a configuration describe; every key there is gets asked for here."""
    title = fields.text("title", required=True)
    slug = fields.text("slug") or slug_of(title)
    if not _SLUG.match(slug):
        _wrong(findings, fields.location_of("slug"), f"'{slug}' is no slug", "use a-z, 0-9 and hyphens")
        slug = slug_of(slug)
    appendices = fields.texts("appendices")
    publication = Publication(
        title=title,
        slug=slug,
        language=read_language(fields, findings, "en"),
        subtitle=fields.text("subtitle"),
        authors=read_persons(fields),
        authors_note=fields.text("authors_note"),
        publisher=fields.text("publisher"),
        place=fields.text("place"),
        date=read_date(fields, findings),
        isbn=_isbn(fields, findings),
        rights=fields.text("rights"),
        identifier=fields.text("identifier"),
        description=fields.text("description"),
        keywords=tuple(text for text, _ in fields.texts("keywords")),
        parts=tuple(_part(entry) for entry in fields.mappings("parts")),
        appendices=tuple(text for text, _ in appendices),
        appendix_locations=tuple(at for _, at in appendices),
        bibliography=_bibliography(fields.mapping("bibliography")),
        notes=_numbering(fields.mapping("notes")),
        sections=_sections(fields.mapping("sections")),
        lists=_lists(fields.mapping("lists")),
        data=_data(fields.mapping("data"), findings),
        editions=_editions(fields.mapping("editions"), findings),
        extracts=read_extracts(fields.mapping("extracts"), findings),
        lint=read_lint_settings(fields.mapping("lint")),
        limits=read_limits(fields.mapping("limits")),
    )
    fields.close()
    return publication


def slug_of(text: str) -> str:
    """A slug from any text: lower-case letters and digits of ASCII, joined by hyphens."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", plain.lower())) or "publication"


def read_persons(fields: Fields) -> tuple[Person, ...]:
    """The ``authors`` of a publication or a chapter: texts, or mappings with ``name``."""
    persons = []
    for entry in fields.entries("authors"):
        if isinstance(entry, str):
            persons.append(Person(entry))
            continue
        persons.append(
            Person(
                name=entry.text("name", required=True),
                affiliation=entry.text("affiliation"),
                orcid=entry.text("orcid"),
                email=entry.text("email"),
            )
        )
        entry.close()
    return tuple(persons)


def read_date(fields: Fields, findings: list[Finding]) -> str:
    """The ``date``: a year, a month or a day of ISO 8601, or empty."""
    date = fields.text("date")
    if date and not _is_date(date):
        _wrong(findings, fields.location_of("date"), f"'{date}' is no date", "write 2026, 2026-03 or 2026-03-31")
        return ""
    return date


def _is_date(text: str) -> bool:
    if not _DATE.match(text):
        return False
    year, month, day = (int(part) for part in (text + "-01-01").split("-")[:3])
    try:
        calendar_date(year, month, day)
    except ValueError:
        return False
    return True


def _isbn(fields: Fields, findings: list[Finding]) -> str:
    """The ``isbn`` as it was written, its check digit proved (ISBN Users' Manual, 5; ISO 2108:2017)."""
    isbn = fields.text("isbn")
    digits = isbn.upper().replace("-", "").replace(" ", "").removeprefix("ISBN")
    if not isbn or _is_isbn(digits):
        return isbn
    hint = "an ISBN has 10 or 13 digits, of which the last proves the others"
    _wrong(findings, fields.location_of("isbn"), f"'{isbn}' is no ISBN", hint)
    return ""


def _is_isbn(digits: str) -> bool:
    if re.fullmatch(r"\d{13}", digits, re.ASCII):
        return sum(int(digit) * (3 if index % 2 else 1) for index, digit in enumerate(digits)) % 10 == 0
    if re.fullmatch(r"\d{9}[\dX]", digits, re.ASCII):
        values = [10 if digit == "X" else int(digit) for digit in digits]
        return sum(value * (10 - index) for index, value in enumerate(values)) % 11 == 0
    return False


def read_language(fields: Fields, findings: list[Finding], default: str) -> str:
    """The ``language``: a tag of BCP 47 such as ``en-GB``."""
    language = fields.text("language", default)
    if language and not _LANGUAGE.match(language):
        _wrong(findings, fields.location_of("language"), f"'{language}' is no language tag", "write en, en-GB, ru ...")
        return default
    return language


def _wrong(findings: list[Finding], location: Location, message: str, hint: str) -> None:
    findings.append(Finding("CFG102", "wrong-value", message, location, hint))


def _part(fields: Fields) -> Part:
    title = fields.text("title", required=True)
    chapters = fields.texts("chapters", required=True)
    part = Part(
        title=title,
        chapters=tuple(text for text, _ in chapters),
        location=fields.location,
        chapter_locations=tuple(at for _, at in chapters),
    )
    fields.close()
    return part


def _bibliography(fields: Fields) -> BibliographySettings:
    default = BibliographySettings()
    settings = BibliographySettings(
        style=fields.text("style", default.style),
        repeats=fields.choice("repeats", Repeats.IBID),
        style_location=fields.location_of("style"),
    )
    fields.close()
    return settings


def _numbering(fields: Fields) -> Numbering:
    numbering = fields.choice("numbering", Numbering.CONTINUOUS)
    fields.close()
    return numbering


def _sections(fields: Fields) -> SectionSettings:
    settings = SectionSettings(numbered=fields.flag("numbered", False))
    fields.close()
    return settings


def _data(fields: Fields, findings: list[Finding]) -> DataSettings:
    currency = fields.text("currency")
    if currency and not _CURRENCY.fullmatch(currency):
        at = fields.location_of("currency")
        _wrong(findings, at, f"'{currency}' is no currency", "write three letters of ISO 4217: USD, EUR, BYN")
    connections = fields.mapping("connections")
    found = []
    for name in connections.names():
        entry = connections.mapping(name)
        found.append(Connection(name, entry.text("variable", required=True), entry.location))
        entry.close()
    fields.close()
    return DataSettings(currency, tuple(found))


def _lists(fields: Fields) -> ListSettings:
    settings = ListSettings(tables=fields.switch("tables"), figures=fields.switch("figures"))
    fields.close()
    return settings


def _editions(fields: Fields, findings: list[Finding]) -> tuple[EditionSettings, ...]:
    editions = []
    for name in fields.names():
        entry = fields.mapping(name)
        if not _SLUG.match(name):
            at = fields.location_of_key(name)
            _wrong(findings, at, f"'{name}' is no name of an edition", "use a-z, 0-9 and hyphens")
        form = entry.choice("format", Format.PDF)
        editions.append(
            EditionSettings(
                name=name,
                format=form,
                page=_page(entry.mapping("page"), findings, _DEFAULT_PAGES.get(form, PageSettings())),
                cover=entry.text("cover"),
                location=entry.location,
                cover_location=entry.location_of("cover"),
            )
        )
        entry.close()
    if not editions:
        return (EditionSettings("print", Format.PDF), EditionSettings("ebook", Format.EPUB))
    return tuple(editions)


def _page(fields: Fields, findings: list[Finding], default: PageSettings) -> PageSettings:
    width, height = read_size(fields, findings, (default.width, default.height))
    bleed = length_of(fields.text("bleed", "0"))
    if bleed is None or bleed > 20:
        _wrong(findings, fields.location_of("bleed"), "'bleed' must be a length up to 20 mm", "write `3mm` or 0")
        bleed = 0.0
    fields.close()
    return PageSettings(width, height, bleed)
