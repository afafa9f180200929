"""Regular expressions: XPath's, and always within time."""

from __future__ import annotations

import pytest

from vanzelf import feel


@pytest.mark.parametrize(
    "call",
    [
        'matches(s, "(a+)+$")',
        'matches(s, "(a|aa)+$")',
        'matches(s, "((a{1,100}){1,100}){1,100}$")',
        'replace(s, "(a|aa)+$", "b")',
        'split(s, "(a|aa)+$")',
    ],
)
def test_pattern_that_would_take_for_ever_ends(call: str) -> None:
    messages: list[str] = []
    result = feel.evaluate(call, {"s": "a" * 200 + "!"}, messages=messages)
    assert result in (False, None, "a" * 200 + "!", ["a" * 200 + "!"])
    assert messages if result is None else not messages


def test_class_less_another_and_groups_that_recur_still_work() -> None:
    assert feel.evaluate('matches("bcd", "^[a-z-[aeiou]]+$")') is True
    assert feel.evaluate('matches("abab", "^(ab)\\\\1$")') is True
    assert feel.evaluate('replace("2026-01", "([0-9]+)-([0-9]+)", "$2/$1")') == "01/2026"
    assert feel.evaluate('split("a, b,c", ",\\\\s*")') == ["a", "b", "c"]
