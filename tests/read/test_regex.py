"""Possessive groups that go back within themselves, on every Python."""

from __future__ import annotations

import re

import pytest

from octavo.read.scan.regex import atomic, compiled


@pytest.mark.parametrize(
    ("pattern", "wanted"),
    [
        (r"(?:a|ab)*+c", r"(?>(?:a|ab)*)c"),
        (r"x(?P<n>[)(]++|\))?+", r"x(?>(?P<n>[)(]++|\))?)"),
        (r"((?:a)++b){2,3}+", r"(?>((?>(?:a)+)b){2,3})"),
        (r"[ ]*+a?+\(*+", r"[ ]*+a?+\(*+"),
        (r"[]()+]++(?=x)", r"[]()+]++(?=x)"),
    ],
)
def test_groups_become_atomic(pattern: str, wanted: str) -> None:
    assert atomic(pattern) == wanted
    re.compile(wanted)


def test_a_group_may_go_back_within_itself() -> None:
    assert compiled(r"(?:ab?c|ab)*+d").match("abacabd")


def test_what_it_took_it_keeps() -> None:
    assert compiled(r"(?:a)*+a").match("aaa") is None
