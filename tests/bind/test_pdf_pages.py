"""Pages of the bound PDF: order, parity, labels, appearance, outline, links."""

from __future__ import annotations

from dataclasses import replace

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pdf_sample
from octavo.bind.pdf import bind_pdf
from octavo.bind.pdf.pages import roman
from octavo.errors import InternalError
from octavo.model.edition import Bookmark, PrintedUnit
from pdf_sample import METADATA, PAGE_SIZE, bound, opened, starts, units, views


@pytest.fixture(scope="module")
def pdf() -> pikepdf.Pdf:
    return opened(bound())


def _tiny(name: str, pages: int) -> PrintedUnit:
    body = "".join(f'<h2 id="{name}-{i}" style="break-before: page">{name} {i}</h2>' for i in range(pages))
    return pdf_sample.unit(name, body)


@pytest.fixture(scope="module")
def tiny() -> list[PrintedUnit]:
    return [_tiny(name, pages) for name, pages in zip("abcdef", (1, 2, 3, 4, 1, 2), strict=True)]


def test_the_sample_has_units_of_odd_and_of_even_length() -> None:
    assert {unit.pages % 2 for unit in units()[:-1]} == {0, 1}


def test_each_unit_begins_on_an_odd_page_and_nothing_follows_the_last(pdf: pikepdf.Pdf) -> None:
    assert all(start % 2 == 0 for start in starts(units()))
    assert len(pdf.pages) == starts(units())[-1] + units()[-1].pages


def test_pages_show_what_the_units_show() -> None:
    seen = views(bound())
    for start, unit in zip(starts(units()), units(), strict=True):
        own = views(unit.pdf)
        for i, (text, pixels, _) in enumerate(own):
            assert seen[start + i][0] == text, f"text of page {i} of {unit.id}"
            assert seen[start + i][1] == pixels, f"pixels of page {i} of {unit.id}"
    blank = seen[starts(units())[1] - 1]
    assert blank[0] == ""
    assert set(blank[1]) == {255}


def test_labels_are_the_folios_in_two_series() -> None:
    labels = [label for _, _, label in views(bound())]
    text = [str(i + 1) for i in range(len(labels) - 2)]
    assert labels == ["i", "ii", *text]


def test_a_jump_in_the_folios_is_kept(tiny: list[PrintedUnit]) -> None:
    file = bind_pdf([replace(tiny[0], first_folio=5), replace(tiny[1], first_folio=11)], METADATA, page_size=PAGE_SIZE)
    assert [label for _, _, label in views(file)] == ["5", "6", "11", "12"]


@pytest.mark.parametrize(("number", "figures"), [(1, "i"), (4, "iv"), (14, "xiv"), (48, "xlviii"), (1994, "mcmxciv")])
def test_roman_figures(number: int, figures: str) -> None:
    assert roman(number) == figures


def test_blank_pages_have_the_trim_size(pdf: pikepdf.Pdf) -> None:
    blank = pdf.pages[starts(units())[1] - 1].obj
    assert [round(float(x), 3) for x in blank.MediaBox] == [0, 0, *(round(x, 3) for x in PAGE_SIZE)]
    assert "/Contents" not in blank
    assert "/StructParents" not in blank


def _names(node: pikepdf.Object) -> list[tuple[bytes, pikepdf.Object]]:
    flat = list(node.get("/Names", ()))
    pairs = [(bytes(name), value) for name, value in zip(flat[::2], flat[1::2], strict=True)]
    for kid in node.get("/Kids", ()):
        below = _names(kid)
        assert [bytes(limit) for limit in kid.Limits] == [below[0][0], below[-1][0]]
        pairs += below
    return pairs


def test_all_anchors_are_named_destinations_on_their_pages(pdf: pikepdf.Pdf) -> None:
    index = {page.obj.objgen: i for i, page in enumerate(pdf.pages)}
    pairs = _names(pdf.Root.Names.Dests)
    assert [name for name, _ in pairs] == sorted(name for name, _ in pairs)
    found = {str(pikepdf.String(name)): index[target[0].objgen] for name, target in pairs}
    assert found == {
        anchor: start + page
        for start, unit in zip(starts(units()), units(), strict=True)
        for anchor, page in unit.anchors.items()
    }


