"""Numeric functions."""

from __future__ import annotations

import pytest

from tests.feel.tables import text_of


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("decimal(1/3, 2)", "0.33"),
        ("decimal(1.5, 0)", "2"),
        ("decimal(2.5, 0)", "2"),
        ("decimal(125, -1)", "120"),
        ("floor(-1.5)", "-2"),
        ("floor(1.567, 1)", "1.5"),
        ("ceiling(1.2)", "2"),
        ("ceiling(-1.56, 1)", "-1.5"),
        ("round up(5.121, 2)", "5.13"),
        ("round up(-5.5, 0)", "-6"),
        ("round down(5.5, 0)", "5"),
        ("round half up(5.5, 0)", "6"),
        ("round half up(-5.5, 0)", "-6"),
        ("round half down(5.5, 0)", "5"),
        ("round half down(1.126, 2)", "1.13"),
        ("abs(-10)", "10"),
        ('abs(@"-P1Y")', 'P1Y'),
        ('abs(@"-PT5H")', 'PT5H'),
        ("modulo(12, 5)", "2"),
        ("modulo(-12, 5)", "3"),
        ("modulo(12, -5)", "-3"),
        ("modulo(10.1, 4.5)", "1.1"),
        ("modulo(1, 0)", "null"),
        ("sqrt(16)", "4"),
        ("sqrt(-1)", "null"),
        ("log(1)", "0"),
        ("log(0)", "null"),
        ("exp(0)", "1"),
        ("odd(5)", "true"),
        ("even(2)", "true"),
        ("odd(1.5)", "null"),
        ('floor("1")', "null"),
        ("floor(null)", "null"),
        ("floor(n: 1.5)", "1"),
        ("round half up(n: 1.25, scale: 1)", "1.3"),
        ("round up(1.25)", "null"),
        ("round half down(n: 1.25)", "null"),
        ('number("1.5", null, ",")', "null"),
        ('number("1.500,5", ".", ",")', "1500.5"),
        ("sum(2, [2])", "4"),
        ("mean([1], 2)", "1.5"),
        ('sum(@"P1D", @"2024-01-01")', "null"),
        ('sum([@"P1D", @"P1Y"])', "null"),
    ],
)  # fmt: skip
def test_numeric_function_gives(text: str, value: str) -> None:
    assert text_of(text) == value
