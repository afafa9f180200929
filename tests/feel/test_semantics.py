"""What the constructs of the language mean, place by place (DMN 1.5, 10.3.2)."""

from __future__ import annotations

import pytest

from tests.feel.tables import text_of
from vanzelf import feel


def given(*rows: tuple[str, str]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(("text", "value"), rows)


@given(
    ("[1, 2, 3][1]", "1"),
    ("[1, 2, 3][-3]", "1"),
    ("[1, 2, 3][0]", "null"),
    ("[1, 2, 3][-4]", "null"),
    ("[1, 2, 3][1.5]", "null"),
    ('[1, 2, 3]["1"]', "null"),
    ("[1, 2, 3][true]", "[1, 2, 3]"),
    ("[1, 2, 3][false]", "[]"),
    ("[1, 2, 3][if true then 1 else 2]", "1"),
    ("[1, 2, 3, 4][item > 1][item < 4]", "[2, 3]"),
    ('[1, "a", 2][item > 1]', "[2]"),
    ("[[1, 2], [3]][count(item) > 1]", "[[1, 2]]"),
    ("[true, false][item]", "[true]"),
    ("[{x: 1, y: 2}, {x: 2, y: 3}][x = 1].y", "[2]"),
    ("[{x: 1}, {x: null}][x < 2]", "[{x: 1}]"),
    ("[{x: 1}, {y: 2}][x = null]", "[{y: 2}]"),
    ("[{item: 5}][item > 3]", "[{item: 5}]"),
    ("{x: 2, r: [{x: 1}, {y: 3}][x = 2]}.r", "[{y: 3}]"),
    ("{i: 2, r: [5, 6][i]}.r", "6"),
    ("{i: 2, r: [{i: true}, {i: false}][i]}.r", "{i: false}"),
    ("1[1]", "1"),
    ("1[2]", "null"),
    ("{a: 1}[a = 1]", "[{a: 1}]"),
    ("null[1]", "null"),
    ("null[true]", "[]"),
    ('[1, 2][if item = 2 then true else "no"]', "null"),
    ("[1, 2][[true]]", "null"),
    ("[1, 2][if item = 2 then true else null]", "[2]"),
    ("[[1, 2], [3]][1][2]", "2"),
)
def test_filter_gives(text: str, value: str) -> None:
    assert text_of(text) == value


@given(
    ("1 in [1..3)", "true"),
    ("3 in [1..3)", "false"),
    ("1 in ]1..3]", "false"),
    ("3 in [1..3[", "false"),
    ("5 in > 3", "true"),
    ("5 in (> 3, < 2)", "true"),
    ("5 in (= 5)", "true"),
    ("5 in (!= 5)", "false"),
    ('"b" in ["a".."c"]', "true"),
    ('1 in ["a".."c"]', "null"),
    ("6 in ([1..3], [5..7])", "true"),
    ("6 in [[1..3], [5..7]]", "true"),
    ("[1..2] in ([1..2])", "true"),
    ("[1..2] in [[1..2], 5]", "true"),
    ("[1, 2] in [[1, 2], 3]", "true"),
    ("null in (null)", "true"),
    ("null in [1, null]", "true"),
    ("null in [1..3]", "null"),
    ("{a: 1} in [{a: 1}]", "true"),
    ("not(1 in [1])", "false"),
    ("5 in (1, 5) and true", "true"),
)
def test_in_gives(text: str, value: str) -> None:
    assert text_of(text) == value


@given(
    ("for x in [[1, 2], [3]], y in x return y", "[1, 2, 3]"),
    ("for x in 1..2, y in x..3 return x * y", "[1, 2, 3, 4, 6]"),
    ("for x in [1, 2] return for y in [3, 4] return x + y", "[[4, 5], [5, 6]]"),
    ("for i in 1..3 return count(partial)", "[0, 1, 2]"),
    ("for i in 0..-2 return i", "[0, -1, -2]"),
    ("for i in (1..4) return i", "[2, 3]"),
    ("for i in 5 return i", "[5]"),
    ("for i in [] return i", "[]"),
    ("for i in null return i", "null"),
    ('for i in "a".."c" return i', "null"),
    ("for i in (> 1) return i", "null"),
    ('count(for d in @"2020-02-28"..@"2020-03-01" return d)', "3"),
    ('(for d in @"2026-01-03"..@"2026-01-01" return d)[3]', "2026-01-01"),
    ("some x in [1, 2], y in [2, 3] satisfies x = y", "true"),
    ("every x in [] satisfies false", "true"),
    ("some x in [] satisfies true", "false"),
    ("every x in [1, null] satisfies x > 0", "null"),
    ("every x in [0, null] satisfies x > 0", "false"),
    ("some x in [1, null] satisfies x > 0", "true"),
    ('some x in [1] satisfies "a"', "null"),
    ("some x in [1..3] satisfies x > 2", "true"),
)
def test_loop_gives(text: str, value: str) -> None:
    assert text_of(text) == value


@given(
    ("true and 1", "null"),
    ("false and 1", "false"),
    ("true or 1", "true"),
    ("false or 1", "null"),
    ("null or null", "null"),
    ("not(1)", "null"),
    ("if 1 then 1 else 2", "2"),
    ("1 between null and 3", "null"),
    ("5 between 10 and 1", "false"),
    ("5 between null and 1", "false"),
    ("1 < 2 = true", "true"),
    ("[1] = 1", "null"),
    ("[1, null] = [1, null]", "true"),
    ('[1] = ["1"]', "false"),
    ("{a: 1} = {a: 1.0}", "true"),
    ("{a: 1} = {b: 1}", "false"),
    ("(1..3) = ]1..3[", "true"),
    ("[1..3] = [1..3)", "false"),
    ('@"P1Y" = @"P12M"', "true"),
    ('@"P1Y" = @"P365D"', "null"),
    ('@"10:00:00" = @"10:00:00Z"', "false"),
    ("true < false", "null"),
    ("[1] < [2]", "null"),
)
def test_logic_and_comparison_give(text: str, value: str) -> None:
    assert text_of(text) == value


@given(
    ("(function(a, b) a - b)(b: 1, a: 5)", "4"),
    ("(function(a, b) a)(1)", "null"),
    ("(function(a) a)(b: 1)", "null"),
    ("(function(a: number) a)([1])", "1"),
    ("(function(a: list<number>) a)(1)", "[1]"),
    ('(function(a: number) a)("x")', "null"),
    ("(function(a: number) a)(null)", "null"),
    ("(function(first name, b-c) first name + b-c)(first name: 1, b-c: 2)", "3"),
    ("{f: function(x) function(y) x + y, r: f(1)(2)}.r", "3"),
    ("{f: function(n) if n < 2 then 1 else n * f(n - 1), r: f(10)}.r", "3628800"),
    ("{x: 1, f: function() x, r: for x in [9] return f()}.r", "[1]"),
    ("5(1)", "null"),
    ("null(1)", "null"),
    ("no such function(1)", "null"),
)
def test_call_gives(text: str, value: str) -> None:
    context = {"no such function": None}
    assert feel.text(feel.evaluate(text, context)) == value


@given(
    ("5", "5"),
    ("5, 6", "5"),
    ("not(6, 7)", "5"),
    ("< limit", "5"),
    ("[1..limit)", "5"),
    ("limit - 1", "5"),
    ("? > 3 and ? < limit", "5"),
    ("not(? > 9)", "5"),
    ("if ? > 3 then true else false", "5"),
    ("some x in [4, 5] satisfies x = ?", "5"),
    ("? in [1..5]", "5"),
    ("-5", "-5"),
    ("null", "null"),
    ("not(null)", "5"),
    ("[1, 5]", "5"),
    ("[1, 5]", "[1, 5]"),
    ("count(?) = 2", "[1, 5]"),
    ('starts with(?, "a")', '"abc"'),
    ("true", "true"),
    ("-", "null"),
)
def test_cell_passes(text: str, value: str) -> None:
    context = {"?": feel.evaluate(value), "limit": feel.evaluate("6")}
    tree = feel.parse(text, ["limit"], start="unary tests")
    assert feel.compile(tree)(context) is True
