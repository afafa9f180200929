"""Calls: the short way to a built-in gives what the call in full gives."""

from __future__ import annotations

import itertools

import pytest

from vanzelf import feel
from vanzelf.feel.builtins.library import LIBRARY
from vanzelf.feel.messages import collected as feel_messages

VALUES = [
    feel.evaluate(text)
    for text in (
        "null", "true", "0", "-3", "2.5", '""', '"abc"', '"2026-01-15"', '"PT1H"', "[]", "[1, 2]",
        "[null]", '["a", "b"]', "[[1]]", "{a: 1}", "[{a: 1}]", '@"2026-01-15"', '@"10:00:00"',
        '@"2026-01-15T10:00:00Z"', '@"P1Y"', '@"P1D"', "[1..5]", "function(x) x",
    )
]  # fmt: skip
VALUES += [feel.UNKNOWN, [feel.Unknown({"f"})], "x" * 100, list(VALUES[10]) * 40]  # type: ignore[call-overload]
EXCEPT = frozenset({"now", "today"})


@pytest.mark.parametrize("name", sorted(LIBRARY.keys() - EXCEPT))
def test_short_way_gives_what_the_call_in_full_gives(name: str) -> None:
    for count in (1, 2):
        parameters = "abcd"[:count]
        run = feel.compile(feel.parse(f"{name}({', '.join(parameters)})", parameters))
        for values in itertools.product(VALUES, repeat=count):
            found = run(dict(zip(parameters, values, strict=True)))
            assert repr(found) == repr(LIBRARY[name].call(list(values)))


def test_name_in_the_context_hides_a_built_in() -> None:
    own = feel.function("count", ("list",), lambda values: "own")
    assert feel.evaluate("count([1])", {"count": own}) == "own"


def test_conversion_that_fails_says_why_each_time() -> None:
    run = feel.compile(feel.parse('date("2026-02-30")'))
    for _ in range(2):
        messages: list[str] = []
        with feel_messages(messages):
            assert run({}) is None
        assert messages == ["not a date: 2026-02-30"]


def test_condition_of_a_filter_that_may_be_a_position_leaves_no_messages() -> None:
    messages: list[str] = []
    context = {"mensen": [{"oud": True}, {"oud": False}]}
    assert feel.evaluate("count(mensen[oud])", context, messages=messages) == 1
    assert messages == []


def test_filters_in_filters_are_compiled_once_each() -> None:
    text = "x"
    for _ in range(60):
        text = f"x[{text}]"
    assert feel.evaluate(text, {"x": []}) == []
