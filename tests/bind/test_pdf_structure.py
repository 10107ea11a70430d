"""Structure tree, artifacts and identifiers of the bound PDF."""

from __future__ import annotations

import io
import re
import zlib
from dataclasses import replace

import pikepdf
import pytest

import pdf_sample
from octavo.bind.pdf import bind_pdf
from octavo.bind.pdf.content import pack, unmark
from octavo.bind.pdf.trees import read_tree, write_tree
from octavo.errors import InternalError
from octavo.model.edition import PrintedUnit
from pdf_sample import METADATA, PAGE_SIZE, bound, opened, starts, units


@pytest.fixture(scope="module")
def pdf() -> pikepdf.Pdf:
    return opened(bound())


@pytest.fixture(scope="module")
def parents(pdf: pikepdf.Pdf) -> dict[int, pikepdf.Object]:
    return {int(key): value for key, value in read_tree(pdf.Root.StructTreeRoot.ParentTree, "/Nums")}


def _elements(element: pikepdf.Object) -> list[pikepdf.Object]:
    found = [element]
    for kid in element.get("/K", ()):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            assert kid.P.objgen == element.objgen
            found += _elements(kid)
    return found


def _forms(page: pikepdf.Object) -> list[pikepdf.Object]:
    names = re.findall(rb"/(\S+) Do", page.Contents.read_bytes())
    found = [page.Resources.XObject[f"/{name.decode()}"] for name in names]
    return [form for form in found if form.Subtype == "/Form"]


def test_one_document_has_a_section_for_each_unit(pdf: pikepdf.Pdf) -> None:
    root = pdf.Root.StructTreeRoot
    (document,) = root.K
    assert document.S == "/Document"
    assert document.P.objgen == root.objgen
    assert [str(section.S) for section in document.K] == ["/Sect"] * len(units())
    assert [str(section.T) for section in document.K] == [unit.title for unit in units()]
    assert [str(section.get("/Lang", "")) for section in document.K] == ["", "", "", "en"]
    assert "/Namespaces" not in root
    assert all("/NS" not in element for element in _elements(document))


def test_all_marked_content_of_a_page_belongs_to_elements_of_that_page(
    pdf: pikepdf.Pdf, parents: dict[int, pikepdf.Object]
) -> None:
    reached = {element.objgen for element in _elements(pdf.Root.StructTreeRoot.K[0])}
    for page in pdf.pages:
        if "/StructParents" not in page.obj:
            continue
        streams = [page.obj.Contents, *_forms(page.obj)]
        marks = {int(n) for stream in streams for n in re.findall(rb"/MCID (\d+)", stream.read_bytes())}
        entry = parents[int(page.obj.StructParents)]
        assert marks
        assert marks == {i for i, element in enumerate(entry) if element is not None}
        for mark in marks:
            element = entry[mark]
            assert element.Pg.objgen == page.obj.objgen
            assert mark in list(element.K)
            assert element.objgen in reached


def test_keys_of_pages_and_annotations_are_all_of_the_parent_tree(
    pdf: pikepdf.Pdf, parents: dict[int, pikepdf.Object]
) -> None:
    pages = [page.obj.StructParents for page in pdf.pages if "/StructParents" in page.obj]
    links = [a.StructParent for page in pdf.pages for a in page.obj.get("/Annots", ()) if "/StructParent" in a]
    assert sorted(pages + links) == sorted(parents)
    assert pdf.Root.StructTreeRoot.ParentTreeNextKey > max(parents)


