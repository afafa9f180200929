"""Tables seen otherwise than they lie in their files: in order, or with other columns over them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from vanzelf.population.arrays import ints
from vanzelf.population.tables import ALL_DAYS, HOUSEHOLDS, PERSONS, Homes, NotInOrder, Tables

PERIOD = ("_from", "_until")


@dataclass(frozen=True, slots=True)
class InOrder:
    """Private households before collective ones, each by number, and persons by household: as a
    register delivers them that gives a new household the next number, whichever kind it is."""

    tables: Tables
    orders: Mapping[str, pa.Array]

    @classmethod
    def of(cls, tables: Tables) -> InOrder:
        names = [name for name in ("household", "collective") if tables.has(HOUSEHOLDS, name)]
        households = tables.columns(HOUSEHOLDS, names)
        numbers = ints(households["household"])
        collective = np.zeros(len(numbers), dtype=bool)
        if "collective" in names:
            marks = pc.fill_null(households["collective"], False)
            collective = np.asarray(marks.to_numpy(zero_copy_only=False), dtype=bool)
        order = np.lexsort((numbers, collective))
        lived_in = ints(tables.columns(PERSONS, ["household"])["household"])
        ranks = _ranks(numbers, order, lived_in)
        persons = np.argsort(ranks, kind="stable")  # within a household as delivered
        return cls(tables, {HOUSEHOLDS: pa.array(order), PERSONS: pa.array(persons)})

    def has(self, table: str, column: str) -> bool:
        return self.tables.has(table, column)

    def columns(self, table: str, names: Sequence[str]) -> pa.Table:
        return self.tables.columns(table, names).take(self.orders[table])

    def span(self, table: str, name: str) -> tuple[date, date]:
        return self.tables.span(table, name)

    def told(self, table: str) -> str:
        return self.tables.told(table)


def _ranks(
    numbers: NDArray[np.int64], order: NDArray[np.int64], lived_in: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Per person the place of the household in the order; the last for one that is not there."""
    rank = np.empty(len(numbers), dtype=np.int64)
    rank[order] = np.arange(len(numbers))
    by_number = np.argsort(numbers)
    places = np.searchsorted(numbers[by_number], lived_in)
    places = np.minimum(places, max(len(numbers) - 1, 0))
    found: NDArray[np.int64] = rank[by_number[places]]
    return found


@dataclass(frozen=True, slots=True)
class Laid:
    """Columns by (table, name) over those of the tables, in the order of these. A status that is
    laid over has no period any more: it says what holds on one day."""

    tables: Tables
    over: Mapping[tuple[str, str], pa.Array] = field(default_factory=dict)

    def has(self, table: str, column: str) -> bool:
        if (table, column) in self.over:
            return True
        for end in PERIOD:
            if (table, column.removesuffix(end)) in self.over and column.endswith(end):
                return False
        return self.tables.has(table, column)

    def columns(self, table: str, names: Sequence[str]) -> pa.Table:
        rest = [name for name in names if (table, name) not in self.over]
        found = self.tables.columns(table, rest) if rest else None
        return pa.table(
            {
                name: self.over[table, name]
                if found is None or (table, name) in self.over
                else found[name]
                for name in names
            }
        )

    def span(self, table: str, name: str) -> tuple[date, date]:
        return ALL_DAYS if (table, name) in self.over else self.tables.span(table, name)

    def told(self, table: str) -> str:
        return self.tables.told(table)


def in_order(tables: Tables) -> tuple[Tables, Homes]:
    """The tables and who lives where; rearranged only when they do not lie in order."""
    try:
        return tables, Homes.of(tables)
    except NotInOrder:
        arranged = InOrder.of(tables)
        return arranged, Homes.of(arranged)
