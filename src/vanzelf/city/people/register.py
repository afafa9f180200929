"""The register as the city's Parquet brings it, in columns and in order; nothing stored."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as parquet

PERSON = pa.schema(
    {
        "household": pa.int64(),
        "insz": pa.string(),
        "first_name": pa.string(),
        "last_name": pa.string(),
        "birth_date": pa.date32(),
        "deceased": pa.bool_(),
        "position": pa.string(),
    }
)
HOUSEHOLD = pa.schema(
    {
        "household": pa.int64(),
        "street": pa.string(),
        "number": pa.string(),
        "postcode": pa.string(),
        "municipality": pa.string(),
        "collective": pa.bool_(),
    }
)
FIELD, ROW = "\x1f", "\x1e"
NOTHING = "\x00"
TOLD = {"persons": ("household", "position"), "households": ("collective",)}
"""Columns that a delivery says something in for everyone, besides those that tell rows apart."""


class RegisterError(ValueError):
    """The delivery cannot be taken in; the message names file and column."""


@dataclass(frozen=True)
class Register:
    """One delivery and its digest (SHA-256 over the files).

    Households stand by number; persons by household, in it as delivered, with their `place` in it
    from 0. Persons of household i are `starts[i]` up to `starts[i + 1]`.
    """

    digest: str
    persons: pa.Table
    households: pa.Table
    starts: np.ndarray

    def texts(self) -> list[str]:
        """Per household all that is delivered of it and of its members: equal when nothing
        changed. It holds numbers of people: keep no more than a keyed digest."""
        joined = pa.ListArray.from_arrays(pa.array(self.starts, pa.int32()), _joined(self.persons))
        members = pc.binary_join(joined, ROW)
        texts: list[str] = pc.binary_join_element_wise(
            _joined(self.households), members, ROW
        ).to_pylist()
        return texts

    def of(self, places: np.ndarray) -> tuple[pa.Table, pa.Table]:
        """Persons and households of the households at these places."""
        chosen = np.zeros(len(self.households), dtype=bool)
        chosen[places] = True
        members = np.repeat(chosen, np.diff(self.starts))
        return self.persons.filter(pa.array(members)), self.households.filter(pa.array(chosen))


def is_invented(insz: str) -> bool:
    """Whether a number is a test number (month + 60), which no living person has."""
    return "60" <= insz[2:4] <= "72"


def digest_of(folder: Path) -> str:
    """SHA-256 over the files of a delivery: the same bytes, the same digest."""
    digest = hashlib.sha256()
    for name in ("households.parquet", "persons.parquet"):
        file = folder / name
        if not file.exists():
            raise RegisterError(f"{file}: not there; make a city with `vanzelf city`")
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def read(folder: Path) -> Register:
    """Reads a delivery; raises RegisterError before anything is taken from a bad one."""
    digest = digest_of(folder)
    persons = _table(folder / "persons.parquet", PERSON, unique="insz")
    if not len(persons):  # else everyone would have left
        raise RegisterError(f"{folder / 'persons.parquet'}: there is nobody in it")
    households = _table(folder / "households.parquet", HOUSEHOLD, unique="household")
    known = pc.is_in(persons["household"], value_set=households["household"])
    if not pc.all(known).as_py():
        raise RegisterError(f"{folder / 'persons.parquet'}: column household: not in households")
    households, persons = households.sort_by("household"), _by_household(persons)
    numbers = persons["household"].to_numpy()
    starts = np.searchsorted(numbers, households["household"].to_numpy())
    counts = np.diff(np.append(starts, len(numbers)))
    places = np.arange(len(numbers)) - np.repeat(starts, counts)
    persons = persons.append_column("place", pa.array(places, pa.int16()))
    return Register(digest, persons, households, np.append(starts, len(numbers)))


def _table(file: Path, schema: pa.Schema, *, unique: str) -> pa.Table:
    missing = [name for name in schema.names if name not in parquet.read_schema(file).names]
    if missing:
        raise RegisterError(f"{file}: no column {', '.join(missing)}")
    try:
        table = parquet.read_table(file, columns=schema.names).cast(schema).combine_chunks()
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        raise RegisterError(f"{file}: {error}") from error
    for name in TOLD[file.stem]:
        if table[name].null_count:
            raise RegisterError(
                f"{file}: column {name}: empty in {table[name].null_count} rows; deliver it again"
            )
    column = table[unique]
    if column.null_count or pc.count_distinct(column).as_py() != len(column):
        raise RegisterError(f"{file}: column {unique}: empty or not unique")
    return table


def _by_household(persons: pa.Table) -> pa.Table:
    numbers = persons["household"].to_numpy()
    if (numbers[1:] >= numbers[:-1]).all():
        return persons
    return persons.take(pa.array(np.argsort(numbers, kind="stable")))


def _joined(table: pa.Table) -> pa.Array:
    """Per row its columns as one text."""
    columns = (column.cast(pa.string()) for column in table.combine_chunks().columns)
    joined = pc.binary_join_element_wise(
        *columns, FIELD, null_handling="replace", null_replacement=NOTHING
    )
    return joined.combine_chunks() if isinstance(joined, pa.ChunkedArray) else joined
