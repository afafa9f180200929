"""The register as the city's Parquet brings it: columns to rows, nothing stored."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as parquet

PERSON = ("insz", "first_name", "last_name", "birth_date", "deceased", "household", "position")
HOUSEHOLD = ("household", "street", "number", "postcode", "municipality", "collective")


class RegisterError(ValueError):
    """The delivery cannot be taken in; the message names file and column."""


@dataclass(frozen=True)
class Register:
    """The rows of one delivery and its digest (SHA-256 over the files)."""

    digest: str
    persons: list[tuple[Any, ...]]
    households: list[tuple[Any, ...]]


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
    persons = list(_rows(folder / "persons.parquet", PERSON))
    households = [
        (*row, not collective)
        for *row, collective in _rows(folder / "households.parquet", HOUSEHOLD)
    ]
    numbers = {row[0] for row in persons}
    if len(numbers) != len(persons) or None in numbers:
        raise RegisterError(f"{folder / 'persons.parquet'}: column insz: empty or not unique")
    if not {row[5] for row in persons} <= {row[0] for row in households}:
        raise RegisterError(f"{folder / 'persons.parquet'}: column household: not in households")
    return Register(digest_of(folder), persons, households)


def _rows(file: Path, columns: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    schema = parquet.read_schema(file)
    missing = [name for name in columns if name not in schema.names]
    if missing:
        raise RegisterError(f"{file}: no column {', '.join(missing)}")
    table = parquet.read_table(file, columns=list(columns))
    return zip(*(table.column(name).to_pylist() for name in columns), strict=True)
