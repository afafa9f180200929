"""From where to where a slider goes, and in which steps a person would count."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from math import floor, log10
from typing import NamedTuple

STEPS = 40
"""Of a slider, at most."""
HALF = STEPS // 2


Value = Decimal | date


class Scale(NamedTuple):
    low: Decimal | date
    high: Decimal | date
    step: Decimal


def scale_of(kind: str, value: Decimal | date) -> Scale:
    """Around a value: a percentage from 0 to 100, a day 20 months to either side."""
    if isinstance(value, date):
        return Scale(months_from(value, -HALF), months_from(value, HALF), Decimal(1))
    if kind == "percent" and 0 <= value <= 100:
        return Scale(Decimal(0), Decimal(100), Decimal(5))
    if kind == "number" and value == value.to_integral() and 0 <= value <= HALF:
        return Scale(Decimal(0), max(2 * value, Decimal(10)), Decimal(1))
    return _around(value)


def points_of(scale: Scale, value: Value) -> tuple[Value, ...]:
    """Every step, rising; the value itself is in the place of the one nearest to it."""
    if isinstance(value, date):
        return tuple(months_from(value, place) for place in range(-HALF, HALF + 1))
    low, high = scale.low, scale.high
    assert isinstance(low, Decimal)
    assert isinstance(high, Decimal)
    points: list[Value] = [
        low + place * scale.step for place in range(int((high - low) / scale.step) + 1)
    ]
    points[nearest(points, value)] = value
    return tuple(points)


def nearest(points: Sequence[Value], value: Value) -> int:
    """The place of the point nearest to a value; the lowest of two that are equally near."""
    distances = [_distance(point, value) for point in points]
    return distances.index(min(distances))


def _distance(one: Value, other: Value) -> Decimal:
    if isinstance(one, date) or isinstance(other, date):
        assert isinstance(one, date)
        assert isinstance(other, date)
        return Decimal(abs((one - other).days))
    return abs(one - other)


def _around(value: Decimal) -> Scale:
    """20 steps to either side, never below zero for what is not below it."""
    step = _step(abs(value))
    middle = step * floor(value / step + Decimal("0.5"))
    low = middle - HALF * step
    return Scale(max(low, Decimal(0)) if value >= 0 else low, middle + HALF * step, step)


def _step(size: Decimal) -> Decimal:
    """The widest on which the value stands itself, if that reaches far enough; else a twentieth."""
    if not size:
        return Decimal(1)
    for step in _human(size / 10):
        if step < size / 50:
            break
        if size % step == 0:
            return step
    return min(step for step in _human(size) if step >= size / HALF)


def _human(most: Decimal) -> Iterator[Decimal]:
    """1, 2 and 5 times powers of ten, falling from `most` to a hundredth of it."""
    power = floor(log10(most))
    for exponent in range(power, power - 3, -1):
        for digit in (5, 2, 1):
            step = Decimal(f"{Decimal(digit).scaleb(exponent):f}")  # 50, and not 5E+1
            if step <= most:
                yield step


def months_from(day: date, months: int) -> date:
    """So many months later; the last day of a month that is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    length = (following - date(year, month + 1, 1)).days
    return date(year, month + 1, min(day.day, length))
