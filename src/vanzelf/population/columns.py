"""The columns behind the facts: read once, evaluated on a day, handed out as Python values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from vanzelf.rights.facts import Fact

Facts = dict[str, object]
HOUSEHOLDS, PERSONS = "households.parquet", "persons.parquet"
CONTRADICTED = {"municipality": "other_municipality"}  # a second source says another thing


class PopulationError(ValueError):
    """A population that cannot be read; the message names the file, the column and what to do."""


class Columns:
    """The two files of a population. Columns are read when first asked for, and kept."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._schemas = {name: _schema(folder / name) for name in (HOUSEHOLDS, PERSONS)}
        self._kept: dict[tuple[str, str], pa.Array] = {}
        self._evaluated: dict[tuple[str, str, date], pa.Array] = {}
        self.numbers: NDArray[np.int64] = self.read(HOUSEHOLDS, "household").to_numpy()
        """The number of each household."""
        homes: NDArray[np.int64] = self._whole(PERSONS, "household").to_numpy()  # not kept
        self.offsets = starts_of(self.numbers, homes, str(folder / PERSONS))

    def has(self, file: str, column: str) -> bool:
        """Whether a file has a column."""
        return column in self._schemas[file].names

    @cached_property
    def home(self) -> NDArray[np.int64]:
        """Per person the position of the household."""
        return np.repeat(np.arange(len(self.numbers)), np.diff(self.offsets))

    def metadata(self) -> dict[bytes, bytes]:
        """What the writer of the persons put beside the columns."""
        return dict(self._schemas[PERSONS].metadata or {})

    def read(self, file: str, column: str) -> pa.Array:
        """A whole column as it stands in the file."""
        key = (file, column)
        if key not in self._kept:
            self._kept[key] = self._whole(file, column).combine_chunks()
        return self._kept[key]

    def _whole(self, file: str, column: str) -> pa.ChunkedArray:
        if not self.has(file, column):
            raise PopulationError(f"{self.folder / file}: no column {column}")
        return pq.read_table(self.folder / file, columns=[column], use_threads=False)[column]

    def flags(self, column: str) -> NDArray[np.bool_]:
        """A mark on the households; nothing said, or no such column, is not marked."""
        if not self.has(HOUSEHOLDS, column):
            return np.zeros(len(self.numbers), dtype=np.bool_)
        marks = pc.fill_null(self.read(HOUSEHOLDS, column), False)
        return np.asarray(marks.to_numpy(zero_copy_only=False), dtype=np.bool_)

    def of_fact(self, fact: Fact, on: date) -> pa.Array | None:
        """A fact for every person or household on a day, null where not known; None: no column."""
        file = HOUSEHOLDS if fact.section == "gezin" else PERSONS
        key = (file, fact.id, on)
        if key in self._evaluated:
            return self._evaluated[key]
        if self.has(file, fact.id):
            values = self._on_day(file, fact.id, on)
        elif file == PERSONS and self.has(HOUSEHOLDS, fact.id):  # the same for all who live there
            values = self._on_day(HOUSEHOLDS, fact.id, on).take(pa.array(self.home))
            values = self._uncontradicted(fact.id, values)
        else:
            return None
        self._evaluated[key] = values
        return values

    def _on_day(self, file: str, column: str, on: date) -> pa.Array:
        """A status holds when it is true and its period covers the day, both ends included."""
        values = self.read(file, column)
        if not pa.types.is_boolean(values.type) or not self.has(file, f"{column}_from"):
            return values
        begin, end = self.read(file, f"{column}_from"), self.read(file, f"{column}_until")
        begun = pc.fill_null(pc.less_equal(begin, pa.scalar(on)), True)
        lasts = pc.fill_null(pc.greater_equal(end, pa.scalar(on)), True)
        return pc.and_(values, pc.and_(begun, lasts))  # not Kleene: what is not known stays so

    def _uncontradicted(self, column: str, values: pa.Array) -> pa.Array:
        other = CONTRADICTED.get(column)
        if other is None or not self.has(PERSONS, other):
            return values
        return pc.if_else(pc.is_null(self.read(PERSONS, other)), values, None)


def starts_of(
    numbers: NDArray[np.int64], homes: NDArray[np.int64], where: str
) -> NDArray[np.int64]:
    """Per household the position of its first person, and the number of persons at the end.

    `numbers` are those of the households, `homes` of the household of each person; both must be
    sorted.
    """
    first = np.flatnonzero(homes[1:] != homes[:-1]) + 1
    first = np.concatenate([np.zeros(min(len(homes), 1), np.int64), first])
    lived_in = homes[first]
    sorted_both = bool((numbers[1:] > numbers[:-1]).all() and (lived_in[1:] > lived_in[:-1]).all())
    if len(lived_in) == len(numbers) and np.array_equal(lived_in, numbers):
        starts = np.append(first, len(homes))
        ok = sorted_both
    else:
        starts = np.searchsorted(homes, numbers)
        starts = np.append(starts, len(homes))
        ok = sorted_both and bool(np.isin(lived_in, numbers, assume_unique=True).all())
    if not ok:
        raise PopulationError(
            f"{where}: column household: not sorted, or names a household that"
            f" {HOUSEHOLDS} does not have; write the city again with `vanzelf city`"
        )
    return starts.astype(np.int64)


def values(fact: Fact, column: pa.Array) -> list[Any]:
    """A column's slice as Python values: money in euros, None where not known."""
    plain: list[Any] = column.to_pylist()
    if fact.type != "money":
        return plain
    return [None if cents is None else Decimal(cents).scaleb(-2) for cents in plain]


def rows(names: Sequence[str], lists: Sequence[Sequence[object]], count: int) -> Iterator[Facts]:
    """A dict per row, without what is not known."""
    if not names:
        yield from ({} for _ in range(count))
        return
    for row in zip(*lists, strict=True):
        if None in row:
            yield {name: value for name, value in zip(names, row, strict=True) if value is not None}
        else:
            yield dict(zip(names, row, strict=True))


def _schema(file: Path) -> pa.Schema:
    if not file.exists():
        raise PopulationError(f"{file}: not there; make a city with `vanzelf city`")
    try:
        return pq.read_schema(file)
    except pa.ArrowInvalid as error:
        raise PopulationError(f"{file}: not a Parquet file ({error})") from error
