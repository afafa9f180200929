"""`evaluate` and `compile`: operators, control, functions, and the bounds they keep."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.feel.tables import text_of
from vanzelf import feel

CONTEXT: dict[str, object] = {
    "gezin": {
        "leden": [
            {"naam": "An", "leeftijd": 40, "verhoogde tegemoetkoming": False},
            {"naam": "Bo", "leeftijd": 17, "verhoogde tegemoetkoming": True},
        ],
        "inkomen": 21_000.50,
    },
    "op": date(2026, 1, 15),
    "drempels": (1, 2, 3),
}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 + 2 * 3", "7"),
        ("10 / 4", "2.5"),
        ("1 / 3", "0.3333333333333333333333333333333333"),
        ("0.1 + 0.2 = 0.3", "true"),
        ("2 ** 10", "1024"),
        ("1 / 0", "null"),
        ("10 ** 7000", "null"),
        ("0 ** -1", "null"),
        ('"a" + "b"', '"ab"'),
        ('"a" + 1', "null"),
        ('1 = "1"', "null"),
        ("1 != null", "true"),
        ("null = null", "true"),
        ("null < 1", "null"),
        ("null and false", "false"),
        ("null and true", "null"),
        ("true or null", "true"),
        ('"a" < "b"', "true"),
        ("[1, 2] = [1, 2]", "true"),
        ("{a: 1, b: 2} = {b: 2, a: 1}", "true"),
        ("5 between 1 and 5", "true"),
        ("5 in (1, [4..6])", "true"),
        ("5 in (< 3, > 9)", "false"),
        ("5 in [1, 5]", "true"),
        ("5 in (? > 4)", "true"),
        ("[1] in [[1], 2]", "true"),
        ("if null then 1 else 2", "2"),
        ("for i in 1..3 return i * i", "[1, 4, 9]"),
        ("for i in 3..1 return i", "[3, 2, 1]"),
        ("for i in [1..3) return i", "[1, 2]"),
        ("for i in [1, 2], j in [i, 9] return i * j", "[1, 9, 4, 18]"),
        ("for i in 1..5 return if i < 3 then 1 else partial[-1] + partial[-2]", "[1, 1, 2, 3, 5]"),
        ('for d in @"2026-01-30"..@"2026-02-01" return d.day', "[30, 31, 1]"),
        ("some x in [1, 2] satisfies x > 1", "true"),
        ("every x in [] satisfies false", "true"),
        ("some x in [] satisfies true", "false"),
        ("some x in [1], y in [2] satisfies x > y", "false"),
        ("[1, 2, 3, 4][item > 2]", "[3, 4]"),
        ("[1, 2, 3][-1]", "3"),
        ("[1, 2, 3][4]", "null"),
        ("[1, 2, 3][0]", "null"),
        ("5[1]", "5"),
        ("{i: 2, r: [7, 8, 9][i]}.r", "8"),
        ("[{x: 1, y: 2}, {x: 2}][x = 1].y", "[2]"),
        ("[{item: 1}, {item: 2}][item > 1]", "[{item: 2}]"),
        ("{a: 1, b: a + 1}", "{a: 1, b: 2}"),
        ("{a: 1, a: 2}", "null"),
        ("{f: function(x, y) x - y, r: f(y: 1, x: 5)}.r", "4"),
        ("{f: function(n) if n <= 1 then 1 else n * f(n - 1), r: f(20)}.r", "2432902008176640000"),
        ("(for i in 1..2 return function() i)[1]()", "1"),
        ("(function(x: number) x)(\"a\")", "null"),
        ("(function(x: number) x)([3])", "3"),
        ("(function(x, x) x)(1, 2)", "null"),
        ("niets.van.dit", "null"),
        ("niets(1)", "null"),
        ("(function(x) external {java: {}})(1)", "null"),
    ],
)  # fmt: skip
def test_expression_gives(text: str, value: str) -> None:
    assert text_of(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("some lid in gezin.leden satisfies lid.verhoogde tegemoetkoming", "true"),
        ("count(gezin.leden[leeftijd >= 18])", "1"),
        ('gezin.leden[naam = "Bo"].leeftijd', "[17]"),
        ("sum(gezin.leden.leeftijd)", "57"),
        ("gezin.inkomen * 12", "252006"),
        ("op.year", "2026"),
        ("drempels[2]", "2"),
        ("count(drempels)", "3"),
        ("gezin.leden.niets", "[null, null]"),
    ],
)
def test_python_values_are_taken_in(text: str, value: str) -> None:
    assert text_of(text, CONTEXT) == value


def test_compiled_expression_takes_ints_for_numbers() -> None:
    compiled = feel.compile(feel.parse("a / b + lijst[1]"))
    assert compiled({"a": 1, "b": 4, "lijst": [1, 2]}) == Decimal("1.25")


def test_context_may_give_a_built_in_another_meaning() -> None:
    today = feel.function("today", (), lambda: date(2026, 1, 15))
    assert feel.evaluate("today()", {"today": today}) == date(2026, 1, 15)
    assert feel.evaluate("today()") is None


def test_messages_say_why_it_is_null() -> None:
    messages: list[str] = []
    assert feel.evaluate('1 + "a"', messages=messages) is None
    assert messages == ["no number + string"]


def test_python_function_that_fails_is_null() -> None:
    messages: list[str] = []
    function = feel.function("f", ("x",), lambda x: 1 / 0)
    assert feel.evaluate("f(x: 1)", {"f": function}, messages=messages) is None
    assert messages == ["f failed: division by zero"]


@pytest.mark.parametrize(
    "text",
    [
        "{f: function(n) f(n), r: f(1)}.r",
        "for i in 1..2000, j in 1..2000 return 1",
        "for i in 1..10000000000 return 1",
        "{f: function(s, n) if n = 0 then s else f(s + s, n - 1), r: f(\"aaaaaaaaaa\", 40)}.r",
        "{f: function(n) if n < 2 then n else f(n - 1) + f(n - 2), r: f(60)}.r",
        "9 ** (9 ** 9)",
        "string(for i in 1..80 return partial)",
        "sum(for i in 1..80 return partial)",
        "flatten(for i in 1..80 return partial)",
        "for i in 1..100000 return partial",
        "for i in 1..9999 return list contains([1..9], i) or sum(for j in 1..999 return j) > i",
        "decimal(1, 99999999999)",
        "exp(10 ** 30)",
        "@\"P999999999999999999999D\"",
        "date(999999999999, 1, 1)",
        "string(10 ** 6144) + 1",
        "substring(\"abc\", 10 ** 40)",
    ],
)  # fmt: skip
def test_bounds_are_kept(text: str) -> None:
    assert feel.evaluate(text) is None


@pytest.mark.parametrize(
    ("tests", "value", "expected"),
    [
        ("-", 5, True),
        ("< 10", 5, True),
        ("1, 5", 5, True),
        ("not(1, 5)", 5, False),
        ("[1..3], > 4", 5, True),
        ("? > 4 and ? < 6", 5, True),
        ('"a"', "a", True),
        ("null", None, True),
        ("< 10", feel.Unknown({"x"}), feel.Unknown({"x"})),
    ],
)
def test_unary_tests_judge_the_input(tests: str, value: object, expected: object) -> None:
    compiled = feel.compile(feel.parse(tests, start="unary tests"))
    assert compiled({"?": value}) == expected


def test_list_that_holds_itself_many_times_is_compared_once() -> None:
    doubled = "(for i in 1..80 return partial)"
    assert feel.evaluate(f"{doubled} = {doubled}") is True
    assert feel.evaluate(f"count(distinct values([{doubled}, {doubled}]))") == 1
    assert len(feel.text(feel.evaluate(doubled))) > 1_000_000


def test_unknown_result_is_plain_whatever_is_known_of_it() -> None:
    known = {"x": feel.UNKNOWN}
    assert feel.evaluate("if x then 1 else 2", known) is feel.UNKNOWN
    assert feel.evaluate("[if x then 1 else 2, {a: count([1, 2][item > x])}]", known) == [
        feel.UNKNOWN,
        {"a": feel.UNKNOWN},
    ]
    assert feel.evaluate("x", {"x": feel.Unknown({"leefloon"})}) == feel.Unknown({"leefloon"})


def test_unknown_in_lists_that_hold_one_another_costs_little() -> None:
    depth = 60
    entries = ", ".join(f"l{n}: [l{n - 1}, l{n - 1}]" for n in range(1, depth))
    result = feel.evaluate(f"{{l0: [x, x], {entries}}}.l{depth - 1}", {"x": feel.UNKNOWN})
    assert isinstance(result, list)
    assert result[0] is result[1]
