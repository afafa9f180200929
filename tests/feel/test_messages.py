"""Why something is null is said; what is as it should be says nothing."""

from __future__ import annotations

import pytest

from vanzelf import feel


def _messages(expression: str, **context: object) -> list[str]:
    messages: list[str] = []
    feel.evaluate(expression, context, messages=messages)
    return messages


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ("foo", "there is no foo here"),
        ("{a: 1}.b", "this context has no member b"),
        ("[{a: 1}, {b: 2}].a", "this context has no member a"),
        ('@"soon"', '@"soon" is no date, time or duration'),
        ("not(0)", "not takes true and false"),
        ("all([true, 1])", "all takes true and false"),
        ("any([false, null])", "any takes true and false"),
    ],
)
def test_null_says_why(expression: str, message: str) -> None:
    assert _messages(expression) == [message]


@pytest.mark.parametrize(
    "expression",
    ["nothing", "household.income", "household.leden[naam = 1]", "null", "not(true)", "all([])"],
)
def test_null_that_is_given_says_nothing(expression: str) -> None:
    household = {"income": None, "leden": [{"naam": 1}]}
    assert _messages(expression, nothing=None, household=household) == []
