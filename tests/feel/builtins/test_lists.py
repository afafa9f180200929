"""Functions on lists, and those that make one value of a list."""

from __future__ import annotations

import pytest

from tests.feel.tables import text_of


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("count([1, null, 3])", "3"),
        ("count([])", "0"),
        ("count(5)", "1"),
        ("count(null)", "null"),
        ("sum([1, 2, 3])", "6"),
        ("sum(1, 2, 3)", "6"),
        ("sum([])", "null"),
        ('sum([1, "a"])', "null"),
        ("sum([1, null])", "null"),
        ("min([3, 1, 2])", "1"),
        ("max(3, 1, 2)", "3"),
        ('max("a", "c", "b")', '"c"'),
        ('min([@"2026-01-15", @"2025-12-31"])', "2025-12-31"),
        ("max([])", "null"),
        ('max([1, "a"])', "null"),
        ("mean([1, 2, 3, 4])", "2.5"),
        ("median([8, 2, 5, 3, 4])", "4"),
        ("median(1, 2, 3, 4)", "2.5"),
        ("mode([6, 3, 9, 6, 6, 3, 3])", "[3, 6]"),
        ("mode([])", "[]"),
        ("stddev(2, 4, 7, 5)", "2.081665999466132735282297706979931"),
        ("product([2, 3, 4])", "24"),
        ("all([true, true])", "true"),
        ("all([])", "true"),
        ("all([true, null])", "null"),
        ("all([false, null])", "false"),
        ("any([false, true])", "true"),
        ("any([])", "false"),
        ("any(false, false)", "false"),
        ("not(true)", "false"),
        ("not(1)", "null"),
    ],
)
def test_aggregate_gives(text: str, value: str) -> None:
    assert text_of(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("list contains([1, null], null)", "true"),
        ('list contains([1, 2], "1")', "false"),
        ("append([1], 2, 3)", "[1, 2, 3]"),
        ("concatenate([1], [2], 3)", "[1, 2, 3]"),
        ("insert before([1, 3], 1, 2)", "[2, 1, 3]"),
        ("insert before([1, 3], -1, 2)", "[1, 2, 3]"),
        ("insert before([1], 5, 2)", "null"),
        ("remove([1, 2, 3], 2)", "[1, 3]"),
        ("list replace([1, 2, 3], 2, 9)", "[1, 9, 3]"),
        ("list replace([1, 2, 3], function(item, newItem) item > newItem, 1)", "[1, 1, 1]"),
        ("reverse([1, 2, 3])", "[3, 2, 1]"),
        ("sublist([1, 2, 3], 2)", "[2, 3]"),
        ("sublist([1, 2, 3], -2, 1)", "[2]"),
        ("sublist([1, 2, 3], 3, 2)", "null"),
        ("index of([1, 2, 3, 2], 2)", "[2, 4]"),
        ("union([1, 2], [2, 3])", "[1, 2, 3]"),
        ("distinct values([1, 2, 3, 2, 1])", "[1, 2, 3]"),
        ("flatten([[1, [2]], [[3]], 4])", "[1, 2, 3, 4]"),
        ("sort([3, 1, 2], function(x, y) x > y)", "[3, 2, 1]"),
        ('sort(["b", "a"])', '["a", "b"]'),
        ('sort([1, "a"])', "null"),
        ("list contains(list: [1, 2], element: 2)", "true"),
    ],
)
def test_list_function_gives(text: str, value: str) -> None:
    assert text_of(text) == value
