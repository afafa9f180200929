"""The dimensions by which a city looks at its people: where, how they live, age, income."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from vanzelf.population.columns import Columns
from vanzelf.population.reader import Population
from vanzelf.population.statistics.grouping import Grouping, everyone, ranges
from vanzelf.population.tables import HOUSEHOLDS, PERSONS

NEIGHBOURHOOD, HOUSEHOLD, AGE, DECILE = "neighbourhood", "household", "age", "decile"
DIMENSIONS = (NEIGHBOURHOOD, HOUSEHOLD, AGE, DECILE)
TYPES = ("alone", "couple", "lone parent", "couple with children", "other", "collective")
AGES = (0, 6, 12, 18, 25, 35, 45, 55, 65, 80)
ADULT = 18
NOT_KNOWN = "not known"
PARTNERS = ("02", "21", "22")
"""Codes of the register: spouse, partner, legal cohabitant."""
DECILES = 10


@dataclass(frozen=True)
class Dimensions:
    """The groupings of a population on a day, for rights of a household or of a person."""

    population: Population
    on: date

    def of(self, unit: str, numbers: NDArray[np.int64]) -> tuple[Grouping, ...]:
        """The total and every dimension, for these households or persons, by their number.

        The age of a household is that of its reference person; a person has the neighbourhood,
        type and income of the household.
        """
        groupings = self._of_households if unit == "gezin" else self._of_persons
        known = self._numbers(unit)
        order = np.argsort(known, kind="stable")  # a delivery may number a new private one last
        places = order[np.searchsorted(known, numbers, sorter=order)]
        return (everyone(len(numbers)), *(grouping.take(places) for grouping in groupings))

    def _numbers(self, unit: str) -> NDArray[np.int64]:
        file, column = (HOUSEHOLDS, "household") if unit == "gezin" else (PERSONS, "person")
        return np.asarray(self._columns.read(file, column).to_numpy())

    @cached_property
    def _columns(self) -> Columns:
        return Columns(self.population.folder)

    @cached_property
    def _ages(self) -> NDArray[np.int64]:
        """Full years per person; who is born after the day is 0."""
        born = self._columns.read(PERSONS, "birth_date")
        month_and_day = pc.add(pc.multiply(pc.month(born), 100), pc.day(born))
        written = pc.add(pc.multiply(pc.year(born), 10_000), month_and_day)  # 20260131
        today = self.on.year * 10_000 + self.on.month * 100 + self.on.day
        days = pc.fill_null(written, today).to_numpy(zero_copy_only=False)
        return np.asarray(np.clip((today - days) // 10_000, 0, 120))

    @cached_property
    def _of_households(self) -> tuple[Grouping, ...]:
        first = self._columns.offsets[:-1]
        return (
            self._neighbourhood(),
            Grouping(HOUSEHOLD, TYPES, self._types()),
            ranges(AGE, AGES, self._ages[np.minimum(first, len(self._ages) - 1)]),
            self._deciles(),
        )

    @cached_property
    def _of_persons(self) -> tuple[Grouping, ...]:
        where, kind, _, income = self._of_households
        home = self._columns.home
        return where.take(home), kind.take(home), ranges(AGE, AGES, self._ages), income.take(home)

    def _neighbourhood(self) -> Grouping:
        names = pc.fill_null(self._columns.read(HOUSEHOLDS, "neighbourhood"), NOT_KNOWN)
        known = sorted(pc.unique(names).to_pylist())
        codes = pc.index_in(names, value_set=pa.array(known, pa.string()))
        codes = codes.to_numpy(zero_copy_only=False).astype(np.intp)
        return Grouping(NEIGHBOURHOOD, tuple(known), codes)

    def _types(self) -> NDArray[np.intp]:
        offsets = self._columns.offsets
        size = np.diff(offsets)
        minors = _per_household(self._ages < ADULT, offsets)
        position = self._columns.read(PERSONS, "position")
        partner = pc.is_in(position, value_set=pa.array(PARTNERS)).to_numpy(zero_copy_only=False)
        paired = _per_household(partner, offsets) > 0
        collective = self._columns.flags("collective")
        return np.asarray(np.select(
            [collective, size == 1, paired & (size == 2), (minors > 0) & paired,
             (minors > 0) & (size - minors == 1)],
            [5, 0, 1, 3, 2],
            4,
        ), np.intp)  # fmt: skip

    def _deciles(self) -> Grouping:
        """By the taxable income of the household: the lowest tenth first, not known last."""
        income = self._columns.read(HOUSEHOLDS, "taxable_income")
        known = pc.is_valid(income).to_numpy(zero_copy_only=False)
        cents = pc.fill_null(income, 0).to_numpy(zero_copy_only=False)
        codes = np.full(len(cents), DECILES, np.intp)
        rank = np.empty(int(known.sum()), np.intp)
        rank[np.argsort(cents[known], kind="stable")] = np.arange(len(rank))
        codes[known] = rank * DECILES // max(len(rank), 1)
        return Grouping(DECILE, (*(str(1 + i) for i in range(DECILES)), NOT_KNOWN), codes)


def _per_household(marks: NDArray[np.bool_], offsets: NDArray[np.int64]) -> NDArray[np.int64]:
    """How many persons of each household are marked; households may be empty."""
    summed = np.concatenate(([0], np.cumsum(marks)))
    return np.asarray(summed[offsets[1:]] - summed[offsets[:-1]])