def _links(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    return [annotation for page in pdf.pages for annotation in page.obj.get("/Annots", ())]


def test_links_to_other_units_lead_to_named_destinations(pdf: pikepdf.Pdf) -> None:
    names = {name for name, _ in _names(pdf.Root.Names.Dests)}
    own = sum(len(_links(opened(unit.pdf))) for unit in units())
    links = _links(pdf)
    assert len(links) == own
    addresses = [str(link.A.URI) for link in links if "/A" in link]
    assert addresses
    assert all(address.startswith("https://example.org/") for address in addresses)
    assert all(bytes(link.Dest) in names for link in links if "/A" not in link)
    front = [str(link.Contents) for link in pdf.pages[0].obj.Annots]
    assert front == [f"Unit one, {1}", f"Unit two, {units()[2].first_folio}", f"Unit refs, {units()[3].first_folio}"]
    assert [str(link.Dest) for link in pdf.pages[0].obj.Annots] == ["one", "глава-2", "refs"]


def test_a_link_to_no_anchor_is_our_fault() -> None:
    with pytest.raises(InternalError, match="unit 'front' links to anchor 'refs'"):
        bind_pdf(units()[:3], METADATA, page_size=PAGE_SIZE)


def test_an_anchor_in_two_units_is_our_fault(tiny: list[PrintedUnit]) -> None:
    with pytest.raises(InternalError, match="anchor 'b-0' is in unit 'b' and again in unit 'c'"):
        bind_pdf([tiny[1], replace(tiny[1], id="c")], METADATA, page_size=PAGE_SIZE)


def test_a_wrong_number_of_pages_is_our_fault(tiny: list[PrintedUnit]) -> None:
    with pytest.raises(InternalError, match="unit 'a' says that it has 7 pages; its file has 1"):
        bind_pdf([replace(tiny[0], pages=7)], METADATA, page_size=PAGE_SIZE)


def test_no_units_are_our_fault() -> None:
    with pytest.raises(InternalError):
        bind_pdf([], METADATA, page_size=PAGE_SIZE)


def _outline(pdf: pikepdf.Pdf, item: pikepdf.Object) -> list[object]:
    found: list[object] = []
    entry = item.get("/First")
    while entry is not None:
        page = next(i for i, page in enumerate(pdf.pages) if page.obj.objgen == entry.Dest[0].objgen)
        below = _outline(pdf, entry)
        found.append([str(entry.Title), page, *below])
        assert entry.Parent.objgen == item.objgen
        entry = entry.get("/Next")
    return found


def test_the_outline_is_nested_over_skipped_levels(pdf: pikepdf.Pdf) -> None:
    _, one, two, refs = starts(units())
    assert _outline(pdf, pdf.Root.Outlines) == [
        ["Contents", 0],
        ["Глава 1", one, ["Deep", one + 3]],
        ["Глава 2", two, ["Part A", two], ["Part B", two + 2]],
        ["References", refs],
    ]
    assert pdf.Root.Outlines.Count == 7
    assert pdf.Root.PageMode == "/UseOutlines"


def test_outline_entries_lead_to_the_top_of_their_headings(pdf: pikepdf.Pdf) -> None:
    entry = pdf.Root.Outlines.First.Next
    mark = units()[1].bookmarks[0]
    assert float(entry.Dest[2]) == pytest.approx(mark.x, abs=0.01)
    assert float(entry.Dest[3]) == pytest.approx(PAGE_SIZE[1] - mark.y, abs=0.01)


def test_a_big_outline_opens_with_its_first_level(tiny: list[PrintedUnit]) -> None:
    marks = [Bookmark(level, f"{i}", 0, 0, 0) for i in range(20) for level in (1, 2, 3)]
    unit = replace(tiny[0], bookmarks=tuple(marks))
    file = opened(bind_pdf([unit], METADATA, page_size=PAGE_SIZE))
    assert file.Root.Outlines.Count == 20
    assert file.Root.Outlines.First.Count == -1
    assert file.Root.Outlines.First.First.Count == -1


def test_without_bookmarks_there_is_no_outline(tiny: list[PrintedUnit]) -> None:
    unit = replace(tiny[0], bookmarks=())
    file = opened(bind_pdf([unit], METADATA, page_size=PAGE_SIZE))
    assert "/Outlines" not in file.Root
    assert file.Root.PageMode == "/UseNone"


@settings(max_examples=15, deadline=None, database=None)
@given(data=st.data())
def test_any_units_in_any_order_keep_pages_names_and_keys(tiny: list[PrintedUnit], data: st.DataObject) -> None:
    chosen = data.draw(st.lists(st.sampled_from(tiny), min_size=1, unique_by=lambda unit: unit.id))
    file = opened(bind_pdf(chosen, METADATA, page_size=PAGE_SIZE))
    assert file.check_pdf_syntax() == []
    assert len(file.pages) == starts(tuple(chosen))[-1] + chosen[-1].pages
    index = {page.obj.objgen: i for i, page in enumerate(file.pages)}
    for start, unit in zip(starts(tuple(chosen)), chosen, strict=True):
        for name, target in _names(file.Root.Names.Dests):
            if str(pikepdf.String(name)) in unit.anchors:
                assert index[target[0].objgen] == start + unit.anchors[str(pikepdf.String(name))]
    keys = list(file.Root.StructTreeRoot.ParentTree.Nums)[::2]
    assert keys == sorted(set(keys))
    assert keys == [page.obj.StructParents for page in file.pages if "/StructParents" in page.obj]
    assert len(file.Root.StructTreeRoot.K[0].K) == len(chosen)
