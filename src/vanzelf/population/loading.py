"""From Arrow to columns: the touched columns of a population, straight to NumPy."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from vanzelf.feel import UNKNOWN
from vanzelf.population.columns import (
    CONTRADICTED,
    HOUSEHOLDS,
    PERSONS,
    PopulationError,
    starts_of,
)
from vanzelf.population.kernel.column import Coded, Column, Number, Truth, largest, room_for
from vanzelf.population.kernel.memory import keep_freed_memory
from vanzelf.population.kernel.people import Block, FactKey
from vanzelf.population.kernel.planes import Plane, Rows, either, neither, settled
from vanzelf.rights.facts import Catalogue, Fact

COMPOSITION = "magda/GeefGezinssamenstelling"  # facts of this source say who lives together
THREADS = 2


class Tables(Protocol):
    """Where columns come from: two files, or two Arrow tables of a cluster's task."""

    def has(self, table: str, column: str) -> bool: ...

    def column(self, table: str, name: str) -> pa.ChunkedArray: ...

    def told(self, table: str) -> str:
        """How a message names it."""
        ...


@dataclass(frozen=True, slots=True)
class Files:
    """persons.parquet and households.parquet in a folder, memory-mapped."""

    folder: Path
    _schemas: dict[str, pa.Schema] = field(default_factory=dict)

    def has(self, table: str, column: str) -> bool:
        if table not in self._schemas:
            self._schemas[table] = pq.read_schema(self.folder / table)
        return column in self._schemas[table].names

    def column(self, table: str, name: str) -> pa.ChunkedArray:
        self.has(table, name)
        text = pa.types.is_string(self._schemas[table].field(name).type)
        file = pq.ParquetFile(
            self.folder / table, memory_map=True, read_dictionary=[name] if text else None
        )
        return file.read(columns=[name], use_threads=False)[name]

    def told(self, table: str) -> str:
        return str(self.folder / table)


@dataclass(frozen=True, slots=True)
class InMemory:
    """The same as Arrow tables. Sorted by household, both; private households come first."""

    households: pa.Table
    persons: pa.Table

    def _table(self, table: str) -> pa.Table:
        return self.households if table == HOUSEHOLDS else self.persons

    def has(self, table: str, column: str) -> bool:
        return column in self._table(table).column_names

    def column(self, table: str, name: str) -> pa.ChunkedArray:
        return self._table(table)[name]

    def told(self, table: str) -> str:
        return table.partition(".")[0]


class People:
    """The columns of a population as the kernel takes them, read when first asked for and kept."""

    def __init__(
        self,
        tables: Tables,
        catalogue: Catalogue,
        *,
        households: NDArray[np.int64] | None = None,
        starts: NDArray[np.int64] | None = None,
    ) -> None:
        keep_freed_memory()  # before there is a thread
        self.tables = tables
        self.catalogue = catalogue
        self._facts: dict[FactKey, Column] = {}
        self._unknown: dict[tuple[int, int], list[NDArray[np.bool_]]] = {}
        self._last: Block | None = None
        if households is None:
            households = _numbers(tables, HOUSEHOLDS, "household")
        if starts is None:
            homes = _numbers(tables, PERSONS, "household")
            starts = starts_of(households, homes, tables.told(PERSONS))
        self.households = households
        self.starts = starts
        collective = self._flag("collective")
        self.private = len(self.households)
        if isinstance(collective, np.ndarray) or collective:
            self.private -= int(np.count_nonzero(collective))
        if np.any(np.atleast_1d(collective)[: self.private]):
            raise PopulationError(
                f"{tables.told(HOUSEHOLDS)}: column collective: private households come first"
            )
        self.doubtful = settled(either(collective, self._flag("family_errors")))

    @cached_property
    def _home(self) -> NDArray[np.int64]:
        """Per person the position of the household."""
        return np.repeat(np.arange(len(self.households)), np.diff(self.starts))

    @property
    def persons(self) -> NDArray[np.int64]:
        """The number of each person."""
        return _numbers(self.tables, PERSONS, "person")

    def block(self, wanted: Iterable[FactKey]) -> Block:
        """Everyone, with these facts. Columns are read in two threads."""
        keys = sorted({self._of_file(key) for key in wanted})
        missing = [key for key in keys if key not in self._facts]
        with ThreadPoolExecutor(THREADS) as pool:
            for key, column in zip(missing, pool.map(self._read, missing), strict=True):
                if column is not None:
                    self._facts[key] = self._together(column)
        self.__dict__.pop("_home", None)  # large, and not needed again
        facts = {
            key: self._facts[self._of_file(key)]
            for key in wanted
            if self._of_file(key) in self._facts
        }
        if self._last is None or self._last.facts.keys() != facts.keys():
            self._last = Block(self.starts, facts, self.private, self.doubtful)
        return self._last

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

    def _read(self, key: FactKey) -> Column | None:
        fact = self.catalogue[key.path]
        if fact.members is not None:
            return None
        table = HOUSEHOLDS if fact.section == "gezin" else PERSONS
        if self.tables.has(table, fact.id):
            column = self._column(fact, table, key.on)
        elif table == PERSONS and self.tables.has(HOUSEHOLDS, fact.id):
            column = self._column(fact, HOUSEHOLDS, key.on)
            column = self._uncontradicted(fact, column.rows(Rows(self._home)))
        else:
            return None
        if table == HOUSEHOLDS and COMPOSITION in fact.sources:
            return unknown_in(column, self.doubtful)
        return column

    def _column(self, fact: Fact, table: str, on: date) -> Column:
        values = self.tables.column(table, fact.id)
        if fact.type != "boolean" or not self.tables.has(table, f"{fact.id}_from"):
            return column_of(fact, values, f"{self.tables.told(table)}: column {fact.id}")
        held, unknown = _bools(values), _nulls(values)
        for name, after in ((f"{fact.id}_from", False), (f"{fact.id}_until", True)):
            held = np.logical_and(held, self._in_period(table, name, on, after=after))
        return _truth(held, unknown)

    def _in_period(self, table: str, name: str, on: date, *, after: bool) -> NDArray[np.bool_]:
        """From the first day up to the last, both included; null is open."""
        day = (on - date(1970, 1, 1)).days
        days = _days(self.tables.column(table, name), fill=day)
        found: NDArray[np.bool_] = days >= day if after else days <= day
        return found

    def _uncontradicted(self, fact: Fact, column: Column) -> Column:
        other = CONTRADICTED.get(fact.id)
        if other is None or not self.tables.has(PERSONS, other):
            return column
        return unknown_in(column, np.logical_not(_nulls(self.tables.column(PERSONS, other))))

    def _flag(self, name: str) -> Plane:
        if not self.tables.has(HOUSEHOLDS, name):
            return False
        return settled(_bools(self.tables.column(HOUSEHOLDS, name)))


