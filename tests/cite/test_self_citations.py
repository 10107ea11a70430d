"""Sources that the authors of a paper wrote themselves, by all ways of writing their names."""

from __future__ import annotations

import pytest

from octavo.cite.self_citations import self_citations
from octavo.model.people import Name, split_name
from octavo.model.publication import Person
from octavo.model.reference import Json, Source
from octavo.model.source import Location


def wrote(author: str, *people: Json, role: str = "author") -> bool:
    source = Source("key", {"id": "key", "type": "book", role: list(people)}, Location("sources.yaml"))
    return self_citations([Person("Nobody Else"), Person(author)], [source]) == {"key"}


ZALESSKY: Json = {"family": "Zalessky", "given": "B. L."}


@pytest.mark.parametrize(
    "name",
    [
        "Boris L. Zalessky", "B. L. Zalessky", "B.L. Zalessky", "Zalessky B. L.", "Zalessky, Boris", "Zalessky Boris",
        "Boris Zalesskii", "Boris Lvovich Zalessky", "Борис Львович Залесский", "Залесский Б. Л.", "Залесский Борис",
        "Б. Залесский", "Залесский Борис Львович",
    ],
)  # fmt: skip
def test_an_author_is_known_in_any_order_and_script(name: str) -> None:
    assert wrote(name, {"family": "Other", "given": "O."}, ZALESSKY)
    assert wrote(name, {"family": "Залесский", "given": "Борис Львович"})
    assert wrote(name, {"literal": "Boris L. Zalessky"})


@pytest.mark.parametrize("name", ["Anna Zalessky", "B. M. Zalessky", "Boris Zaretsky", "Zalessky Institute Group"])
def test_others_are_not_taken_for_the_author(name: str) -> None:
    assert not wrote(name, ZALESSKY)


def test_an_initial_of_two_letters_stands_for_one_of_cyrillic() -> None:
    assert wrote("Жанна Петрова", {"family": "Petrova", "given": "Zh."})


def test_particles_editors_and_institutions_count() -> None:
    assert wrote("Anna van den Berg", {"family": "Berg", "given": "A.", "non-dropping-particle": "van den"})
    assert wrote("Ann Able", {"family": "Able", "given": "Ann"}, role="editor")
    assert not wrote("Ann Able", {"family": "Able", "given": "Ann"}, role="translator")
    assert wrote("The Octavo authors", {"literal": "The Octavo authors"})
    assert not wrote("The Octavo authors", {"literal": "The Duodecimo authors"})


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Boris L. Zalessky", Name("Zalessky", "Boris L.")),
        ("Zalessky B. L.", Name("Zalessky", "B. L.")),
        ("Zalessky, Boris", Name("Zalessky", "Boris")),
        ("Б.Л. Залесский", Name("Залесский", "Б. Л.")),
        ("Ludwig van Beethoven", Name("van Beethoven", "Ludwig")),
        ("The Octavo authors", Name("The Octavo authors")),
        ("Ministry of Trade", Name("Ministry of Trade")),
        ("BelTA", Name("BelTA")),
    ],
)
def test_a_printed_name_in_its_parts(name: str, parts: Name) -> None:
    assert split_name(name) == parts
