"""Steps that calculate: in whole numbers over a fraction that is known, so exactly."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, Final

import numpy as np

from vanzelf.population.kernel.column import Column, Ints, Number, fits, multiplied
from vanzelf.population.kernel.graph import Frame, Step, Unary
from vanzelf.population.kernel.planes import both, but_not, chosen, either
from vanzelf.population.kernel.steps import to_one_scale


@dataclass(eq=False)
class Scaled(Step):
    """A number times a constant, or over one (`factor` is then one over it; None: over zero)."""

    operand: Step
    factor: Fraction | None
    level: str | None

    @property
    def arguments(self) -> Sequence[Step]:
        return (self.operand,)

    def key(self) -> Hashable:
        return self.operand.number, self.factor

    def compute(self, frame: Frame) -> Column:
        number = frame.number(self.operand)
        if self.factor is None:
            return Number.of(0, unknown=number.unknown, null=but_not(True, number.unknown))
        factor = self.factor / number.scale
        times, most = factor.numerator, number.most * abs(factor.numerator)
        low = multiplied(number.low, times, most)
        return Number.of(
            low, factor.denominator, unknown=number.unknown, null=number.null, most=most
        )


@dataclass(eq=False)
class Added(Step):
    """`left + right` or, with sign -1, `left - right`. Bounds stay."""

    left: Step
    right: Step
    sign: int
    level: str | None

    @property
    def arguments(self) -> Sequence[Step]:
        return self.left, self.right

    def key(self) -> Hashable:
        return self.left.number, self.right.number, self.sign

    def compute(self, frame: Frame) -> Column:
        left, right = to_one_scale(frame.number(self.left), frame.number(self.right))
        if self.sign < 0:
            right = negative(right)
        most = left.most + right.most
        exact = left.high is left.low and right.high is right.low
        low = fits(left.low, most) + fits(right.low, most)
        high = low if exact else fits(left.high, most) + fits(right.high, most)
        unknown = either(left.unknown, right.unknown)
        return Number(
            low,
            high,
            left.scale,
            unknown,
            but_not(either(left.null, right.null), unknown),
            False if exact else both(unknown, both(left.has_ends, right.has_ends)),
            most,
        )


def negative(number: Number) -> Number:
    low = -fits(number.high, number.most)
    high = low if number.high is number.low else -fits(number.low, number.most)
    return replace(number, low=low, high=high)


class Negative(Unary):
    """`-x`."""

    def compute(self, frame: Frame) -> Column:
        return negative(frame.number(self.operand))


@dataclass(eq=False)
class Product(Step):
    """`left * right`, neither a constant."""

    left: Step
    right: Step
    level: str | None

    @property
    def arguments(self) -> Sequence[Step]:
        return self.left, self.right

    def key(self) -> Hashable:
        return self.left.number, self.right.number

    def compute(self, frame: Frame) -> Column:
        left, right = frame.number(self.left), frame.number(self.right)
        most = left.most * right.most
        unknown = either(left.unknown, right.unknown)
        return Number.of(
            fits(left.low, most) * fits(right.low, most),
            left.scale * right.scale,
            unknown=unknown,
            null=but_not(either(left.null, right.null), unknown),
            most=most,
        )


@dataclass(eq=False)
class Extreme(Step):
    """`min(a, b, …)` or `max(a, b, …)`."""

    greatest: bool
    operands: tuple[Step, ...]
    level: str | None

    @property
    def arguments(self) -> Sequence[Step]:
        return self.operands

    def key(self) -> Hashable:
        return self.greatest, tuple(one.number for one in self.operands)

    def compute(self, frame: Frame) -> Column:
        found, *others = [frame.number(one) for one in self.operands]
        for other in others:
            found, other = to_one_scale(found, other)
            unknown = either(found.unknown, other.unknown)
            most = max(found.most, other.most)
            one, two = fits(found.low, most), fits(other.low, most)
            least: Ints
            if isinstance(one, int) and isinstance(two, int):
                least = (max if self.greatest else min)(one, two)
            else:
                least = (np.maximum if self.greatest else np.minimum)(one, two)
            null = but_not(either(found.null, other.null), unknown)
            found = Number.of(
                least, found.scale, unknown=unknown, null=null, most=most,
                is_date=found.is_date,
            )  # fmt: skip
        return found


# --- rounding -----------------------------------------------------------------------------------


def _half(up: bool) -> Callable[[Any, int], Any]:
    """To the nearest; a half goes away from zero (up) or towards it."""

    def rounded(values: Any, by: int) -> Any:
        sign = (
            np.where(values < 0, np.int8(-1), np.int8(1))
            if not isinstance(values, int)
            else (-1 if values < 0 else 1)
        )
        twice = 2 * (values * sign)
        return sign * ((twice + by) // (2 * by) if up else -((by - twice) // (2 * by)))

    return rounded


def _half_even(values: Any, by: int) -> Any:
    down, rest = values // by, values % by
    after = (2 * rest > by) | ((2 * rest == by) & (down % 2 == 1))
    return down + after * 1


def _away(values: Any, by: int) -> Any:
    return chosen(values < 0, values // by, -(-values // by))


def _towards(values: Any, by: int) -> Any:
    return chosen(values < 0, -(-values // by), values // by)


ROUNDINGS: Final[dict[str, Callable[[Any, int], Any]]] = {
    "floor": lambda values, by: values // by,
    "ceiling": lambda values, by: -(-values // by),
    "round up": _away,
    "round down": _towards,
    "round half up": _half(up=True),
    "round half down": _half(up=False),
    "decimal": _half_even,
}


@dataclass(eq=False)
class Rounded(Step):
    """`round half up(x, digits)` and its sisters."""

    way: str
    operand: Step
    digits: int
    level: str | None

    @property
    def arguments(self) -> Sequence[Step]:
        return (self.operand,)

    def key(self) -> Hashable:
        return self.way, self.operand.number, self.digits

    def compute(self, frame: Frame) -> Column:
        number = frame.number(self.operand)
        found = rounded(number, self.way, self.digits)
        return Number.of(
            found.low, found.scale, unknown=number.unknown, null=number.null, most=found.most
        )


def rounded(number: Number, way: str, digits: int) -> Number:
    """The column rounded to so many digits behind the point (negative: zeros before it)."""
    unit = Fraction(10) ** digits / number.scale
    if unit.denominator == 1:
        return number
    most = 2 * (number.most * unit.numerator + unit.denominator)
    values = fits(number.low, most) * unit.numerator
    whole = ROUNDINGS[way](values, unit.denominator)
    back = 10 ** max(-digits, 0)
    return Number.of(
        whole * back, 10 ** max(digits, 0), unknown=number.unknown, null=number.null,
        most=(most // unit.denominator + 1) * back,
    )  # fmt: skip


def hundredths(number: Number) -> Ints:
    """Cents: a half away from zero."""
    found = rounded(number, "round half up", 2)  # so that its scale goes into 100
    times = 100 // found.scale
    return multiplied(found.low, times, found.most * times)
