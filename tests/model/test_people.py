"""Names of people: their parts, and one person by all ways of writing a name."""

from __future__ import annotations

import pytest

from octavo.model.people import Name, same_person, split_name


@pytest.mark.parametrize(
    "name",
    [
        "Boris L. Zalessky", "B. L. Zalessky", "B.L. Zalessky", "Zalessky B. L.", "Zalessky, Boris", "Zalessky Boris",
        "Boris Zalesskii", "Boris Lvovich Zalessky", "Борис Львович Залесский", "Залесский Б. Л.", "Залесский Борис",
        "Б. Залесский", "Залесский Борис Львович",
    ],
)  # fmt: skip
def test_a_person_is_known_in_any_order_and_script(name: str) -> None:
    for other in ("Zalessky, B. L.", "Залесский, Борис Львович", "Boris L. Zalessky"):
        assert same_person(name, other)
        assert same_person(other, name)


@pytest.mark.parametrize("name", ["Anna Zalessky", "B. M. Zalessky", "Boris Zaretsky", "Zalessky Institute Group"])
def test_others_are_not_taken_for_the_person(name: str) -> None:
    assert not same_person(name, "Zalessky, B. L.")


def test_initials_of_two_letters_particles_and_groups() -> None:
    assert same_person("Жанна Петрова", "Petrova, Zh.")
    assert same_person("Anna van den Berg", "van den Berg, A.")
    assert same_person("The Octavo authors", "The Octavo authors")
    assert not same_person("The Octavo authors", "The Duodecimo authors")


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
