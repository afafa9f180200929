"""A region: the invented city so many times over, streamed into the two files that a city has.

Copies differ in the numbers of their persons and households and in the INSZ numbers, and in
nothing else, so that every share of the city is the region's. Private households of all copies
come first and collective ones last, as everywhere. One copy's columns are in memory at a time.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from vanzelf.synthetic import insz, parquet, schema
from vanzelf.synthetic.build import City, drafted
from vanzelf.synthetic.calibration import flag
from vanzelf.synthetic.draw import Ints


def write(city: City, folder: Path, times: int) -> None:
    """persons.parquet, households.parquet and calibration.json (that of one copy) in `folder`.

    The first copy is the city itself, the cast included. The city's own lists are not written: a
    region has none. Wholly or not at all. Raises OSError, and ValueError where `times` is under 1
    or so large that more are born on one day than there are numbers for.
    """
    if times < 1:
        raise ValueError(f"a region is a city at least once, not {times} times")
    marks = {"seed": city.seed, "on": city.on.isoformat(), "invented": True, "times": times}
    parts = _parts(city, times)
    if (
        max(int((part.rank + (times - 1) * part.alike).max()) for part in parts)
        >= insz.MOST_PER_DAY
    ):
        raise ValueError(
            f"{times} copies: on some day more are born than there are numbers for; make the city"
            " itself larger, and copy it fewer times"
        )
    copies = [(part, copy) for part in parts for copy in range(times)]
    with drafted(folder) as draft, ThreadPoolExecutor(2) as writers:
        persons = (part.persons_of(copy) for part, copy in copies)
        homes = (part.households_of(copy) for part, copy in copies)
        columns = _schema(schema.PERSONS, marks), _schema(schema.HOUSEHOLDS, marks)
        files = [
            writers.submit(_stream, draft / "persons.parquet", columns[0], persons),
            writers.submit(_stream, draft / "households.parquet", columns[1], homes),
        ]
        for file in files:
            file.result()
        report = marks | {"figures": [figure.as_data() for figure in city.calibration]}
        told = json.dumps(report, indent=1, ensure_ascii=False)
        (draft / "calibration.json").write_text(told, encoding="utf-8")


def _schema(columns: tuple[schema.Column, ...], marks: dict[str, object]) -> pa.Schema:
    """The schema of a file, with what it says about itself."""
    return schema.arrow(columns).with_metadata({"vanzelf": json.dumps(marks)})


def _stream(file: Path, columns: pa.Schema, tables: Iterable[pa.Table]) -> None:
    with pq.ParquetWriter(file, columns, **parquet.options(columns.names)) as writer:
        for table in tables:
            writer.write_table(table.cast(columns), row_group_size=parquet.ROWS)


@dataclass(frozen=True, slots=True)
class _Part:
    """The private or the collective households of the city, and everyone who lives there."""

    households: pa.Table
    persons: pa.Table
    home: Ints  # per person the position of the household
    reference: pa.Array  # per household the position of the reference person, null for none
    cell: Ints  # per person the day of birth and sex
    rank: Ints  # among all of that cell in the city; the cast, who have numbers apart, last
    alike: Ints  # how many they are in the city
    first_household: int  # the numbers of the first copy's first
    first_person: int

    def households_of(self, copy: int) -> pa.Table:
        count = self.households.num_rows
        numbers = np.arange(count) + self.first_household + copy * count
        table = _with(self.households, "household", pa.array(numbers))
        if copy == 0:
            return table
        leads = self.reference.drop_null().to_numpy()
        place = np.cumsum(self.reference.is_valid()) - 1
        insz_of_leads = self._numbers(copy, leads)
        where = pa.array(place, mask=self.reference.is_null().to_numpy(zero_copy_only=False))
        return _with(table, "reference_insz", insz_of_leads.take(where))

    def persons_of(self, copy: int) -> pa.Table:
        count = self.persons.num_rows
        numbers = np.arange(count) + self.first_person + copy * count
        homes = self.home + self.first_household + copy * self.households.num_rows
        table = _with(self.persons, "person", pa.array(numbers))
        table = _with(table, "household", pa.array(homes))
        if copy == 0:
            return table
        return _with(table, "insz", self._numbers(copy, np.arange(count)))

    def _numbers(self, copy: int, some: Ints) -> pa.Array:
        cell = self.cell[some]
        serial = insz.ranked(cell, self.rank[some] + copy * self.alike[some])
        return insz.numbers((cell // 2).astype("datetime64[D]"), serial)


def _parts(city: City, times: int) -> list[_Part]:
    persons, households = city.persons, city.households
    born = persons["birth_date"].to_numpy().astype("datetime64[D]")
    cell = insz.cells(born, pc.equal(persons["sex"], "F").to_numpy())
    rank, alike = _ranks(cell, persons["insz"])
    reference = pc.index_in(households["reference_insz"], persons["insz"]).combine_chunks()
    reference = pc.if_else(households["reference_insz"].combine_chunks().is_null(), None, reference)
    homes = persons["household"].to_numpy() - 1
    private = int((~flag(households, "collective")).sum())
    living = int(np.searchsorted(homes, private))

    def part(low: int, high: int, first: int, last: int) -> _Part:
        here = slice(first, last)
        return _Part(
            households=households.slice(low, high - low),
            persons=persons.slice(first, last - first),
            home=homes[here] - low,
            reference=pc.subtract(reference[low:high], first),
            cell=cell[here],
            rank=rank[here],
            alike=alike[here],
            first_household=low * times + 1,
            first_person=first * times + 1,
        )

    return [
        part(0, private, 0, living),
        part(private, households.num_rows, living, persons.num_rows),
    ]


def _ranks(cell: Ints, numbers: pa.ChunkedArray) -> tuple[Ints, Ints]:
    serial = pc.utf8_slice_codeunits(numbers, 6, 9).cast(pa.int64()).to_numpy()
    apart = serial > 2 * insz.MOST_PER_DAY
    order = np.argsort(apart, kind="stable")
    rank, alike = np.empty_like(cell), np.empty_like(cell)
    rank[order], alike[order] = insz.ranks(cell[order])
    return rank, alike


def _with(table: pa.Table, name: str, values: pa.Array) -> pa.Table:
    return table.set_column(table.schema.get_field_index(name), name, values)
