"""Steps over days: ages, and days some months earlier or later."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vanzelf.population.kernel.column import EPOCH, Column, Ints, Number, Truth
from vanzelf.population.kernel.graph import Frame, Step
from vanzelf.population.kernel.planes import Plane, both, but_not, either

YEARS = 150
"""Ages that are looked up; who is older is calculated."""
FIRST, LAST = (date(year, 1, 1).toordinal() - EPOCH for year in (1900, 2050))
"""Days that are looked up, when they move by months."""


@dataclass(eq=False)
class Age(Step):
    """Full years on a day: null before birth. Who is born on 29 February ages on 1 March."""

    birth: Step
    on: date
    level: str | None

    @property
    def arguments(self) -> Sequence[Step]:
        return (self.birth,)

    def key(self) -> Hashable:
        return self.birth.number, self.on

    def compute(self, frame: Frame) -> Column:
        born = frame.number(self.birth)
        lived: Any = self.on.toordinal() - EPOCH - born.low
        known = born.known
        not_yet: Plane = but_not(_plane(lived < 0), born.unknown)
        ages: Ints = _ages(lived, self.on, born.most)
        null = either(born.null, not_yet) if known is not False else born.null
        return Number.of(ages, unknown=born.unknown, null=null, most=10_000)


@dataclass(eq=False)
class OfAge(Step):
    """Whether someone is at least so many full years old on a day: a comparison of days."""

    birth: Step
    years: int
    on: date
    level: str | None

    @property
    def arguments(self) -> Sequence[Step]:
        return (self.birth,)

    def key(self) -> Hashable:
        return self.birth.number, self.years, self.on

    def compute(self, frame: Frame) -> Column:
        born, today = frame.number(self.birth), self.on.toordinal() - EPOCH
        known = born.known
        alive = both(known, _plane(born.low <= today))
        true = both(alive, _plane(born.low <= last_birth(self.years, self.on)))
        null = either(born.null, but_not(known, alive))
        return Truth(true, but_not(alive, true), null, born.unknown)


@lru_cache(maxsize=256)
def last_birth(years: int, on: date) -> int:
    """The last day on which someone was born who is so many full years old on a day."""
    today = on.toordinal() - EPOCH
    if years <= 0:
        return today
    some = np.arange(years * 365 - 2, years * 366 + 3)
    old_enough = years_since(today - some, on) >= years
    return int(today - some[old_enough][0])


def _plane(found: Any) -> Plane:
    return bool(found) if isinstance(found, bool | np.bool_) else found


def _ages(lived: Any, on: date, most: int) -> Ints:
    table = _table(on)
    if isinstance(lived, int):
        return int(years_since(np.array([on.toordinal() - EPOCH - lived]), on)[0])
    if len(lived) and int(lived.max()) >= len(table):
        return years_since(on.toordinal() - EPOCH - lived, on)
    found: NDArray[Any] = table.take(np.maximum(lived, 0, dtype=np.intp))
    return found


@lru_cache(maxsize=32)
def _table(on: date) -> NDArray[np.int16]:
    """The age by the number of days since birth."""
    day = on.toordinal() - EPOCH
    births = day - np.arange(YEARS * 366)
    return years_since(births, on).astype(np.int16)


def years_since(born: NDArray[Any], on: date) -> NDArray[np.int64]:
    days = born.astype("datetime64[D]")
    months = days.astype("datetime64[M]")
    year = months.astype("datetime64[Y]")
    month = (months - year).astype(np.int64) + 1
    of_month = (days - months).astype(np.int64) + 1
    later = (on.month < month) | ((on.month == month) & (on.day < of_month))
    found: NDArray[np.int64] = on.year - (year.astype(np.int64) + 1970) - later
    return found


@dataclass(eq=False)
class Moved(Step):
    """A day so many months and days later; the end of a shorter month where there is no such."""

    day: Step
    months: int
    days: int
    level: str | None

    @property
    def arguments(self) -> Sequence[Step]:
        return (self.day,)

    def key(self) -> Hashable:
        return self.day.number, self.months, self.days

    def compute(self, frame: Frame) -> Column:
        number = frame.number(self.day)
        values = number.low + self.days if self.days else number.low
        if self.months:
            values = _moved(values, self.months)
        return Number.of(
            values,
            unknown=number.unknown,
            null=number.null,
            most=number.most + abs(self.days) + 31 * abs(self.months),
            is_date=True,
        )


def _moved(days: Ints, months: int) -> Ints:
    if isinstance(days, int):
        return int(moved_by_months(np.array([days]), months)[0])
    if len(days) and (int(days.min()) < FIRST or int(days.max()) >= LAST):
        return moved_by_months(days, months)
    found: NDArray[Any] = _later(months).take(np.subtract(days, FIRST, dtype=np.intp))
    return found


@lru_cache(maxsize=64)
def _later(months: int) -> NDArray[np.int32]:
    """The day so many months later, of each day of a century and a half."""
    return moved_by_months(np.arange(FIRST, LAST), months).astype(np.int32)


def moved_by_months(days: NDArray[Any], count: int) -> NDArray[np.int64]:
    moments = days.astype("datetime64[D]")
    months = moments.astype("datetime64[M]")
    of_month = moments - months.astype("datetime64[D]")
    target = months + count
    first = target.astype("datetime64[D]")
    last = (target + 1).astype("datetime64[D]") - first - 1
    found: NDArray[np.int64] = (first + np.minimum(of_month, last)).astype(np.int64)
    return found
