"""The two tables of a population, wherever they lie, and who lives where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Protocol

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from vanzelf.population.arrays import bools, ints
from vanzelf.population.kernel.planes import Plane, either, settled

HOUSEHOLDS, PERSONS = "households.parquet", "persons.parquet"
ALL_DAYS = date.min, date.max


class PopulationError(ValueError):
    """A population that cannot be read; the message names the file, the column and what to do."""


class NotInOrder(PopulationError):
    """The rows do not stand in the order that is read; see `arranged`."""


class Tables(Protocol):
    """Where columns come from: two files, or two Arrow tables of a cluster's task."""

    def has(self, table: str, column: str) -> bool: ...

    def columns(self, table: str, names: Sequence[str]) -> pa.Table:
        """These columns, read at once; texts may be a dictionary."""
        ...

    def span(self, table: str, name: str) -> tuple[date, date]:
        """Days between which all of a column lie, as far as that is told without reading it."""
        ...

    def told(self, table: str) -> str:
        """How a message names it."""
        ...


@dataclass(frozen=True, slots=True)
class Files:
    """persons.parquet and households.parquet in a folder, memory-mapped."""

    folder: Path
    _footers: dict[str, pq.FileMetaData] = field(default_factory=dict)
    _schemas: dict[str, pa.Schema] = field(default_factory=dict)

    def schema(self, table: str) -> pa.Schema:
        """The columns of a file. Raises PopulationError where there is no such file."""
        if table not in self._schemas:
            file = self.folder / table
            if not file.exists():
                raise PopulationError(f"{file}: not there; make a city with `vanzelf city`")
            try:
                self._footers[table] = pq.read_metadata(file)
            except pa.ArrowInvalid as error:
                raise PopulationError(f"{file}: not a Parquet file ({error})") from error
            self._schemas[table] = self._footers[table].schema.to_arrow_schema()
        return self._schemas[table]

    def has(self, table: str, column: str) -> bool:
        return bool(self.schema(table).get_field_index(column) >= 0)

    def columns(self, table: str, names: Sequence[str]) -> pa.Table:
        schema = self.schema(table)
        texts = [name for name in names if pa.types.is_string(schema.field(name).type)]
        file = pq.ParquetFile(
            self.folder / table,
            metadata=self._footers[table],
            memory_map=True,
            read_dictionary=texts or None,
        )
        return file.read(columns=list(names))

    def span(self, table: str, name: str) -> tuple[date, date]:
        place, footer = self.schema(table).get_field_index(name), self._footers[table]
        if not pa.types.is_date(self.schema(table).field(place).type):
            return ALL_DAYS
        groups = (footer.row_group(group) for group in range(footer.num_row_groups))
        found = [group.column(place).statistics for group in groups]
        if not found or not all(one is not None and one.has_min_max for one in found):
            return ALL_DAYS
        return min(one.min for one in found), max(one.max for one in found)

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

    def columns(self, table: str, names: Sequence[str]) -> pa.Table:
        return self._table(table).select(list(names))

    def span(self, table: str, name: str) -> tuple[date, date]:
        return ALL_DAYS

    def told(self, table: str) -> str:
        return table.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Homes:
    """The households and who lives there: persons `starts[h]` up to `starts[h + 1]` in h."""

    numbers: NDArray[np.int64]
    """The number of each household, in the order in which both tables stand."""
    starts: NDArray[np.int64]
    private: int
    """So many households are private; the collective ones come after them."""
    doubtful: Plane
    """Of which it is not known who lives together: register errors, and care homes."""

    @classmethod
    def of(cls, tables: Tables) -> Homes:
        """Raises PopulationError for tables that are not sorted, or lack a column."""
        marks = [name for name in ("collective", "family_errors") if tables.has(HOUSEHOLDS, name)]
        found = tables.columns(HOUSEHOLDS, [_numbers(tables, HOUSEHOLDS, "household"), *marks])
        homes = tables.columns(PERSONS, [_numbers(tables, PERSONS, "household")])["household"]
        numbers = ints(found["household"])
        starts = starts_of(numbers, ints(homes), tables.told(PERSONS))
        planes = {name: bools(found[name]) for name in marks}
        collective = planes.get("collective", np.zeros(len(numbers), dtype=bool))
        private = int(np.count_nonzero(~collective))
        if collective[:private].any():
            raise NotInOrder(
                f"{tables.told(HOUSEHOLDS)}: column collective: private households come first"
            )
        doubtful = either(settled(collective), planes.get("family_errors", False))
        return cls(numbers, starts, private, settled(doubtful))


def _numbers(tables: Tables, table: str, name: str) -> str:
    """The name of a column that must be there."""
    if not tables.has(table, name):
        raise PopulationError(f"{tables.told(table)}: no column {name}")
    return name


def starts_of(
    numbers: NDArray[np.int64], homes: NDArray[np.int64], where: str
) -> NDArray[np.int64]:
    """Per household the position of its first person, and the number of persons at the end.

    `numbers` are those of the households, `homes` of the household of each person, who stand in
    the order of the households. Raises NotInOrder, also for a household that is not there.
    """
    first = np.flatnonzero(homes[1:] != homes[:-1]) + 1
    first = np.concatenate([np.zeros(min(len(homes), 1), np.int64), first])
    lived_in = homes[first]
    if len(lived_in) == len(numbers) and np.array_equal(lived_in, numbers):
        starts = np.append(first, len(homes))
        ok = _distinct(numbers)
    else:
        by_number = np.argsort(numbers, kind="stable")
        known = np.isin(lived_in, numbers)
        places = by_number[np.searchsorted(numbers, lived_in[known], sorter=by_number)]
        ok = bool(known.all() and (places[1:] > places[:-1]).all()) and _distinct(numbers)
        counts = np.zeros(len(numbers) + 1, np.int64)
        if ok:
            counts[places + 1] = np.diff(np.append(first, len(homes)))
        starts = np.cumsum(counts)
    if not ok:
        raise NotInOrder(
            f"{where}: column household: not sorted, or names a household that"
            f" {HOUSEHOLDS} does not have; write the city again with `vanzelf city`"
        )
    return starts.astype(np.int64)


def _distinct(numbers: NDArray[np.int64]) -> bool:
    rising = numbers[1:] > numbers[:-1]
    return bool(rising.all()) or len(np.unique(numbers)) == len(numbers)
