"""`instance of`."""

from __future__ import annotations

import pytest

from vanzelf import feel


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
        ("[1, 2] instance of list<number>", True),
        ('[1, "a"] instance of list<number>', False),
        ("{a: 1} instance of context<a: number>", True),
        ("{a: 1} instance of context<a: string>", False),
        ("{} instance of context<a: string>", False),
        ("[1..2] instance of range<number>", True),
        ("(function(x) x) instance of function<Any> -> Any", True),
        ("count instance of function<list> -> number", True),
        ("1 instance of onbekend type", None),
    ],
)
def test_instance_of_gives(text: str, value: bool | None) -> None:
    assert feel.evaluate(text) is value
