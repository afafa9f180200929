"""Functions that make one value of a list (DMN 1.5, 10.3.4.4)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, cast

from vanzelf.feel.ast import BinaryOperator
from vanzelf.feel.builtins.registry import built_in
from vanzelf.feel.messages import report
from vanzelf.feel.values.arithmetic import operate
from vanzelf.feel.values.comparison import ORDERED, less
from vanzelf.feel.values.kinds import kind
from vanzelf.feel.values.numbers import CONTEXT, ONE, ZERO
from vanzelf.feel.values.unknown import PartialList, Unknown


@built_in("count", "list: list|partial", sees_unknown=True)
def count(values: list[object] | PartialList) -> Decimal | Unknown:
    """How many there are; elements that are there count, also when their value is unknown."""
    return values.count() if isinstance(values, PartialList) else Decimal(len(values))


@built_in("min", "c: any...")
@built_in("min", "list: list")
def min_(values: list[object]) -> object:
    return _extreme(values, lambda new, best: less(new, best) is True)


@built_in("max", "c: any...")
@built_in("max", "list: list")
def max_(values: list[object]) -> object:
    return _extreme(values, lambda new, best: less(best, new) is True)


def _extreme(values: list[object], better: Any) -> object:
    if not values:
        return report("an empty list has no extreme")
    best = values[0]
    if kind(best) not in ORDERED:
        return report(f"a {kind(best)} has no order")
    for value in values[1:]:
        if less(value, best) is None:
            return report(f"a {kind(value)} among values of another kind")
        if better(value, best):
            best = value
    return best


def numbers_in(values: list[object]) -> list[Decimal] | None:
    """The values if all are numbers; null if one is not, or there are none."""
    if {Decimal} != set(map(type, values)):
        return report("a list of numbers is needed")
    return cast("list[Decimal]", values)


def _total(numbers: list[Decimal]) -> Decimal:
    total, add = ZERO, CONTEXT.add
    for number in numbers:
        total = add(total, number)
    return total


@built_in("sum", "n: number|duration...")
@built_in("sum", "list: list")
def sum_(values: list[object]) -> object:
    """The sum of numbers, or of durations of one kind; null for an empty list."""
    if values and values[0].__class__ is not Decimal and kind(values[0]) in _DURATIONS:
        return _sum_of_durations(values)
    numbers = numbers_in(values)
    return None if numbers is None else _total(numbers)


_DURATIONS = ("days and time duration", "years and months duration")


def _sum_of_durations(values: list[object]) -> object:
    total = values[0]
    if {kind(value) for value in values} != {kind(total)}:
        return report("a sum is of values of one kind")
    for value in values[1:]:
        total = operate(BinaryOperator.ADD, total, value)
    return total


@built_in("mean", "n: number...")
@built_in("mean", "list: list")
def mean(values: list[object]) -> Decimal | None:
    numbers = numbers_in(values)
    return None if numbers is None else CONTEXT.divide(_total(numbers), Decimal(len(numbers)))


@built_in("product", "n: number...")
@built_in("product", "list: list")
def product(values: list[object]) -> Decimal | None:
    numbers = numbers_in(values)
    if numbers is None:
        return None
    result = ONE
    for number in numbers:
        result = CONTEXT.multiply(result, number)
    return result


@built_in("median", "n: number...")
@built_in("median", "list: list")
def median(values: list[object]) -> Decimal | None:
    numbers = numbers_in(values)
    if numbers is None:
        return None
    ordered = sorted(numbers)
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return CONTEXT.divide(CONTEXT.add(ordered[middle - 1], ordered[middle]), Decimal(2))


@built_in("stddev", "n: number...")
@built_in("stddev", "list: list")
def stddev(values: list[object]) -> Decimal | None:
    """The standard deviation of a sample; null for fewer than two numbers."""
    numbers = numbers_in(values)
    if numbers is None or len(numbers) < 2:
        return report("a standard deviation needs two numbers")
    middle = CONTEXT.divide(_total(numbers), Decimal(len(numbers)))
    squares = [CONTEXT.power(CONTEXT.subtract(number, middle), 2) for number in numbers]
    return CONTEXT.sqrt(CONTEXT.divide(_total(squares), Decimal(len(numbers) - 1)))


@built_in("mode", "n: number...")
@built_in("mode", "list: list")
def mode(values: list[object]) -> list[Decimal] | None:
    """The numbers that occur most, in ascending order."""
    if not values:
        return []
    numbers = numbers_in(values)
    if numbers is None:
        return None
    counts: dict[Decimal, int] = {}
    for number in numbers:
        counts[number] = counts.get(number, 0) + 1
    most = max(counts.values())
    return sorted(number for number, times in counts.items() if times == most)
