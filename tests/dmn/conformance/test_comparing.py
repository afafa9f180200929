"""What counts as the value that a case expects."""

from __future__ import annotations

import pytest

from vanzelf import feel
from vanzelf.dmn.conformance.comparing import alike


def _alike(expected: str, got: str) -> bool:
    return alike(feel.evaluate(expected), feel.evaluate(got))


@pytest.mark.parametrize(
    ("expected", "got"),
    [
        ("null", "null"),
        ("true", "true"),
        ("1", "1.0"),
        ("0.333333333333", "1/3"),
        ("123456789", "123456789.000000009"),
        ("[1, [2]]", "[1, [2]]"),
        ('{a: 1, b: "x"}', '{b: "x", a: 1}'),
        ('@"P1Y"', '@"P12M"'),
        ('@"2026-01-15T10:00:00+01:00"', '@"2026-01-15T10:00:00@Europe/Brussels"'),
    ],
)
def test_values_are_alike(expected: str, got: str) -> None:
    assert _alike(expected, got)


@pytest.mark.parametrize(
    ("expected", "got"),
    [
        ("null", "false"),
        ("false", "null"),
        ("0", "false"),
        ("1", '"1"'),
        ("1", "[1]"),
        ("1", "1.0000001"),
        ("0", "0.000000000001"),
        ("0.000001", "0.0000010001"),
        ("123456789", "123456789.0001"),
        ("[1, 2]", "[2, 1]"),
        ("[]", "null"),
        ("{a: null}", "{}"),
        ('@"P0Y"', '@"P0D"'),
        ('@"2026-01-15"', '@"2026-01-15T00:00:00"'),
        ('@"10:00:00Z"', '@"10:00:00"'),
        ('@"10:00:00Z"', '@"11:00:00+01:00"'),
    ],
)
def test_values_are_not_alike(expected: str, got: str) -> None:
    assert not _alike(expected, got)


def test_value_that_is_unknown_is_like_nothing() -> None:
    assert not alike(None, feel.UNKNOWN)
    assert not alike(feel.evaluate("1"), feel.UNKNOWN)
