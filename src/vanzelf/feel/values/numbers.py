"""Numbers: decimals of 34 digits, rounded half to even (IEEE 754 decimal128)."""

from __future__ import annotations

import decimal
from decimal import Decimal
from typing import Final

DIGITS: Final = 34
CONTEXT: Final = decimal.Context(
    prec=DIGITS,
    rounding=decimal.ROUND_HALF_EVEN,
    Emin=-6143,
    Emax=6144,
    capitals=1,
    clamp=0,
    flags=[],
    traps=[decimal.InvalidOperation, decimal.DivisionByZero, decimal.Overflow],
)
ARITHMETIC_ERRORS: Final = (decimal.DecimalException, ArithmeticError, ValueError)

ZERO: Final = Decimal(0)
ONE: Final = Decimal(1)


def from_python(value: float) -> Decimal | None:
    """A Python int or float as a FEEL number; null for infinities, NaN and what is too big."""
    try:
        number = Decimal(value) if isinstance(value, int) else Decimal(repr(float(value)))
        return bounded(number)
    except ARITHMETIC_ERRORS:
        return None


def bounded(number: Decimal) -> Decimal | None:
    """The number within 34 digits and the range of decimal128; null where it does not fit."""
    try:
        result = CONTEXT.plus(number)
    except ARITHMETIC_ERRORS:
        return None
    return result if result.is_finite() else None


def parse_number(text: str) -> Decimal | None:
    try:
        return bounded(Decimal(text))
    except ARITHMETIC_ERRORS:
        return None


def as_integer(value: object) -> int | None:
    """A whole number as an int; None for everything else and for what is absurdly large."""
    if type(value) is not Decimal or value.adjusted() > 20:
        return None
    whole = int(value)
    return whole if whole == value else None


def number_text(number: Decimal) -> str:
    """Plain digits: no exponent, no zeros at the end of a fraction, no minus before zero."""
    if number == 0:
        return "0"
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
