"""`text`: values as FEEL writes them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest

from vanzelf import feel
from vanzelf.feel import UNKNOWN, Range, YearsMonths


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "null"),
        (True, "true"),
        (Decimal("1E+3"), "1000"),
        (Decimal("1.500"), "1.5"),
        (Decimal("-0.0"), "0"),
        (Decimal("1E-7"), "0.0000001"),
        (42, "42"),
        ("a \"b\"", 'a "b"'),
        (date(2026, 1, 15), "2026-01-15"),
        (time(10, 5, tzinfo=UTC), "10:05:00Z"),
        (datetime(2026, 1, 15, 10, 0, 0, 500_000), "2026-01-15T10:00:00.5"),  # noqa: DTZ001
        (timedelta(days=1, hours=2, seconds=3.5), "P1DT2H3.5S"),
        (timedelta(days=-1), "-P1D"),
        (timedelta(0), "PT0S"),
        (YearsMonths(14), "P1Y2M"),
        (YearsMonths(0), "P0M"),
        ([1, "a", None, [True]], '[1, "a", null, [true]]'),
        ({"a b": 1, "c": {"d": "x\ny"}, "e:f": 2}, '{a b: 1, c: {d: "x\\ny"}, "e:f": 2}'),
        (UNKNOWN, "UNKNOWN"),
        ([UNKNOWN], "[UNKNOWN]"),
        (Range(Decimal(1), Decimal(5), True, False), "[1..5)"),
    ],
)  # fmt: skip
def test_text_of_value(value: object, text: str) -> None:
    assert feel.text(value) == text


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("function(a, b) a", "function(a, b)"),
        ("(>= 5)", "(>= 5)"),
        ("(!= 5)", "(!= 5)"),
        ('@"10:00:00@Europe/Brussels"', "10:00:00@Europe/Brussels"),
        ('@"10:00:00+01:30"', "10:00:00+01:30"),
    ],
)
def test_text_of_expression(expression: str, text: str) -> None:
    assert feel.text(feel.evaluate(expression)) == text
