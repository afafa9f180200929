"""How points and ranges lie to one another."""

from __future__ import annotations

import pytest

from tests.feel.tables import text_of


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("before(1, 10)", "true"),
        ("before(10, [1..10])", "false"),
        ("before([1..10), 10)", "true"),
        ("before([1..5], (5..9])", "true"),
        ("after(12, [1..10])", "true"),
        ("after([5..9], [1..5])", "false"),
        ("meets([1..5], [5..10])", "true"),
        ("meets([1..5), [5..10])", "false"),
        ("met by([5..10], [1..5])", "true"),
        ("overlaps([1..5], [3..8])", "true"),
        ("overlaps([1..5), [5..8])", "false"),
        ("overlaps before([1..5], [3..8])", "true"),
        ("overlaps before([3..8], [1..5])", "false"),
        ("overlaps after([3..8], [1..5])", "true"),
        ("overlaps after((1..5], [1..5])", "true"),
        ("overlaps after([1..5], [1..5))", "false"),
        ("before(point: 1, range: [5..10])", "true"),
        ("before(range: [5..10], point: 1)", "false"),
        ("after(point: 12, range: [5..10])", "true"),
        ("finishes(10, [1..10])", "true"),
        ("finishes([5..10], [1..10])", "true"),
        ("finished by([1..10], 10)", "true"),
        ("includes([5..10], 6)", "true"),
        ("includes([1..10], [4..6])", "true"),
        ("includes([1..10), 10)", "false"),
        ("during(5, [1..10])", "true"),
        ("starts(1, [1..10])", "true"),
        ("starts((1..5], [1..5])", "false"),
        ("started by([1..10], 1)", "true"),
        ("coincides([1..5], [1..5])", "true"),
        ("coincides(3, 4)", "false"),
        ('range("[1..5)") = [1..5)', "true"),
        ('range("[5..1]")', "null"),
        ('range("1")', "null"),
        ("(< 10) = (null..10)", "false"),
        ("5 in (null..10]", "null"),
        ('[1.."a"]', "null"),
        ("meets((!= 5), [1..2])", "null"),
        ("overlaps([1..2], (!= 5))", "null"),
        ("overlaps((null..2], [1..5])", "null"),
        ("before((< 5), 5)", "true"),
        ("before((<= 5), 5)", "false"),
        ("after((> 5), (< 5))", "true"),
        ("overlaps((< 5), (> 4))", "true"),
        ("includes((>= 5), [5..9])", "true"),
        ("includes((>= 5), (> 9))", "true"),
        ("includes([5..9], (> 5))", "false"),
        ("during(3, (< 5))", "true"),
        ("finishes(5, (<= 5))", "true"),
        ("starts((>= 5), (>= 5))", "true"),
        ("coincides((< 5), (< 5))", "true"),
        ("meets((<= 5), (>= 5))", "true"),
        ('before(1, ["a".."b"])', "null"),
        ("before(range1: [1..2], range2: [3..4])", "true"),
    ],
)
def test_range_function_gives(text: str, value: str) -> None:
    assert text_of(text) == value
