"""`instance of`, conformance and coercion."""

from __future__ import annotations

import pytest

from vanzelf import feel
from vanzelf.feel.types import (
    ANY,
    NULL,
    SIMPLE,
    Constrained,
    ContextOf,
    FunctionOf,
    ListOf,
    RangeOf,
    Type,
    coerce,
)

NUMBER, STRING, MOMENT = SIMPLE["number"], SIMPLE["string"], SIMPLE["date and time"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 instance of number", True),
        ('"a" instance of string', True),
        ("true instance of boolean", True),
        ('@"2026-01-15" instance of date', True),
        ('@"10:00:00" instance of time', True),
        ('@"2026-01-15T10:00:00" instance of date and time', True),
        ('@"2026-01-15T10:00:00" instance of date', False),
        ('@"P1Y" instance of years and months duration', True),
        ('@"P1D" instance of days and time duration', True),
        ("1 instance of Any", True),
        ("null instance of Any", False),
        ("null instance of Null", True),
        ("1 instance of Null", False),
        ("[1, 2] instance of list", True),
        ("[1, 2] instance of list<number>", True),
        ("[1, null] instance of list<number>", True),
        ('[1, "a"] instance of list<number>', False),
        ("[[1], [2, 3]] instance of list<list<number>>", True),
        ("[] instance of list<number>", True),
        ("null instance of list<number>", False),
        ("{a: 1} instance of context", True),
        ("{a: 1} instance of context<a: number>", True),
        ("{a: 1, b: 2} instance of context<a: number>", True),
        ("{a: null} instance of context<a: number>", True),
        ("{a: 1} instance of context<a: string>", False),
        ("{} instance of context<a: string>", False),
        ("{a b: 1} instance of context<a b: number>", True),
        ("[1..2] instance of range<number>", True),
        ('["a".."b"] instance of range<number>', False),
        ("(function(x) x) instance of function<Any> -> Any", True),
        ("(function(x) x) instance of function<number> -> Any", True),
        ("(function(x, y) x) instance of function<number> -> Any", False),
        ("(function(x: number) x) instance of function<Any> -> Any", False),
        ("(function(x: number) x) instance of function<number> -> number", True),
        ("(function(x: number) x) instance of function<number> -> string", False),
        ("(function(x: number) x + 1) instance of function<number> -> number", True),
        ("(function(x) x > 1) instance of function<number> -> boolean", True),
        ('(function() {a: 1, b: "x"}) instance of function<> -> context<a: number>', True),
        ("(function() {a: 1}) instance of function<> -> context<a: number, b: number>", False),
        ("(function() [1, 2]) instance of function<> -> list<number>", True),
        ("(function(x) if x then 1 else 2) instance of function<Any> -> string", False),
        (
            "(function(x: context<a: number>) 1)"
            " instance of function<context<a: number, b: number>> -> number",
            True,
        ),
        ("count instance of function<list> -> number", True),
        ("1 instance of onbekend type", None),
    ],
)
def test_instance_of_gives(text: str, value: bool | None) -> None:
    assert feel.evaluate(text) is value


PERSON = ContextOf({"naam": STRING, "leeftijd": NUMBER})
ADULT = Constrained(PERSON, lambda value: value["leeftijd"] >= 18, "tVolwassene")  # type: ignore[index]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("x instance of tPersoon", True),
        ("x instance of tVolwassene", True),  # what is allowed besides does not count
        ("[x, x] instance of list<tPersoon>", True),
        ("{p: x} instance of context<p: tPersoon>", True),
        ("(function(p: tPersoon) p.naam)(x)", "Lore"),
        ("(function(p: tVolwassene) p.naam)(x)", None),
        ("(function(p: tPersoon) 1) instance of function<tVolwassene> -> number", True),
        ("(function(p: tVolwassene) 1) instance of function<tPersoon> -> number", False),
    ],
)
def test_types_of_a_model_are_known_by_name(text: str, value: object) -> None:
    types = {"tPersoon": PERSON, "tVolwassene": ADULT}
    context = {"x": feel.evaluate('{naam: "Lore", leeftijd: 12}')}
    assert feel.compile(feel.parse(text, context), types=types)(context) == value


@pytest.mark.parametrize(
    ("narrow", "wide", "conforms"),
    [
        (NUMBER, NUMBER, True),
        (NUMBER, ANY, True),
        (ANY, NUMBER, False),
        (NULL, STRING, True),
        (ListOf(NUMBER), SIMPLE["list"], True),
        (SIMPLE["list"], ListOf(ANY), True),
        (SIMPLE["list"], ListOf(NUMBER), False),
        (ListOf(NUMBER), ListOf(ANY), True),
        (ListOf(NUMBER), ListOf(STRING), False),
        (RangeOf(NUMBER), SIMPLE["range"], True),
        (RangeOf(NUMBER), RangeOf(STRING), False),
        (ADULT, PERSON, True),
        (PERSON, ADULT, False),
        (ADULT, SIMPLE["context"], True),
        (PERSON, ContextOf({"naam": ANY}), True),
        (ContextOf({"naam": ANY}), PERSON, False),
        (FunctionOf((ANY,), NUMBER), FunctionOf((STRING,), ANY), True),
        (FunctionOf((STRING,), NUMBER), FunctionOf((ANY,), ANY), False),
    ],
)
def test_type_conforms_to_one_that_takes_all_its_values(
    narrow: Type, wide: Type, conforms: bool
) -> None:
    assert narrow.conforms_to(wide) is conforms


@pytest.mark.parametrize(
    ("text", "expected", "coerced"),
    [
        ("1", NUMBER, "1"),
        ("[1]", NUMBER, "1"),
        ("[1, 2]", NUMBER, None),
        ("1", ListOf(NUMBER), "[1]"),
        ('"a"', ListOf(NUMBER), None),
        ("null", NUMBER, "null"),
        ('@"2026-01-15"', MOMENT, '@"2026-01-15T00:00:00Z"'),
        ('@"2026-01-15"', NUMBER, None),
        ("{leeftijd: 1}", PERSON, None),
    ],
)
def test_value_is_coerced_where_a_type_is_asked(
    text: str, expected: Type, coerced: str | None
) -> None:
    value, fits = coerce(feel.evaluate(text), expected)
    assert (value, fits) == (feel.evaluate(coerced or "null"), coerced is not None)
