"""Names as printed, and the parts that catalogues get."""

from __future__ import annotations

import pytest

from octavo.model.names import NameParts, orcid_of, split_name
from octavo.model.publication import Person


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Anna Petrova", NameParts(family="Petrova", given="Anna")),
        ("Борис Львович Залесский", NameParts(family="Залесский", given="Борис Львович")),
        ("Залесский Б. Л.", NameParts(family="Залесский", given="Б. Л.")),
        ("Zalessky B.L.", NameParts(family="Zalessky", given="B.L.")),
        ("B. L. Zalessky", NameParts(family="Zalessky", given="B. L.")),
        ("Залесский, Борис Львович", NameParts(family="Залесский", given="Борис Львович")),
        ("Jan van der Berg", NameParts(family="Berg", given="Jan", particle="van der")),
        ("van der Berg, Jan", NameParts(family="Berg", given="Jan", particle="van der")),
        ("Иван фон Штейн", NameParts(family="Штейн", given="Иван", particle="фон")),
        ("Dick Van Dyke", NameParts(family="Van Dyke", given="Dick")),
        ("Van Morrison", NameParts(family="Morrison", given="Van")),
        ("Martin Luther King Jr.", NameParts(family="King", given="Martin Luther", suffix="Jr.")),
        ("Martin Luther King, Jr.", NameParts(family="King", given="Martin Luther", suffix="Jr.")),
        ("King, Jr., Martin Luther", NameParts(family="King", given="Martin Luther", suffix="Jr.")),
        ("José Ortega y Gasset", NameParts(family="Ortega y Gasset", given="José")),
        ("Plato", NameParts(literal="Plato")),
        ("The Octavo authors", NameParts(literal="The Octavo authors")),
        ("Institute of Economics, Minsk", NameParts(literal="Institute of Economics, Minsk")),
        ("Minsk Reading Group", NameParts(literal="Minsk Reading Group")),
        ("Frank Press", NameParts(family="Press", given="Frank")),
        ("  Anna\n Petrova ", NameParts(family="Petrova", given="Anna")),
        ("Petrova,", NameParts(literal="Petrova,")),
        ("", NameParts()),
    ],
)
def test_name_is_split(name: str, parts: NameParts) -> None:
    assert split_name(name) == parts


def test_a_name_is_filed_under_its_family_name() -> None:
    assert split_name("Jan van der Berg").filed == "van der Berg, Jan"
    assert split_name("Martin Luther King Jr.").filed == "King, Martin Luther, Jr."
    assert split_name("The Octavo authors").filed == "The Octavo authors"


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("0000-0002-1825-0097", "https://orcid.org/0000-0002-1825-0097"),
        ("https://orcid.org/0000-0002-1694-233x", "https://orcid.org/0000-0002-1694-233X"),
        ("0000-0002-1825-0098", ""),
        ("0000-0001", ""),
        ("", ""),
    ],
)
def test_an_orcid_is_an_address_only_where_its_check_digit_holds(given: str, wanted: str) -> None:
    assert orcid_of(Person("Anna Petrova", orcid=given)) == wanted
