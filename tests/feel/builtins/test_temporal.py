"""Dates, times and durations: conversion, arithmetic, properties, functions."""

from __future__ import annotations

import pytest

from tests.feel.tables import text_of


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('date("2026-01-15")', "2026-01-15"),
        ('date("2026-02-30")', "null"),
        ("date(2026, 1, 15)", "2026-01-15"),
        ('date(date and time("2026-01-15T10:00:00"))', "2026-01-15"),
        ('time("10:00:00+01:00")', "10:00:00+01:00"),
        ("time(10, 30, 0)", "10:30:00"),
        ('time(10, 30, 0.5, @"PT1H")', "10:30:00.5+01:00"),
        ('time("25:00:00")', "null"),
        ('date and time("2026-01-15T10:00:00Z")', "2026-01-15T10:00:00Z"),
        ('date and time("2026-01-15")', "2026-01-15T00:00:00"),
        ('date and time(@"2026-01-15", @"10:00:00")', "2026-01-15T10:00:00"),
        ('date and time("2026-01-15T24:00:00")', "2026-01-16T00:00:00"),
        ('duration("P1Y2M")', "P1Y2M"),
        ('duration("P1DT25H")', "P2DT1H"),
        ('duration("P")', "null"),
        ('duration("P1Y1D")', "null"),
        ('number("1 000,50", " ", ",")', "1000.5"),
        ('number("1e3")', "1000"),
        ('number("x")', "null"),
        ("string(1.10)", '"1.1"'),
        ('string(@"2026-01-15")', '"2026-01-15"'),
        ("string(null)", "null"),
        ('string([1, "a"])', '"[1, \\"a\\"]"'),
    ],
)
def test_conversion_gives(text: str, value: str) -> None:
    assert text_of(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('@"2026-01-31" + @"P1M"', "2026-02-28"),
        ('@"2024-02-29" + @"P1Y"', "2025-02-28"),
        ('@"2026-01-15" - @"P18Y"', "2008-01-15"),
        ('@"2026-01-15" + @"PT36H"', "2026-01-16"),
        ('@"2026-01-15" - @"2025-12-25"', "P21D"),
        ('@"2026-01-15T10:00:00Z" - @"2026-01-15T10:00:00+01:00"', "PT1H"),
        ('@"23:00:00" + @"PT2H"', "01:00:00"),
        ('@"10:00:00" - @"09:30:00"', "PT30M"),
        ('@"P1Y" + @"P2M"', "P1Y2M"),
        ('@"P1Y" * 1.5', "P1Y6M"),
        ('@"P1D" / 2', "PT12H"),
        ('@"P1D" / @"PT6H"', "4"),
        ('@"P1Y" + @"P1D"', "null"),
        ('@"9999-12-31" + @"P1D"', "10000-01-01"),
        ('@"999999999-12-31" + @"P1D"', "null"),
        ('@"2026-03-29T01:30:00@Europe/Brussels" + @"PT1H"',
         "2026-03-29T03:30:00@Europe/Brussels"),
        ('@"2026-01-15" < @"2026-01-16"', "true"),
        ('@"10:00:00Z" = @"11:00:00+01:00"', "true"),
        ('is(@"10:00:00Z", @"11:00:00+01:00")', "false"),
        ('@"P12M" = @"P1Y"', "true"),
        ('@"2026-01-15" = @"2026-01-15T00:00:00"', "null"),
        ('-@"P1Y"', "-P1Y"),
    ],
)  # fmt: skip
def test_arithmetic_gives(text: str, value: str) -> None:
    assert text_of(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('@"2026-01-15".year', "2026"),
        ('@"2026-01-15".weekday', "4"),
        ('@"2026-01-15T10:20:30+01:00".hour', "10"),
        ('@"2026-01-15T10:20:30+01:00".time offset', "PT1H"),
        ('@"10:00:00@Europe/Brussels".timezone', '"Europe/Brussels"'),
        ('@"P1Y5M".months', "5"),
        ('@"-P3DT4H".hours', "-4"),
        ('@"P3DT4H5M6.5S".seconds', "6.5"),
        ("[1..5).end included", "false"),
        ("[1..5).start", "1"),
        ('years and months duration(@"2008-01-16", @"2026-01-15")', "P17Y11M"),
        ('years and months duration(@"2008-01-15", @"2026-01-15").years', "18"),
        ('years and months duration(@"2026-01-15", @"2025-01-16")', "-P11M"),
        ('day of week(@"2026-01-15")', '"Thursday"'),
        ('month of year(@"2026-01-15")', '"January"'),
        ('day of year(@"2026-02-01")', "32"),
        ('week of year(@"2026-01-15")', "3"),
        ('day of week("2026-01-15")', "null"),
        ("now()", "null"),
    ],
)
def test_property_or_function_gives(text: str, value: str) -> None:
    assert text_of(text) == value
