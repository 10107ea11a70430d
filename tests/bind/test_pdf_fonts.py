"""Fonts, images, size and metadata of the bound PDF."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from xml.etree import ElementTree

import pikepdf
import pytest
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont

import pdf_sample
from octavo import __version__
from octavo.bind.pdf import bind_pdf
from octavo.bind.pdf.metadata import pdf_date
from octavo.bind.pdf.truetype import Union, read_subset
from octavo.model.edition import Metadata, PrintedUnit
from pdf_sample import BODIES, METADATA, PAGE_SIZE, bound, layout, opened, units, views


@pytest.fixture(scope="module")
def pdf() -> pikepdf.Pdf:
    return opened(bound())


def _fonts(file: pikepdf.Pdf) -> dict[tuple[int, int], pikepdf.Object]:
    resources = [page.obj.Resources for page in file.pages if "/Font" in page.obj.Resources]
    return {font.objgen: font for one in resources for font in one.Font.values()}


def _file(font: pikepdf.Object) -> pikepdf.Object:
    return font.DescendantFonts[0].FontDescriptor.FontFile2


def _bare(font: pikepdf.Object) -> str:
    return str(font.BaseFont).rpartition("+")[2]


def test_each_face_is_there_once(pdf: pikepdf.Pdf) -> None:
    fonts = list(_fonts(pdf).values())
    names = {_bare(font) for unit in units() for font in _fonts(opened(unit.pdf)).values()}
    assert len(names) >= 5
    assert sorted(_bare(font) for font in fonts) == sorted(names)
    assert len({_file(font).objgen for font in fonts}) == len(names)
    for font in fonts:
        assert re.fullmatch(r"/[A-Z]{6}\+[\w-]+", str(font.BaseFont))
        assert font.BaseFont == font.DescendantFonts[0].BaseFont == font.DescendantFonts[0].FontDescriptor.FontName


def test_a_joined_font_has_the_glyphs_of_all_subsets(pdf: pikepdf.Pdf) -> None:
    for font in _fonts(pdf).values():
        whole = TTFont(io.BytesIO(_file(font).read_bytes()), checkChecksums=2)
        for unit in units():
            for other in _fonts(opened(unit.pdf)).values():
                if _bare(other) != _bare(font):
                    continue
                part = TTFont(io.BytesIO(_file(other).read_bytes()))
                for number in _widths(other):
                    assert _drawn(whole, number) == _drawn(part, number)


def _drawn(font: TTFont, number: int) -> tuple[object, object]:
    name = font.getGlyphName(number)
    pen = DecomposingRecordingPen(font.getGlyphSet())
    font.getGlyphSet()[name].draw(pen)
    return pen.value, font["hmtx"][name]


def test_parts_of_glyphs_have_other_numbers_in_other_subsets() -> None:
    # This is why parts are numbered anew; without such a pair the test above would show nothing.
    subsets = []
    for unit in (units()[1], units()[3]):
        (font,) = [font for font in _fonts(opened(unit.pdf)).values() if _bare(font) == "PT-Serif"]
        ttf = TTFont(io.BytesIO(_file(font).read_bytes()))
        (number,) = [int(code, 16) for code in re.findall(rb"<([0-9a-f]{4})> <0069>", font.ToUnicode.read_bytes())]
        glyph = ttf["glyf"][ttf.getGlyphName(number)]
        subsets.append([ttf.getGlyphID(part.glyphName) for part in glyph.components])
    assert subsets[0] != subsets[1]


def test_widths_and_letters_are_those_of_all_subsets(pdf: pikepdf.Pdf) -> None:
    pair = re.compile(rb"<[0-9a-f]{4}> <[0-9a-f]*>")
    for font in _fonts(pdf).values():
        twins = [
            other for unit in units() for other in _fonts(opened(unit.pdf)).values() if _bare(other) == _bare(font)
        ]
        letters = {match for other in twins for match in pair.findall(other.ToUnicode.read_bytes())}
        assert set(pair.findall(font.ToUnicode.read_bytes())) == letters
        assert _widths(font) == {key: value for other in twins for key, value in _widths(other).items()}


def _widths(font: pikepdf.Object) -> dict[int, object]:
    flat = list(font.DescendantFonts[0].W)
    return {int(first) + i: w for first, run in zip(flat[::2], flat[1::2], strict=True) for i, w in enumerate(run)}


def _changed(unit: PrintedUnit, old: bytes, new: bytes) -> PrintedUnit:
    with pikepdf.open(io.BytesIO(unit.pdf)) as file:
        (font,) = [font for font in _fonts(file).values() if _bare(font) == "PT-Serif"]
        cmap = font.ToUnicode.read_bytes()
        assert old in cmap
        font.ToUnicode.write(cmap.replace(old, new))
        file.save(buffer := io.BytesIO())
    return replace(unit, pdf=buffer.getvalue())


def test_units_that_read_a_glyph_differently_share_the_file_and_keep_their_reading() -> None:
    first = pdf_sample.unit("first", "<p>a b</p>")
    second = _changed(pdf_sample.unit("second", "<p>a c</p>"), b" <0061>\n", b" <0062>\n")
    file = bind_pdf([first, second], METADATA, page_size=PAGE_SIZE)
    assert [view[0] for view in views(file)] == [views(first.pdf)[0][0], "", views(second.pdf)[0][0]]
    fonts = [font for font in _fonts(opened(file)).values() if _bare(font) == "PT-Serif"]
    assert len(fonts) == 2
    assert len({_file(font).objgen for font in fonts}) == 1


def test_units_with_another_outline_of_a_glyph_keep_their_font() -> None:
    first, second = pdf_sample.unit("first", "<p>ab</p>"), pdf_sample.unit("second", "<p>ac</p>")
    with pikepdf.open(io.BytesIO(second.pdf)) as file:
        (font,) = [font for font in _fonts(file).values() if _bare(font) == "PT-Serif"]
        ttf = TTFont(io.BytesIO(_file(font).read_bytes()), recalcTimestamp=False)
        glyph = ttf["glyf"][ttf.getBestCmap()[ord("a")]]
        glyph.coordinates.scale((0.5, 1))
        ttf.save(buffer := io.BytesIO())
        _file(font).write(buffer.getvalue())
        file.save(buffer := io.BytesIO())
    second = replace(second, pdf=buffer.getvalue())
    file = bind_pdf([first, second], METADATA, page_size=PAGE_SIZE)
    assert [view[1] for view in views(file)][::2] == [views(first.pdf)[0][1], views(second.pdf)[0][1]]
    fonts = [font for font in _fonts(opened(file)).values() if _bare(font) == "PT-Serif"]
    assert len({_file(font).objgen for font in fonts}) == 2


def test_a_font_with_missing_glyphs_stays_in_its_unit() -> None:
    # No installed font is sure to lack a letter; a noncharacter is in none.
    first, second = pdf_sample.unit("first", "<p>a\ufdd0b</p>"), pdf_sample.unit("second", "<p>ac</p>")
    file = bind_pdf([first, second], METADATA, page_size=PAGE_SIZE)
    assert [view[:2] for view in views(file)][::2] == [views(first.pdf)[0][:2], views(second.pdf)[0][:2]]


def test_other_kinds_of_font_are_not_read() -> None:
    assert read_subset(b"OTTO\0\1" + bytes(40), {1}) is None
    assert read_subset(b"\0\1\0\0\0\x09damaged", {1}) is None
    assert read_subset(b"", {1}) is None
    font = _file(next(iter(_fonts(opened(units()[0].pdf)).values()))).read_bytes()
    assert read_subset(font, {1}) is not None
    assert read_subset(font, {60000}) is None


def test_a_long_font_gets_long_offsets() -> None:
    font = next(iter(_fonts(opened(units()[0].pdf)).values()))
    subset = read_subset(_file(font).read_bytes(), _widths(font))
    assert subset is not None
    union = Union(subset)
    union.add(subset)
    short = TTFont(io.BytesIO(union.write()), checkChecksums=2)
    assert short["head"].indexToLocFormat == 0
    glyph = max(subset.glyphs.values(), key=lambda glyph: len(glyph.data))
    union.glyphs.update((number, glyph) for number in range(3000))
    long = TTFont(io.BytesIO(union.write()), checkChecksums=2)
    assert long["head"].indexToLocFormat == 1
    assert len(long.getGlyphOrder()) == 3000


def test_equal_images_and_forms_are_there_once(pdf: pikepdf.Pdf) -> None:
    def kinds(file: pikepdf.Pdf, kind: str) -> set[tuple[int, int]]:
        found = set()
        waiting = [page.obj.Resources for page in file.pages]
        while waiting:
            for value in waiting.pop().get("/XObject", pikepdf.Dictionary()).values():
                if value.Subtype == kind:
                    found.add(value.objgen)
                if "/Resources" in value:
                    waiting.append(value.Resources)
        return found

    own = [opened(unit.pdf) for unit in units()]
    assert sum(len(kinds(file, "/Image")) for file in own) == 2
    assert len(kinds(pdf, "/Image")) == 1


def test_the_file_is_sound_and_of_version_1_7(pdf: pikepdf.Pdf) -> None:
    assert pdf.check_pdf_syntax() == []
    assert pdf.pdf_version == "1.7"


def test_the_same_units_give_the_same_bytes() -> None:
    assert bind_pdf(units(), METADATA, page_size=PAGE_SIZE) == bound()


def test_the_file_is_hardly_larger_than_one_made_in_one_go() -> None:
    body = "".join(f'<div style="break-before: recto">{body}</div>' for body in BODIES.values())
    whole, _ = layout(body.replace("octavo-anchor:", "#"))
    assert len(bound()) <= 1.15 * len(whole)


def test_catalog_and_information(pdf: pikepdf.Pdf) -> None:
    root = pdf.Root
    assert root.Lang == "ru"
    assert root.PageLayout == "/TwoPageRight"
    assert root.ViewerPreferences.DisplayDocTitle
    assert root.MarkInfo.Marked
    assert {key: str(value) for key, value in pdf.docinfo.items()} == {
        "/Title": "Торговля & рост: A reader",
        "/Author": "Анна Иванова, B. Author",
        "/Subject": "About trade <and> growth",
        "/Keywords": "trade, рост",
        "/Producer": f"Octavo {__version__}",
        "/CreationDate": "D:202405",
        "/ModDate": "D:20240601100000+03'00'",
    }


def test_the_xmp_packet_says_the_same(pdf: pikepdf.Pdf) -> None:
    packet = pdf.Root.Metadata
    # Readers that know nothing of PDF look for the packet, so it is not compressed.
    assert "/Filter" not in packet
    root = ElementTree.fromstring(packet.read_bytes())
    dc, rdf = "{http://purl.org/dc/elements/1.1/}", "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
    language = "{http://www.w3.org/XML/1998/namespace}lang"
    titles = {li.get(language): li.text for li in root.iterfind(f".//{dc}title//{rdf}li")}
    assert titles == {"x-default": "Торговля & рост: A reader", "ru": "Торговля & рост: A reader"}
    listed = {
        name: [li.text for li in root.iterfind(f".//{dc}{name}//{rdf}li")]
        for name in ("creator", "publisher", "language", "date")
    }
    assert listed == {
        "creator": ["Анна Иванова", "B. Author"],
        "publisher": ["The Press"],
        "language": ["ru"],
        "date": ["2024-05"],
    }
    assert root.findtext(f".//{dc}identifier") == "urn:isbn:978-5-00-000000-0"
    assert root.findtext(".//{http://ns.adobe.com/xap/1.0/}ModifyDate") == METADATA.modified
    assert root.findtext(".//{http://ns.adobe.com/xap/1.0/}Identifier//" + f"{rdf}li") == "urn:isbn:978-5-00-000000-0"
    assert root.findtext(".//{http://ns.adobe.com/pdf/1.3/}Producer") == f"Octavo {__version__}"
    assert b"pdfuaid" not in packet.read_bytes()


def test_without_dates_the_file_has_none() -> None:
    unit = pdf_sample.unit("only", "<p>x</p>")
    file = opened(bind_pdf([unit], Metadata("T", "en"), page_size=PAGE_SIZE))
    assert set(file.docinfo.keys()) == {"/Title", "/Producer"}
    assert b"Date" not in file.Root.Metadata.read_bytes()


@pytest.mark.parametrize(
    ("date", "written"),
    [
        ("2024", "D:2024"),
        ("2024-05-06", "D:20240506"),
        ("2024-05-06T07:08:09Z", "D:20240506070809Z"),
        ("2024-05-06T07:08:09.5-0330", "D:20240506070809-03'30'"),
        ("soon", ""),
        ("", ""),
    ],
)
def test_dates(date: str, written: str) -> None:
    assert pdf_date(date) == written