def column_of(fact: Fact, values: pa.ChunkedArray, where: str) -> Column:
    """An Arrow column of a fact's type: null is not known; money in cents, or decimal."""
    unknown = settled(_nulls(values))
    if fact.type == "boolean":
        return _truth(_bools(values), unknown)
    if fact.type == "text":
        return _coded(values)
    if fact.type == "date":
        return Number.of(_days(values, fill=0), unknown=unknown, is_date=True)
    if pa.types.is_decimal(values.type):
        scale = 10 ** max(values.type.scale, 0)
        whole = pc.cast(pc.multiply(values, pa.scalar(scale, pa.decimal128(12))), pa.int64())
        return Number.of(_ints(whole), scale, unknown=unknown)
    if not pa.types.is_integer(values.type):
        raise PopulationError(
            f"{where}: {values.type} is no {fact.type}; write cents as int64, or a decimal"
        )
    whole, scale = _ints(values), 100 if fact.type == "money" else 1
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
    codes: Any = np.where(rows, place, column.codes)
    values = column.values if place < len(column.values) else (*column.values, UNKNOWN)
    return Coded(codes.astype(_least(len(values))), values)


def _truth(true: NDArray[np.bool_], unknown: Plane) -> Truth:
    unknown = settled(unknown)
    return Truth(settled(true), settled(neither(true, unknown)), False, unknown)


def _coded(values: pa.ChunkedArray) -> Coded:
    """The texts as codes; the last one stands for what is not known."""
    if not pa.types.is_dictionary(values.type):
        values = values.dictionary_encode()
    combined = values.unify_dictionaries().combine_chunks()
    if isinstance(combined, pa.ChunkedArray):  # without any row there is no chunk either
        return Coded(np.zeros(0, np.uint8), (UNKNOWN,))
    texts = tuple(combined.dictionary.to_pylist())
    codes = pc.fill_null(combined.indices, len(texts)).to_numpy()
    return Coded(codes.astype(_least(len(texts) + 1)), (*texts, UNKNOWN))


def _least(count: int) -> Any:
    return np.uint8 if count < 2**8 else np.uint16 if count < 2**16 else np.int32


def _bools(values: pa.ChunkedArray) -> NDArray[np.bool_]:
    filled = pc.fill_null(values, False) if values.null_count else values
    found: NDArray[np.bool_] = filled.to_numpy(zero_copy_only=False)
    return found


def _nulls(values: pa.ChunkedArray) -> Plane:
    if values.null_count == 0:
        return False
    if values.null_count == len(values):
        return True
    found: NDArray[np.bool_] = pc.is_null(values).to_numpy(zero_copy_only=False)
    return found


def _days(values: pa.ChunkedArray, *, fill: int) -> NDArray[np.int32]:
    days = (
        values.cast(pa.int32())
        if pa.types.is_date32(values.type)
        else (values.cast(pa.date32()).cast(pa.int32()))
    )
    filled = pc.fill_null(days, fill) if days.null_count else days
    found: NDArray[np.int32] = filled.to_numpy()
    return found


def _ints(values: pa.ChunkedArray) -> NDArray[np.int64]:
    filled = pc.fill_null(values, 0) if values.null_count else values
    found: NDArray[np.int64] = filled.cast(pa.int64()).to_numpy()
    return found


def _numbers(tables: Tables, table: str, name: str) -> NDArray[np.int64]:
    if not tables.has(table, name):
        raise PopulationError(f"{tables.told(table)}: no column {name}")
    found: NDArray[np.int64] = tables.column(table, name).to_numpy()
    return found
