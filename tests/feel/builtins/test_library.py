"""The library as a whole."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from tests.feel.tables import text_of
from vanzelf import feel
from vanzelf.feel import UNKNOWN
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


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("union(list: [1, 2, 1])", "[1, 2]"),
        ("union(list: [[1], [2, 1]])", "[1, 2]"),
        ("concatenate(list: [1])", "[1]"),
        ("concatenate(list: [[1], [2]])", "[1, 2]"),
        ("concatenate(list: null)", "null"),
        ("append(list: [1], item: 2)", "[1, 2]"),
        ("append(list: [1], item: null)", "[1, null]"),
        ("max(c: [1, 2])", "2"),
    ],
)
def test_named_argument_stands_for_all_that_repeat(text: str, value: str) -> None:
    assert text_of(text) == value


_VALUES: dict[str, object] = {
    "null": None, "number": -1, "string": "a", "list": [1], "lists": [[1], ["a"], None],
    "context": {"a": 1}, "unknown": UNKNOWN,
    "day": date(2026, 1, 15), "clock": time(10), "moment": datetime(2026, 1, 15, tzinfo=UTC),
}  # fmt: skip
_TEXTS = [*_VALUES, "true", "[1..2]", "(!= 5)", "(< 5)", '@"P1D"', '@"P1Y"', "function(x) x",
          '@"-0001-01-01"', '@"10:00:00.000000001"', "1e6000"]  # fmt: skip


@pytest.mark.parametrize("name", sorted(LIBRARY))
def test_built_in_never_raises_whatever_it_is_given(name: str) -> None:
    for signature in LIBRARY[name].signatures:
        names = [parameter.name for parameter in signature.parameters]
        tuples = {(one, other, one)[: len(names)] for one in _TEXTS for other in _TEXTS}
        for values in sorted(tuples):
            feel.evaluate(f"{name}({', '.join(values)})", _VALUES)
            named = (f"{label}: {value}" for label, value in zip(names, values, strict=False))
            feel.evaluate(f"{name}({', '.join(named)})", _VALUES)
