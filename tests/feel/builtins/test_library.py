"""The library as a whole."""

from __future__ import annotations

import pytest

from tests.feel.tables import text_of
from vanzelf.feel.builtins.library import LIBRARY
from vanzelf.feel.builtins.names import BUILT_IN


def test_parser_knows_every_built_in() -> None:
    assert set(BUILT_IN.shapes) == set(LIBRARY)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("is(value1: 1)", "false"),
        ("is(value2: null)", "true"),
        ("is(1)", "null"),
        ("list contains(list: [1, null])", "true"),
        ("index of(list: [1, null])", "[2]"),
        ('context put(context: {}, key: "a")', "{a: null}"),
        ("count(lijst: [1])", "null"),
        ('substring(string: "abc")', "null"),
        ('substring(start position: 2, string: "abc")', '"bc"'),
    ],
)
def test_named_argument_left_out_is_null_where_null_will_do(text: str, value: str) -> None:
    assert text_of(text) == value
