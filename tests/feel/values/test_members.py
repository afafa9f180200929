"""Properties of temporal values and ranges."""

from __future__ import annotations

import pytest

from tests.feel.tables import text_of


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('@"0001-01-01".value', "0"),
        ('@"1970-01-01".value', "62135596800"),
        ('@"1970-01-01T00:00:00Z".value', "62135596800"),
        ('@"1970-01-01T01:00:00+01:00".value', "62135596800"),
        ('@"10:00:00".value', "36000"),
        ('@"10:00:00+01:00".value', "32400"),
        ('@"P1Y2M".value', "14"),
        ('@"-P1Y".value', "-12"),
        ('@"P1DT0.5S".value', "86400.5"),
        ('@"-P1DT2H3M4.5S".seconds', "-4.5"),
        ('@"10000-02-29".month', "2"),
        ('@"-0044-03-15T10:20:30.000000001Z".second', "30"),
        ('@"-0044-03-15T10:20:30.000000001Z".year', "-44"),
        ('@"-0044-03-15T10:20:30.000000001@Europe/Rome".timezone', '"Europe/Rome"'),
        ('@"10:00:00+01:00".timezone', "null"),
        ('@"2026-07-01T10:00:00@Europe/Brussels".time offset', "PT2H"),
        ('@"2026-01-15".timezone', "null"),
        ('for d in @"9999-12-31"..@"10000-01-02" return d.day', "[31, 1, 2]"),
        ('for d in @"0001-01-01"..@"0000-12-30" return d.day', "[1, 31, 30]"),
    ],
)
def test_property_gives(text: str, value: str) -> None:
    assert text_of(text) == value
