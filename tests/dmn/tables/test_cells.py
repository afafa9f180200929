"""Cells: unary tests of the value of a column, whatever that value is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.dmn.tables.building import table, text_of, value_of
from vanzelf import feel


def fires(cell: str, value: str, **context: object) -> str:
    node = table(["x"], [([cell], ['"fires"'])], names=list(context))
    return text_of(node, x=value, **context)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("-", "null"),
        ("5", "5"),
        ("-5", "-5"),
        ('"a"', '"a"'),
        ('"a", "b"', '"b"'),
        ("< 5", "4"),
        (">= 5", "5"),
        ("!= 5", "4"),
        ("= 5", "5"),
        ("[1..5]", "5"),
        ("[1..5)", "4.9"),
        ("]1..5]", "1.1"),
        ("not(5, > 7)", "6"),
        ("< 1, > 5", "6"),
        ("null", "null"),
        ("true", "true"),
        ("? > 5", "6"),
        ("? > 5 and ? < 8", "6"),
        ("even(?)", "4"),
        ('starts with(?, "a")', '"abc"'),
        ("limit", "10"),
        ("< limit", "9"),
        ("[limit..limit + 5]", "12"),
        ("limit > 5", '"anything"'),
        ("limit > 5", "null"),
        ("flags", "true"),
        ("listed", "2"),
        ("[1, 2, 3]", "2"),
        ("listed", "[1, 2]"),
        ("count(?) > 1", "[1, 2]"),
        ('date("2026-01-15")', '@"2026-01-15"'),
        ('> date("2026-01-15")', '@"2026-01-16"'),
        ('[@"2026-01-01"..@"2026-02-01"]', '@"2026-01-15"'),
        ('duration("P1Y")', '@"P1Y"'),
    ],
)
def test_cell_holds_for(cell: str, value: str) -> None:
    context = {"limit": "10", "flags": "true", "listed": "[1, 2]"}
    assert fires(cell, value, **context) == '"fires"'


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("5", "6"),
        ("5", "null"),
        ("5", '"5"'),
        ("< 5", "null"),
        ("< 5", '"4"'),
        ('"a", "b"', '"c"'),
        ('"a", "b"', "null"),
        ("[1..5]", "null"),
        ("(1..5)", "1"),
        ("not(5)", '"a"'),
        ("true", "null"),
        ("true", "1"),
        ("limit < 5", "10"),
        ("limit > 5", "false"),
        ("absent", "1"),
        ("< absent", "1"),
        ("limit", "null"),
    ],
)
def test_cell_does_not_hold_for(cell: str, value: str) -> None:
    assert fires(cell, value, limit="10", absent="null") == "null"


VALUES = [
    "null", "true", "false", "0", "1", "5", "5.0", "9.99", '"a"', '"b"', '"5"', "[]", "[5]", "{}",
    '@"2026-01-15"', '@"P1D"', "[1..5]",
]  # fmt: skip
CELLS = [
    "5", "5.00", '"a"', '"a", "b"', '"a", 5', "< 5", "<= 5", "> 5", ">= 5", "!= 5", '!= "a"',
    "[1..5]", "(1..5)", "[1..5)", "(1..5]", "not(5)", 'not("a", "b")', "true", "null", "(>= 5)",
    '< "b"', '["a".."b"]', '@"2026-01-15"', '<= @"2026-01-15"', "[5, 6]", "-5", "= 5",
]  # fmt: skip


@given(st.sampled_from(CELLS), st.sampled_from(VALUES))
def test_short_ways_say_what_feel_says(cell: str, value: str) -> None:
    tested = feel.evaluate(value)
    expected = feel.compile(feel.parse(cell, start="unary tests"))({"?": tested}) is True
    node = table(["x"], [([cell], ["true"])], defaults={"result": "false"})
    assert value_of(node, {"x": tested}) is expected
