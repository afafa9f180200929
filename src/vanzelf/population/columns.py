"""The columns behind the facts: read once, evaluated on a day, handed out as Python values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from vanzelf.population.arranged import Laid, in_order
from vanzelf.population.tables import HOUSEHOLDS, PERSONS, Files, PopulationError
from vanzelf.rights.facts import Fact

Facts = dict[str, object]
Over = Mapping[tuple[str, str], pa.Array]
"""Columns by (table, name) that go over those of the files: a row per person or household."""
NOTHING_OVER: Over = MappingProxyType({})
CONTRADICTED = {"municipality": "other_municipality"}  # a second source says another thing


class Columns:
    """The two files of a population. Columns are read when first asked for, and kept."""

    def __init__(self, folder: Path, over: Over = NOTHING_OVER) -> None:
        self.folder = folder
        self.files = Files(folder)
        tables, self.homes = in_order(self.files)
        self.tables = Laid(tables, over) if over else tables
        self.numbers = self.homes.numbers
        """The number of each household."""
        self.offsets = self.homes.starts
        """Per household the position of its first person, and the number of persons at the end."""
        self._kept: dict[tuple[str, str], pa.Array] = {}
        self._evaluated: dict[tuple[str, str, date], pa.Array] = {}

    def has(self, file: str, column: str) -> bool:
        """Whether a file has a column."""
        return self.tables.has(file, column)

    @cached_property
    def home(self) -> NDArray[np.int64]:
        """Per person the position of the household."""
        return np.repeat(np.arange(len(self.numbers)), np.diff(self.offsets))

    def metadata(self) -> dict[bytes, bytes]:
        """What the writer of the persons put beside the columns."""
        return dict(self.files.schema(PERSONS).metadata or {})

    def read(self, file: str, column: str) -> pa.Array:
        """A whole column as it stands in the file."""
        key = (file, column)
        if key not in self._kept:
            if not self.has(file, column):
                raise PopulationError(f"{self.folder / file}: no column {column}")
            found = self.tables.columns(file, [column])[column].combine_chunks()
            dictionary = pa.types.is_dictionary(found.type)
            self._kept[key] = found.dictionary_decode() if dictionary else found
        return self._kept[key]

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
