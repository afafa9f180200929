"""Comparisons of columns, as FEEL has them: with null, with unknown and with bounds."""

from __future__ import annotations

import math
from typing import Any

from vanzelf.feel import Unknown
from vanzelf.feel.ast import BinaryOperator as Op
from vanzelf.feel.values.comparison import COMPARISONS
from vanzelf.population.kernel.column import (
    Coded,
    Column,
    Ints,
    Number,
    Truth,
    as_number,
    as_truth,
    multiplied,
)
from vanzelf.population.kernel.planes import Plane, both, but_not, either, opposite


def compared(operator: Op, left: Column, right: Column) -> Truth:
    """`left operator right` per row."""
    if operator is Op.EQUAL:
        return equal(left, right)
    if operator is Op.NOT_EQUAL:
        found = equal(left, right)
        return Truth(found.false, found.true, found.null, found.unsure)
    if operator in (Op.GREATER, Op.GREATER_OR_EQUAL):
        left, right = right, left
    strict = operator in (Op.LESS, Op.GREATER)
    return _ordered(as_number(left), as_number(right), strict=strict)


def equal(left: Column, right: Column) -> Truth:
    """`left = right`: null equals null only."""
    if isinstance(left, Truth) or isinstance(right, Truth):
        return _equal_truths(as_truth(left), as_truth(right))
    if isinstance(left, Coded) and isinstance(right, Coded):
        return _equal_codes(left, right)
    return _equal_numbers(as_number(left), as_number(right))


def _equal_truths(left: Truth, right: Truth) -> Truth:
    alike = either(
        either(both(left.true, right.true), both(left.false, right.false)),
        both(left.null, right.null),
    )
    open_ = either(left.unknown, right.unknown)
    return Truth(alike, opposite(either(alike, open_)), False, open_)


def _equal_codes(left: Coded, right: Coded) -> Truth:
    """Codes of different dictionaries: compared by value, each pair of values once."""
    pairs = [[COMPARISONS[Op.EQUAL](one, other) for other in right.values] for one in left.values]
    flat = tuple(found for row in pairs for found in row)
    codes: Ints = left.codes * len(right.values) + right.codes
    return as_truth(Coded(codes, flat))


def _equal_numbers(left: Number, right: Number) -> Truth:
    unknown = either(left.unknown, right.unknown)
    known = opposite(either(unknown, either(left.null, right.null)))
    alike = both(known, _alike(left, right)) if known is not False else False
    true = either(alike, both(left.null, right.null))
    differ: Plane = opposite(either(unknown, true))
    if left.bounded is not False or right.bounded is not False:
        ends = both(left.has_ends, right.has_ends)
        apart = either(_less(left.high, left, right.low, right),
                       _less(right.high, right, left.low, left))  # fmt: skip
        differ = either(differ, both(ends, apart))
        unknown = but_not(unknown, differ)
    return Truth(true, differ, False, unknown)


def _alike(left: Number, right: Number) -> Plane:
    one, other = _aligned(left.low, left, right.low, right)
    return _plane(one == other)


def _ordered(left: Number, right: Number, *, strict: bool) -> Truth:
    unknown = either(left.unknown, right.unknown)
    ends = both(left.has_ends, right.has_ends)
    if ends is False:
        return Truth(False, False, but_not(either(left.null, right.null), unknown), unknown)
    bounded = left.bounded is not False or right.bounded is not False
    if strict:
        below = _less(left.high, left, right.low, right)
        above = opposite(_less(left.low, left, right.high, right)) if bounded else None
    else:
        below = opposite(_less(right.low, right, left.high, left))
        above = _less(right.high, right, left.low, left) if bounded else None
    true = both(ends, below)
    false = but_not(ends, below) if above is None else both(ends, above)
    null = but_not(either(left.null, right.null), unknown)
    return Truth(true, false, null, None if bounded else unknown)


def _less(one: Ints, of_one: Number, other: Ints, of_other: Number) -> Plane:
    """`one < other`; against a single number the threshold is scaled, not the column."""
    if isinstance(other, int) and not isinstance(one, int):
        return _plane(one < -(-other * of_one.scale // of_other.scale))
    if isinstance(one, int) and not isinstance(other, int):
        return _plane(other > one * of_other.scale // of_one.scale)
    one, other = _aligned(one, of_one, other, of_other)
    return _plane(one < other)


def _aligned(one: Ints, of_one: Number, other: Ints, of_other: Number) -> tuple[Any, Any]:
    """Both as multiples of one fraction."""
    if of_one.scale == of_other.scale:
        return one, other
    scale = math.lcm(of_one.scale, of_other.scale)
    times, others = scale // of_one.scale, scale // of_other.scale
    return (
        multiplied(one, times, of_one.most * times),
        multiplied(other, others, of_other.most * others),
    )


def _plane(found: Any) -> Plane:
    if isinstance(found, bool):
        return found
    plane: Plane = found.astype(bool) if found.dtype == object else found
    return plane


def is_unknown(value: object) -> bool:
    return isinstance(value, Unknown)
