"""Steps over few distinct values: each value goes once through FEEL itself.

Whatever FEEL does with a text, a row of a table parameter or a decision table, columns do the
same, because it is the same code that does it: per distinct value or combination, not per row.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np

from vanzelf.feel import UNKNOWN, Unknown
from vanzelf.population.kernel.column import (
    EPOCH,
    Coded,
    Column,
    Ints,
    Number,
    Truth,
    indices,
)
from vanzelf.population.kernel.graph import Causes, Frame, Step, merged
from vanzelf.population.kernel.planes import Plane, both, chosen

SMALL = 32
MOST_COMBINATIONS = 1 << 20
"""Of the values that the inputs of one table may have."""


def without_causes(value: object) -> object:
    """Which facts it is because of is told by the columns, not by their values."""
    if not isinstance(value, Unknown):
        return value
    return Unknown((), value.low, value.high) if value.bounded else UNKNOWN


def is_kept(value: object) -> bool:
    """Whether a value can stand in a column."""
    return value is None or isinstance(value, Unknown | Decimal | str | bool | date)


@dataclass(eq=False)
class Mapped(Step):
    """A function of one column of few values."""

    source: Step
    function: Callable[[object], object]
    text: Hashable
    level: str | None
    _found: dict[tuple[object, ...], tuple[object, ...]] = field(default_factory=dict)

    @property
    def arguments(self) -> Sequence[Step]:
        return (self.source,)

    def key(self) -> Hashable:
        return self.source.number, self.text

    def compute(self, frame: Frame) -> Column:
        coded = as_coded(frame.column(self.source))
        found = self._found.get(coded.values)
        if found is None:
            found = tuple(without_causes(self.function(value)) for value in coded.values)
            self._found[coded.values] = found
        return Coded(coded.codes, found)


def as_coded(column: Column) -> Coded:
    """A truth as its four values."""
    if isinstance(column, Coded):
        return column
    assert isinstance(column, Truth)
    codes: Any = 0
    for code, rows in ((1, column.true), (2, column.unknown), (3, column.null)):
        if rows is not False:
            codes = codes + (code if rows is True else np.multiply(rows, code, dtype=np.uint8))
    return Coded(_scalar(codes), (False, True, UNKNOWN, None))


def _scalar(codes: Any) -> Ints:
    """Few codes in few bytes."""
    if not isinstance(codes, np.ndarray):
        return int(codes)
    return codes


@dataclass(eq=False)
class Segments(Step):
    """A table parameter read with a number.

    For whole numbers `values[i + 1]` holds from `starts[i]` on and the first value before all of
    them; `fraction` for other numbers, `absent` for null.
    """

    source: Step
    starts: tuple[int, ...]
    values: tuple[object, ...]
    fraction: object
    absent: object
    level: str | None

    @property
    def arguments(self) -> Sequence[Step]:
        return (self.source,)

    def key(self) -> Hashable:
        values = (*self.values, self.fraction, self.absent)
        typed = tuple((type(value), value) for value in values)
        return self.source.number, self.starts, typed

    def compute(self, frame: Frame) -> Column:
        number = frame.number(self.source)
        values = self.values
        codes: Any = 0
        for start in self.starts:
            codes = codes + as_int(number.low >= start * number.scale)
        if number.scale != 1:
            codes = chosen(_bool(number.low % number.scale != 0), len(values), codes)
        codes = chosen(number.null, len(values) + 1, codes)
        codes = chosen(number.unknown, len(values) + 2, codes)
        known = (*values, self.fraction, self.absent)
        return Coded(_scalar(codes), (*map(without_causes, known), UNKNOWN))


def _bool(found: Any) -> Plane:
    return bool(found) if not isinstance(found, np.ndarray) else found.astype(bool)


# --- decision tables ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Tested:
    """An input of a table: the step, and the numbers and days that its cells speak of, in order.

    Between two neighbours, no cell tells one value from another.
    """

    step: Step
    points: tuple[Fraction, ...] = ()
    is_date: bool = False


Classes = tuple[Ints, Sequence[object]]
"""Per row a code, and a value that stands for all values of the code."""


@dataclass(eq=False)
class Table(Step):
    """A decision table of which the outputs are the same for everyone.

    `function` is the table itself: it takes a value per input, unknowns with a cause that is
    the input's number.
    """

    inputs: tuple[Tested, ...]
    function: Callable[[Sequence[object]], object]
    text: Hashable
    level: str | None
    _found: dict[tuple[object, ...], object] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def arguments(self) -> Sequence[Step]:
        return tuple(one.step for one in self.inputs)

    def key(self) -> Hashable:
        return tuple((one.step.number, one.points) for one in self.inputs), self.text

    def compute(self, frame: Frame) -> Column:
        classes = [classes_of(frame.column(one.step), one) for one in self.inputs]
        kind = least(math.prod(len(values) for _, values in classes))
        codes: Any = 0
        for found, values in classes:
            first = found if isinstance(found, int) else found.astype(kind, copy=False)
            codes = (
                codes * kind(len(values)) + first
                if isinstance(codes, np.ndarray)
                else (codes * len(values) + first)
            )
        present, codes = _present(codes)
        given: list[object] = []
        for code in present:
            combination: list[object] = []
            for _, values in reversed(classes):
                code, place = divmod(code, len(values))
                combination.append(values[place])
            given.append(self._value(tuple(reversed(combination))))
        because = (one.causes if isinstance(one, Unknown) else frozenset() for one in given)
        return Coded(codes, tuple(map(without_causes, given)), tuple(because))

    def _value(self, combination: tuple[object, ...]) -> object:
        key = tuple((type(value), value) for value in combination)
        with self._lock:  # the compiled table keeps notes of its own
            if key not in self._found:
                self._found[key] = self.function(
                    [_tagged(value, str(place)) for place, value in enumerate(combination)]
                )
            return self._found[key]

    def causes(self, frame: Frame) -> Causes:
        coded = frame.column(self)
        assert isinstance(coded, Coded)
        found = [
            merged([frame.causes(one.step)], coded.hit([str(place) in x for x in coded.because]))
            for place, one in enumerate(self.inputs)
        ]
        return merged(found, frame.unknown(self))


def _tagged(value: object, tag: str) -> object:
    return Unknown((tag,), value.low, value.high) if isinstance(value, Unknown) else value


def _present(codes: Ints) -> tuple[list[int], Ints]:
    """The codes that there are (all, when these are few), and per row which of them it is."""
    if isinstance(codes, int):
        return [codes], 0
    most = int(codes.max(initial=0)) + 1
    if most > MOST_COMBINATIONS:
        there, found = np.unique(codes, return_inverse=True)
        return there.tolist(), found
    if most <= SMALL:
        return list(range(most)), codes
    at = indices(codes)
    there = np.flatnonzero(np.bincount(at, minlength=most))
    places = np.zeros(most, dtype=least(len(there)))
    places[there] = np.arange(len(there))
    return there.tolist(), places.take(at)


def classes_of(column: Column, tested: Tested) -> Classes:
    """The column as codes of values that the table cannot tell apart."""
    if not isinstance(column, Number):
        coded = as_coded(column)
        return coded.codes, coded.values
    points = tested.points
    low = _stretch(column, column.low, points)
    values: list[object] = [_point(one, tested.is_date) for one in _samples(points)]
    codes: Ints = low
    if column.bounded is not False:
        count = len(values)
        high = _stretch(column, column.high, points)
        codes = chosen(column.bounded, count + low * count + high, codes)
        values += [
            UNKNOWN if first > last else Unknown((), values[first], values[last])  # type: ignore[arg-type]
            for first in range(count)
            for last in range(count)
        ]
    open_ = (
        column.unknown
        if column.bounded is False
        else both(column.unknown, np.logical_not(column.bounded))
    )
    codes = chosen(open_, len(values), codes)
    codes = chosen(column.null, len(values) + 1, codes)
    return _scalar(codes), [*values, UNKNOWN, None]


def least(count: int) -> Any:
    """The smallest type that has room for so many codes."""
    return next(kind for kind in (np.uint8, np.uint16, np.int64) if count <= np.iinfo(kind).max)


def _stretch(column: Number, ends: Ints, points: Iterable[Fraction]) -> Any:
    """2k: before point k; 2k + 1: at it."""
    codes: Any = 0
    for point in points:
        at = point * column.scale
        reached = ends >= -(-at.numerator // at.denominator)
        passed = ends > at.numerator // at.denominator
        codes = codes + as_int(reached) + as_int(passed)
    return codes


def as_int(found: Any) -> Any:
    return found.view(np.uint8) if isinstance(found, np.ndarray) else int(found)


def _samples(points: tuple[Fraction, ...]) -> list[Fraction]:
    """A number of each stretch: before, at, between and after the points."""
    if not points:
        return [Fraction(0)]
    found = [points[0] - 1]
    for point, after in zip(points, (*points[1:], points[-1] + 2), strict=True):
        found += [point, (point + after) / 2]
    return found


def _point(value: Fraction, is_date: bool) -> object:
    if is_date:
        return date.fromordinal(int(value) + EPOCH)
    return Decimal(value.numerator) / Decimal(value.denominator)
