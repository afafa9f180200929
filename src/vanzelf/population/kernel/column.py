"""What a step gives: a column, of truths, of numbers (and days), or of a few distinct values.

Each has the same three states as a value in FEEL: known, unknown, and null (known to be absent).
Arrays have a row per unit; a plain bool or int stands for all rows. Columns never change.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from vanzelf.feel import UNKNOWN, Unknown
from vanzelf.population.kernel.planes import (
    Plane,
    Rows,
    both,
    either,
    neither,
    opposite,
)

Ints: TypeAlias = "int | NDArray[Any]"
EPOCH = date(1970, 1, 1).toordinal()
FEW = 6
NARROW, WIDE = 2**31, 2**62
"""Below the first 32 bits do; beyond the second not even 64, and Python's integers go on."""


@dataclass(frozen=True, slots=True)
class Truth:
    """`true` and `false` are sure; a row that is neither nor `null` is unknown.

    `unsure` are those rows where they are known already, None where nobody asked yet.
    """

    true: Plane
    false: Plane
    null: Plane = False
    unsure: Plane | None = None

    @property
    def unknown(self) -> Plane:
        if self.unsure is None:
            unsure = opposite(either(either(self.true, self.false), self.null))
            object.__setattr__(self, "unsure", unsure)
            return unsure
        return self.unsure

    def rows(self, rows: Rows) -> Truth:
        return Truth(
            rows.of(self.true), rows.of(self.false), rows.of(self.null), rows.of(self.unsure)
        )


@dataclass(frozen=True, slots=True)
class Number:
    """Fractions `low / scale`; days count from 1970 with scale 1.

    Of an unknown that is `bounded`, it lies from `low` to `high`, both included; elsewhere the
    two are the same. What stands in a row that is null or unbounded is of no meaning. No `low` or
    `high` is more than `most`, or less than its opposite.
    """

    low: Ints
    high: Ints
    scale: int = 1
    unknown: Plane = False
    null: Plane = False
    bounded: Plane = False
    most: int = 0
    is_date: bool = False

    @classmethod
    def of(
        cls,
        values: Ints,
        scale: int = 1,
        *,
        unknown: Plane = False,
        null: Plane = False,
        most: int | None = None,
        is_date: bool = False,
    ) -> Number:
        """A column of which no unknown has bounds."""
        reach = largest(values) if most is None else most
        return cls(values, values, scale, unknown, null, False, reach, is_date)

    @property
    def known(self) -> Plane:
        return neither(self.unknown, self.null)

    @property
    def has_ends(self) -> Plane:
        """Where `low` and `high` mean something."""
        return either(self.known, self.bounded)

    def map(self, change: Callable[[Ints], Ints], **changes: Any) -> Number:
        """Both ends changed, computed once where they are the same."""
        low = change(self.low)
        high = low if self.high is self.low else change(self.high)
        return replace(self, low=low, high=high, **changes)

    def rows(self, rows: Rows) -> Number:
        return replace(
            self,
            low=rows.of(self.low),
            high=rows.of(self.high),
            unknown=rows.of(self.unknown),
            null=rows.of(self.null),
            bounded=rows.of(self.bounded),
        )


@dataclass(frozen=True, slots=True)
class Coded:
    """Few distinct values, known or Unknown or None: row r is `values[codes[r]]`."""

    codes: Ints
    values: tuple[object, ...]

    because: tuple[frozenset[str], ...] = ()
    """Of a decision table: per value the inputs because of which it is unknown."""

    def rows(self, rows: Rows) -> Coded:
        return replace(self, codes=rows.of(self.codes))

    def where(self, holds: Callable[[object], bool]) -> Plane:
        """The rows of which the value is such."""
        return self.hit([holds(value) for value in self.values])

    def hit(self, hits: Sequence[bool]) -> Plane:
        """The rows of the values that are hit."""
        if isinstance(self.codes, int):
            return hits[self.codes]
        places = [place for place, hit in enumerate(hits) if hit]
        others = len(hits) - len(places)
        if min(len(places), others) <= FEW:  # comparing is many times faster than looking up
            few = places if len(places) <= others else [p for p, hit in enumerate(hits) if not hit]
            found: Plane = False
            for place in few:
                found = either(found, self.codes == place)
            return found if few is places else opposite(found)
        return np.array(hits).take(indices(self.codes))

    @property
    def unknown(self) -> Plane:
        return self.where(lambda value: isinstance(value, Unknown))


Column: TypeAlias = "Truth | Number | Coded"


def taken_from(table: NDArray[Any], codes: Ints) -> Any:
    """The entry of each code; one value when all rows have one code."""
    return table[codes].item() if isinstance(codes, int) else table.take(indices(codes))


