"""Numeric functions (DMN 1.5, 10.3.4.5)."""

from __future__ import annotations

import decimal
from decimal import Decimal
from typing import Final

from vanzelf.feel.builtins.registry import built_in
from vanzelf.feel.limits import CHARACTERS, charge
from vanzelf.feel.messages import report
from vanzelf.feel.values.durations import YearsMonths
from vanzelf.feel.values.numbers import CONTEXT, bounded
from vanzelf.feel.values.wide import Duration, duration_of, nanoseconds

_SCALES: Final = range(-6111, 6177)
_WIDE: Final = {
    rounding: decimal.Context(prec=7000, rounding=rounding, Emin=-13000, Emax=13000)
    for rounding in (
        decimal.ROUND_HALF_EVEN, decimal.ROUND_FLOOR, decimal.ROUND_CEILING, decimal.ROUND_UP,
        decimal.ROUND_DOWN, decimal.ROUND_HALF_UP, decimal.ROUND_HALF_DOWN,
    )
}  # fmt: skip
"""Contexts that hold any number at any scale, for `quantize`."""
_EXACT: Final = decimal.Context(prec=13000, Emin=-20000, Emax=20000)


def rounded(number: Decimal, scale: Decimal | None, rounding: str) -> Decimal | None:
    """The number with `scale` digits behind the point (negative: zeros before it)."""
    digits = 0 if scale is None else int(scale)  # a fraction of a digit does not count
    if digits not in _SCALES:
        return report(f"a scale lies between {_SCALES.start} and {_SCALES.stop - 1}")
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and -exponent <= digits:
        return number
    charge(abs(digits) // CHARACTERS)
    wide = _WIDE[rounding]
    result = number.quantize(Decimal(1).scaleb(-digits, wide), context=wide)
    return bounded(result)


@built_in("decimal", "n: number, scale: number")
def decimal_(n: Decimal, scale: Decimal) -> Decimal | None:
    return rounded(n, scale, decimal.ROUND_HALF_EVEN)


@built_in("floor", "n: number, scale: number?")
def floor(n: Decimal, scale: Decimal | None = None) -> Decimal | None:
    return rounded(n, scale, decimal.ROUND_FLOOR)


@built_in("ceiling", "n: number, scale: number?")
def ceiling(n: Decimal, scale: Decimal | None = None) -> Decimal | None:
    return rounded(n, scale, decimal.ROUND_CEILING)


@built_in("round up", "n: number, scale: number")
def round_up(n: Decimal, scale: Decimal) -> Decimal | None:
    """Away from zero."""
    return rounded(n, scale, decimal.ROUND_UP)


@built_in("round down", "n: number, scale: number")
def round_down(n: Decimal, scale: Decimal) -> Decimal | None:
    """Toward zero."""
    return rounded(n, scale, decimal.ROUND_DOWN)


@built_in("round half up", "n: number, scale: number")
def round_half_up(n: Decimal, scale: Decimal) -> Decimal | None:
    return rounded(n, scale, decimal.ROUND_HALF_UP)


@built_in("round half down", "n: number, scale: number")
def round_half_down(n: Decimal, scale: Decimal) -> Decimal | None:
    return rounded(n, scale, decimal.ROUND_HALF_DOWN)


@built_in("abs", "n: number|duration")
def abs_(n: Decimal | Duration | YearsMonths) -> object:
    if isinstance(n, YearsMonths):
        return YearsMonths(abs(n.months))
    return CONTEXT.abs(n) if isinstance(n, Decimal) else duration_of(abs(nanoseconds(n)))


@built_in("modulo", "dividend: number, divisor: number")
def modulo(dividend: Decimal, divisor: Decimal) -> Decimal | None:
    """`dividend - divisor * floor(dividend / divisor)`: the sign of the divisor."""
    if not divisor:
        return report("modulo by zero")
    if abs(dividend.adjusted() - divisor.adjusted()) > 6000:
        return report("modulo of numbers too far apart")
    charge(abs(dividend.adjusted() - divisor.adjusted()) // CHARACTERS)
    remainder = _EXACT.remainder(dividend, divisor)
    if remainder and (remainder < 0) != (divisor < 0):
        remainder = _EXACT.add(remainder, divisor)
    return bounded(remainder)


@built_in("sqrt", "number: number")
def sqrt(number: Decimal) -> Decimal:
    return CONTEXT.sqrt(number)


@built_in("log", "number: number")
def log(number: Decimal) -> Decimal | None:
    """The natural logarithm; null for zero and below."""
    return CONTEXT.ln(number) if number > 0 else report("log of zero or less")


@built_in("exp", "number: number")
def exp(number: Decimal) -> Decimal:
    return CONTEXT.exp(number)


@built_in("odd", "number: number")
def odd(number: Decimal) -> bool | None:
    return _remainder_of_two(number, Decimal(1))


@built_in("even", "number: number")
def even(number: Decimal) -> bool | None:
    return _remainder_of_two(number, Decimal(0))


def _remainder_of_two(number: Decimal, wanted: Decimal) -> bool | None:
    remainder = modulo(number, Decimal(2))
    if remainder is None or remainder not in (0, 1):
        return report("only whole numbers are odd or even")
    return remainder == wanted
