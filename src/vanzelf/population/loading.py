"""From Arrow to columns: the touched columns of a population, straight to NumPy."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from vanzelf.feel import UNKNOWN
from vanzelf.population.arrays import bools, codes, days, ints, nulls
from vanzelf.population.columns import CONTRADICTED
from vanzelf.population.kernel.coded import least
from vanzelf.population.kernel.column import EPOCH, Coded, Column, Number, Truth, largest, room_for
from vanzelf.population.kernel.memory import keep_freed_memory
from vanzelf.population.kernel.people import Block, FactKey
from vanzelf.population.kernel.planes import (
    Plane,
    Rows,
    but_not,
    either,
    neither,
    opposite,
    settled,
)
from vanzelf.population.tables import HOUSEHOLDS, PERSONS, Homes, PopulationError, Tables
from vanzelf.rights.facts import Catalogue, Fact

Outside = Callable[[Any, Any], Any]
COMPOSITION = "magda/GeefGezinssamenstelling"  # facts of this source say who lives together
CELLS = 1 << 24
"""About so many are read at once, so that the columns of a region come a few at a time."""


class People:
    """The columns of a population as the kernel takes them, read when first asked for and kept."""

    def __init__(self, tables: Tables, catalogue: Catalogue, homes: Homes | None = None) -> None:
        keep_freed_memory()  # before there is a thread
        self.tables = tables
        self.catalogue = catalogue
        self.homes = Homes.of(tables) if homes is None else homes
        self.households, self.starts = self.homes.numbers, self.homes.starts
        self.private = self.homes.private
        self._read_now: dict[str, pa.Table] = {}
        self._facts: dict[FactKey, Column] = {}
        self._unknown: dict[tuple[int, int], list[NDArray[np.bool_]]] = {}
        self._last: Block | None = None

    @cached_property
    def _home(self) -> NDArray[np.int64]:
        """Per person the position of the household."""
        return np.repeat(np.arange(len(self.households)), np.diff(self.starts))

    @property
    def persons(self) -> NDArray[np.int64]:
        """The number of each person."""
        return ints(self.tables.columns(PERSONS, ["person"])["person"])

    def block(self, wanted: Iterable[FactKey]) -> Block:
        """Everyone, with these facts."""
        keys = {key: self._of_file(key) for key in wanted}
        missing = sorted(set(keys.values()) - self._facts.keys())
        at_once = max(1, CELLS // max(1, int(self.starts[-1])))
        for place in range(0, len(missing), at_once):
            self._load(missing[place : place + at_once])
        self.__dict__.pop("_home", None)  # large, and not needed again
        facts = {
            key: self._facts[of_file] for key, of_file in keys.items() if of_file in self._facts
        }
        if self._last is None or self._last.facts.keys() != facts.keys():
            self._last = Block(self.starts, facts, self.private, self.homes.doubtful)
        return self._last

    def _load(self, keys: Sequence[FactKey]) -> None:
        """Reads all that these facts need from each table at once, and makes columns of it."""
        names: dict[str, dict[str, None]] = {HOUSEHOLDS: {}, PERSONS: {}}
        for key in keys:
            for table, name in self._touched(key):
                names[table][name] = None
        for table, some in names.items():
            self._read_now[table] = self.tables.columns(table, list(some))
        for key in keys:
            column = self._made(key)
            if column is not None:
                self._facts[key] = self._together(column)
        self._read_now.clear()

    def _touched(self, key: FactKey) -> Iterator[tuple[str, str]]:
        """The tables and columns in which a fact stands."""
        fact = self.catalogue[key.path]
        table = self._table_of(fact)
        if table is None:
            return
        yield table, fact.id
        if fact.type == "boolean":
            yield from ((table, end) for end, _ in self._ends(fact, table, key.on))
        other = CONTRADICTED.get(fact.id)
        if other is not None and self.tables.has(PERSONS, other):
            yield PERSONS, other

    def _table_of(self, fact: Fact) -> str | None:
        """Where a fact stands: that of a person may stand once, for all who live together."""
        own = HOUSEHOLDS if fact.section == "gezin" else PERSONS
        there = (one for one in (own, HOUSEHOLDS) if self.tables.has(one, fact.id))
        return None if fact.members is not None else next(there, None)

    def _together(self, column: Column) -> Column:
        """The column, with one plane for all that is unknown of the same rows.

        A source that gives no answer gives none to any of its facts: what is calculated about
        what is unknown is then calculated once for all of them.
        """
        if isinstance(column, Coded) or not isinstance(column.unknown, np.ndarray):
            return column
        unknown = column.unknown
        alike = self._unknown.setdefault((len(unknown), int(np.count_nonzero(unknown))), [])
        shared = next((one for one in alike if np.array_equal(one, unknown)), None)
        if shared is None:
            alike.append(unknown)
            return column
        if isinstance(column, Truth):
            return replace(column, unsure=shared)
        return replace(column, unknown=shared)

    def _of_file(self, key: FactKey) -> FactKey:
        """`persoon.x` and `gezin.leden[].x` are one column."""
        fact = self.catalogue.at(key.path)
        return FactKey(fact.path, key.on)

    def _made(self, key: FactKey) -> Column | None:
        fact = self.catalogue[key.path]
        table = self._table_of(fact)
        if table is None:
            return None
        column = self._column(fact, table, key.on)
        if table == HOUSEHOLDS and fact.section != "gezin":
            return self._uncontradicted(fact, column.rows(Rows(self._home)))
        if table == HOUSEHOLDS and COMPOSITION in fact.sources:
            return unknown_in(column, self.homes.doubtful)
        return column

    def _column(self, fact: Fact, table: str, on: date) -> Column:
        read = self._read_now[table]
        column = column_of(fact, read[fact.id], f"{self.tables.told(table)}: column {fact.id}")
        if not isinstance(column, Truth):
            return column
        held, day = column.true, on.toordinal() - EPOCH
        for end, outside in self._ends(fact, table, on):
            held = but_not(held, outside(days(read[end], fill=day), day))
        return _truth(held, column.unknown)

    def _ends(self, fact: Fact, table: str, on: date) -> Iterator[tuple[str, Outside]]:
        """The columns of days on which a status begins and ends, and when one is outside.

        Both days are included, and null is open. A column that has no day outside, as the file
        itself tells, is not read.
        """
        begins, ends = f"{fact.id}_from", f"{fact.id}_until"
        if self.tables.has(table, begins) and self.tables.span(table, begins)[1] > on:
            yield begins, operator.gt
        if self.tables.has(table, ends) and self.tables.span(table, ends)[0] < on:
            yield ends, operator.lt

    def _uncontradicted(self, fact: Fact, column: Column) -> Column:
        other = CONTRADICTED.get(fact.id)
        if other is None or other not in self._read_now[PERSONS].column_names:
            return column
        return unknown_in(column, opposite(nulls(self._read_now[PERSONS][other])))


def column_of(fact: Fact, values: pa.ChunkedArray, where: str) -> Column:
    """An Arrow column of a fact's type: null is not known; money in cents, or decimal."""
    unknown = nulls(values)
    if fact.type == "boolean":
        return _truth(bools(values), unknown)
    if fact.type == "text":
        places, texts = codes(values)
        return Coded(places.astype(least(len(texts) + 1)), (*texts, UNKNOWN))
    if fact.type == "date":
        return Number.of(days(values), unknown=unknown, is_date=True)
    if pa.types.is_decimal(values.type):
        scale = 10 ** max(values.type.scale, 0)
        whole = pc.cast(pc.multiply(values, pa.scalar(scale, pa.decimal128(12))), pa.int64())
        return Number.of(ints(whole), scale, unknown=unknown)
    if not pa.types.is_integer(values.type):
        raise PopulationError(
            f"{where}: {values.type} is no {fact.type}; write cents as int64, or a decimal"
        )
    whole, scale = ints(values), 100 if fact.type == "money" else 1
    most = largest(whole)
    return Number.of(whole.astype(room_for(most), copy=False), scale, unknown=unknown, most=most)


def unknown_in(column: Column, rows: Plane) -> Column:
    """The column, not known in these rows."""
    if rows is False:
        return column
    if isinstance(column, Truth):
        keep = np.logical_not(rows)
        true, false = settled(column.true & keep), settled(column.false & keep)
        return Truth(true, false, False, either(column.unknown, rows))
    if isinstance(column, Number):
        unknown = either(column.unknown, rows)
        return Number.of(column.low, column.scale, unknown=unknown, is_date=column.is_date)
    place = column.values.index(UNKNOWN) if UNKNOWN in column.values else len(column.values)
    places: Any = np.where(rows, place, column.codes)
    values = column.values if place < len(column.values) else (*column.values, UNKNOWN)
    return Coded(places.astype(least(len(values))), values)


def _truth(true: Plane, unknown: Plane) -> Truth:
    return Truth(settled(true), settled(neither(true, unknown)), False, unknown)