def indices(codes: NDArray[Any]) -> NDArray[np.intp]:
    """As NumPy looks them up best: from other types it goes the slow way."""
    return codes.astype(np.intp, copy=False)


def largest(values: Ints) -> int:
    """The greatest magnitude in it."""
    if isinstance(values, int):
        return abs(values)
    if len(values) == 0:
        return 0
    return max(int(values.max()), -int(values.min()))


def room_for(most: int) -> Any:
    """The smallest type in which numbers up to `most` are calculated with."""
    return np.int32 if most < NARROW else np.int64 if most < WIDE else object


def fits(values: Ints, most: int) -> Ints:
    """The values in a type in which a result up to `most` can be calculated."""
    if isinstance(values, int) or values.dtype == object:
        return values
    kind = room_for(most)
    if kind is not object and values.dtype.itemsize >= np.dtype(kind).itemsize:
        return values
    return values.astype(kind)


def multiplied(values: Ints, times: int, most: int) -> Ints:
    """So many times the values, of which none is then more than `most`."""
    return values if times == 1 else fits(values, max(most, abs(times))) * times


# --- from one kind to another -------------------------------------------------------------------


def constant(value: object) -> Column:
    """One FEEL value for every row."""
    if isinstance(value, bool):
        return Truth(value, not value, unsure=False)
    if isinstance(value, Decimal | date) or (isinstance(value, Unknown) and value.bounded):
        return as_number(Coded(0, (value,)))
    return Coded(0, (value,))


def as_truth(column: Column) -> Truth:
    """The column where a truth is asked: what is neither a truth nor unknown is null."""
    if isinstance(column, Truth):
        return column
    if isinstance(column, Number):
        return Truth(False, False, opposite(column.unknown), column.unknown)
    unknown = column.unknown
    true, false = column.where(lambda one: one is True), column.where(lambda one: one is False)
    null = neither(either(true, false), unknown)
    return Truth(true, false, null, unknown)


def as_number(column: Column) -> Number:
    """The column where a number or a day is asked."""
    if isinstance(column, Number):
        return column
    if isinstance(column, Truth):
        unknown = column.unknown
        return Number.of(0, unknown=unknown, null=opposite(unknown))
    scale, lows, highs, is_date = _tables(column.values, tuple(map(type, column.values)))
    low = _looked_up(lows, column.codes)
    return Number(
        low,
        low if lows == highs else _looked_up(highs, column.codes),
        scale,
        column.unknown,
        column.where(lambda one: not isinstance(one, Decimal | date | Unknown)),
        column.where(lambda one: isinstance(one, Unknown) and _ends(one) is not None),
        max((abs(end) for end in (*lows, *highs)), default=0),
        is_date,
    )


@lru_cache(maxsize=1024)
def _tables(
    values: tuple[object, ...], types: tuple[type, ...]
) -> tuple[int, list[int], list[int], bool]:
    """The scale, and the ends of each value; the types tell `true` from 1."""
    ends = [_ends(value) for value in values]
    fractions = [end for pair in ends if pair for end in pair]
    scale = math.lcm(*(fraction.denominator for fraction in fractions)) if fractions else 1
    lows = [int(pair[0] * scale) if pair else 0 for pair in ends]
    highs = [int(pair[1] * scale) if pair else 0 for pair in ends]
    return scale, lows, highs, any(isinstance(value, date) for value in values)


def _looked_up(table: list[int], codes: Ints) -> Ints:
    if isinstance(codes, int):
        return table[codes]
    if len(set(table)) == 1:
        return table[0]
    kind = room_for(max(map(abs, table)))
    found: NDArray[Any] = np.array(table, dtype=kind).take(indices(codes))
    return found


def _ends(value: object) -> tuple[Fraction, Fraction] | None:
    if isinstance(value, Decimal):
        return Fraction(value), Fraction(value)
    if isinstance(value, date):
        days = Fraction(value.toordinal() - EPOCH)
        return days, days
    if isinstance(value, Unknown) and value.low is not None and value.high is not None:
        return Fraction(value.low), Fraction(value.high)
    return None


def unknown_of(column: Column) -> Plane:
    return column.unknown


def null_of(column: Column) -> Plane:
    if isinstance(column, Coded):
        return column.where(lambda one: one is None)
    return column.null


def same(left: Column, right: Column) -> Plane:
    """Where both are known (or null) and equal."""
    # Here, because comparing is written in terms of columns.
    from vanzelf.population.kernel.comparing import equal

    return equal(left, right).true


UNKNOWN_COLUMN = Coded(0, (UNKNOWN,))
"""What is not known of anyone."""

__all__ = [
    "Coded",
    "Column",
    "Number",
    "Truth",
    "as_number",
    "as_truth",
    "both",
    "constant",
    "same",
]
