from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanzelf.rights.names import broken_rule, suggest, word_runs


@pytest.mark.parametrize("name", ["leefloon", "personen ten laste", "handicap 65 procent", "één"])
def test_name_that_keeps_the_rule(name: str) -> None:
    assert broken_rule(name) is None


@pytest.mark.parametrize(
    ("name", "problem", "hint"),
    [
        ("", "is empty", ""),
        ("school of opvang", 'holds "of"', '"school en opvang"'),
        ("OCMW", "capitals", '"ocmw"'),
        ("a  b", "more than one", '"a b"'),
        ("niet-gekend", "something else", '"niet gekend"'),
        ("foto's", "something else", '"foto s"'),
        ("65 plus", "does not begin with a letter", ""),
        (unicodedata.normalize("NFD", "één"), "normal form", '"één"'),
        ("count", "built-in", ""),
    ],
)
def test_name_that_breaks_the_rule(name: str, problem: str, hint: str) -> None:
    broken = broken_rule(name, {"count"})
    assert broken is not None
    assert problem in broken[0]
    assert hint in broken[1]


@given(st.text(max_size=20))
def test_suggestion_keeps_the_rule(name: str) -> None:
    suggestion = suggest(name)
    assert suggestion == "" or broken_rule(suggestion) is None


def test_word_runs_of_an_expression() -> None:
    runs = list(word_runs('some lid in gezin.leden satisfies lid.met leefloon = "a b"'))
    assert runs == ["lid", "gezin", "leden", "lid", "met leefloon"]
