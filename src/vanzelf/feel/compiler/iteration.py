"""What `for`, `some` and `every` run over: the values of each iterator, by turn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import cast

from vanzelf.feel import ast
from vanzelf.feel.compiler.core import Compiler, Scope
from vanzelf.feel.compiler.frame import STATE, Code, Frame, weight
from vanzelf.feel.messages import report
from vanzelf.feel.values.kinds import kind
from vanzelf.feel.values.numbers import CONTEXT
from vanzelf.feel.values.ranges import Range
from vanzelf.feel.values.unknown import PartialList, Unknown, merge, unknown_within
from vanzelf.feel.values.wide import Date, date_of_number, day_number

MOST = 1_000_000
"""Values that one range may run over."""

Series = Sequence[object] | Unknown | None


@dataclass(frozen=True, slots=True)
class Turn:
    """One round, which is certainly there (True) or may not be (Unknown).

    When there is nothing to run over, `instead` tells what stands there: an unknown or null.
    """

    certain: bool | Unknown
    bound: bool = True
    instead: Unknown | None = None


CERTAIN = Turn(True)


@dataclass(frozen=True, slots=True)
class Iteration:
    """One iterator compiled."""

    slot: int
    source: Code
    until: Code | None
    cost: int = 1

    def series(self, frame: Frame) -> Series:
        """The values to run over; an Unknown or null when there is no telling which."""
        start = self.source(frame)
        if self.until is not None:
            return series_between(start, self.until(frame))
        return series_of(start)


def series_of(value: object) -> Series:
    """A list as it is, a range of whole numbers or dates spelled out, else a list of one."""
    if isinstance(value, list | Unknown):
        return value
    if value is None:
        return report("null is nothing to iterate over")
    if isinstance(value, Range):
        return _series_in(value)
    return [value]


def _series_in(values: Range) -> Series:
    low, high = values.low, values.high
    series = series_between(low, high)
    if not isinstance(series, list) or not series:
        return series
    if not values.low_included:
        series = series[1:]
    if not values.high_included and series and series[-1] == high:
        series = series[:-1]
    return series


def series_between(start: object, end: object) -> Series:
    """Whole numbers or dates from start to end, both included, up or down."""
    unknown = merge((start, end))
    if unknown is not None:
        return unknown
    if isinstance(start, Decimal) and isinstance(end, Decimal):
        return _numbers(start, end)
    if kind(start) == kind(end) == "date":
        return _dates(day_number(cast("Date", start)), day_number(cast("Date", end)))
    return report("a range to iterate over has numbers or dates at its ends")


def _numbers(start: Decimal, end: Decimal) -> Series:
    distance = abs(end - start)
    if distance > MOST or abs(start) > 10**30:
        return report(f"a range of more than {MOST} values")
    step = 1 if start <= end else -1
    return [CONTEXT.add(start, step * index) for index in range(int(distance) + 1)]


def _dates(start: int, end: int) -> Series:
    if abs(end - start) > MOST:
        return report(f"a range of more than {MOST} values")
    step = 1 if start <= end else -1
    return [date_of_number(number) for number in range(start, end + step, step)]


def compile_iterators(
    compiler: Compiler, iterators: Sequence[ast.Iterator], body: ast.Node, scope: Scope
) -> tuple[list[Iteration], Scope]:
    """The iterators in order, each seeing those before it; and the scope they make.

    A turn of an iterator costs what is done in it: the next one's source, or the body.
    """
    inside = [*(iterator.source for iterator in iterators[1:]), body]
    compiled: list[Iteration] = []
    for iterator, within in zip(iterators, inside, strict=True):
        source = compiler.code(iterator.source, scope)
        until = compiler.code(iterator.until, scope) if iterator.until else None
        slot = compiler.new_slot()
        scope = Scope(scope, {iterator.name: slot})
        compiled.append(Iteration(slot, source, until, weight(within)))
    return compiled, scope


def turns(
    frame: Frame, iterations: Sequence[Iteration], certain: bool | Unknown = True
) -> Iterator[Turn]:
    """Every combination, with the frame's slots set to its values."""
    iteration, rest = iterations[0], iterations[1:]
    series = iteration.series(frame)
    if isinstance(series, PartialList):
        pairs: Sequence[tuple[object, bool | Unknown]] = series.members
    elif isinstance(series, Unknown) or series is None:
        yield Turn(certain, bound=False, instead=_nothing_to_run_over(frame, series, iterations))
        return
    else:
        pairs = [(value, True) for value in series]
    frame[STATE].charge(len(pairs) * iteration.cost)
    for value, sure in pairs:
        frame[iteration.slot] = value
        both = _both(certain, sure)
        if rest:
            yield from turns(frame, rest, both)
        else:
            yield CERTAIN if both is True else Turn(both)


def _nothing_to_run_over(
    frame: Frame, series: Unknown | None, iterations: Sequence[Iteration]
) -> Unknown | None:
    """The unknown series; the variables become unknown too, to see what else would matter."""
    if series is None:
        return None
    frame[STATE].took_both(series)
    frame[iterations[0].slot] = series.plain()
    for iteration in iterations[1:]:
        further = unknown_within(iteration.series(frame))
        series = series if further is None else series | further
        frame[iteration.slot] = series.plain()
    return series.plain()


def _both(left: bool | Unknown, right: bool | Unknown) -> bool | Unknown:
    if left is True:
        return right
    if right is True or not (isinstance(left, Unknown) and isinstance(right, Unknown)):
        return left
    return left | right