def test_each_link_of_the_text_belongs_to_a_link_element(pdf: pikepdf.Pdf, parents: dict[int, pikepdf.Object]) -> None:
    outside = []
    for page in pdf.pages:
        for annotation in page.obj.get("/Annots", ()):
            if "/StructParent" not in annotation:
                outside.append(str(annotation.A.URI))
                continue
            element = parents[int(annotation.StructParent)]
            assert element.S == "/Link"
            objects = [kid for kid in element.K if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/OBJR"]
            assert any(kid.Obj.objgen == annotation.objgen and kid.Pg.objgen == page.obj.objgen for kid in objects)
    # The running head of one unit has a link, which is outside of the text as the head is.
    assert set(outside) == {"https://example.org/head"}


def test_running_heads_and_folios_are_artifacts(pdf: pikepdf.Pdf) -> None:
    for start, unit in zip(starts(units()), units(), strict=True):
        for i in range(unit.pages):
            own = opened(unit.pdf).pages[i].obj
            page = pdf.pages[start + i].obj
            before = sum(stream.read_bytes().count(b"/MCID") for stream in (own.Contents, *_forms(own)))
            after = sum(stream.read_bytes().count(b"/MCID") for stream in (page.Contents, *_forms(page)))
            # Head and folio; the first unit of text has words and a link in its head too.
            assert before - after == (4 if unit.id == "one" else 2)
            assert b"/Artifact\nBMC" in page.Contents.read_bytes()


def test_a_translucent_head_is_an_artifact_inside_its_form(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[starts(units())[2]].obj
    assert any(b"/Artifact\nBMC" in form.read_bytes() for form in _forms(page))


def test_identifiers_are_unique_and_headers_follow_them(pdf: pikepdf.Pdf) -> None:
    elements = _elements(pdf.Root.StructTreeRoot.K[0])
    identified = {bytes(element.ID): element for element in elements if "/ID" in element}
    assert len([element for element in elements if "/ID" in element]) == len(identified) == 4
    tree = {bytes(name): value for name, value in read_tree(pdf.Root.StructTreeRoot.IDTree, "/Names")}
    assert {name: value.objgen for name, value in tree.items()} == {n: e.objgen for n, e in identified.items()}
    cells = [element for element in elements if element.S == "/TD"]
    headers = [bytes(header) for cell in cells for header in cell.A.Headers]
    assert sorted(headers) == sorted(identified)
    sections = pdf.Root.StructTreeRoot.K[0].K
    for section in sections:
        below = {element.objgen for element in _elements(section)}
        for cell in cells:
            if cell.objgen in below:
                assert all(identified[bytes(header)].objgen in below for header in cell.A.Headers)


def test_a_role_map_is_kept_and_contradictions_are_our_fault() -> None:
    def mapped(name: str, meaning: str) -> PrintedUnit:
        unit = pdf_sample.unit(name, f'<p id="{name}">x</p>')
        with pikepdf.open(io.BytesIO(unit.pdf)) as file:
            file.Root.StructTreeRoot.RoleMap = pikepdf.Dictionary({"/Aside": pikepdf.Name(f"/{meaning}")})
            file.save(buffer := io.BytesIO())
        return replace(unit, pdf=buffer.getvalue())

    a, b, c = mapped("a", "Note"), mapped("b", "Note"), mapped("c", "Sect")
    file = opened(bind_pdf([a, b], METADATA, page_size=PAGE_SIZE))
    assert file.Root.StructTreeRoot.RoleMap == pikepdf.Dictionary({"/Aside": pikepdf.Name.Note})
    with pytest.raises(InternalError, match="unit 'c' maps the role /Aside otherwise"):
        bind_pdf([a, c], METADATA, page_size=PAGE_SIZE)


def test_an_untagged_unit_is_our_fault() -> None:
    unit = pdf_sample.unit("plain", "<p>x</p>")
    with pikepdf.open(io.BytesIO(unit.pdf)) as file:
        del file.Root.StructTreeRoot
        file.save(buffer := io.BytesIO())
    with pytest.raises(InternalError, match="unit 'plain' is not tagged"):
        bind_pdf([replace(unit, pdf=buffer.getvalue())], METADATA, page_size=PAGE_SIZE)


def test_unmarking_is_exact() -> None:
    content = b"/Span\n<</MCID 1>>\nBDC\nEMC\n/Span\n<</MCID 11>>\nBDC\nEMC\n/Figure\n<</MCID 2>>\nBDC\nEMC"
    changed, missing = unmark(content, {2, 11, 7})
    assert changed == b"/Span\n<</MCID 1>>\nBDC\nEMC\n/Artifact\nBMC\nEMC\n/Artifact\nBMC\nEMC"
    assert missing == {7}


def test_packing_leaves_out_adjustments_of_zero_but_touches_no_literal_string() -> None:
    assert zlib.decompress(pack(b"[<0016>0<0018>-20<0001>10<0002>0] TJ")) == b"[<00160018>-20<0001>10<0002>0] TJ"
    literal = b"(a>0<b) Tj [<0016>0<0018>] TJ"
    assert zlib.decompress(pack(literal)) == literal


@pytest.mark.parametrize("count", [0, 1, 64, 65, 5000])
def test_trees_are_balanced_and_keep_their_pairs(count: int) -> None:
    file = pikepdf.new()
    pairs: list[tuple[bytes | int, pikepdf.Object | None]] = [(i, pikepdf.Array([i])) for i in range(count)]
    root = write_tree(file, "/Nums", pairs)
    assert [(key, value[0]) for key, value in read_tree(root, "/Nums")] == [(i, i) for i in range(count)]
    assert "/Limits" not in root

    def depths(node: pikepdf.Object) -> set[int]:
        assert len(node.get("/Kids", ())) <= 64
        assert len(node.get("/Nums", ())) <= 128
        return {0} if "/Nums" in node else {1 + d for kid in node.Kids for d in depths(kid)}

    assert len(depths(root)) == 1
    assert [int(n) for kid in root.get("/Kids", ()) for n in kid.Limits] == sorted(
        int(n) for kid in root.get("/Kids", ()) for n in kid.Limits
    )
