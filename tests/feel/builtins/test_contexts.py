"""Functions on contexts."""

from __future__ import annotations

import pytest

from tests.feel.tables import text_of


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('get value({a: 1}, "a")', "1"),
        ('get value({a: 1}, "b")', "null"),
        ('get value({a: {b: 2}}, ["a", "b"])', "2"),
        ("get entries({a: 1})", '[{key: "a", value: 1}]'),
        ('context([{key: "a", value: 1}, {key: "b", value: 2}])', "{a: 1, b: 2}"),
        ('context([{key: "a", value: 1}, {key: "a", value: 2}])', "null"),
        ('context put({a: 1}, "b", 2)', "{a: 1, b: 2}"),
        ('context put({a: {b: 1}}, ["a", "b"], 2)', "{a: {b: 2}}"),
        ("context merge([{a: 1}, {b: 2}, {a: 3}])", "{a: 3, b: 2}"),
        ("get entries(1)", "null"),
        ('get value(m: {a: 1}, key: "a")', "1"),
    ],
)
def test_context_function_gives(text: str, value: str) -> None:
    assert text_of(text) == value
