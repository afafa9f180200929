"""A small invented city on disk, of any size and the same for the same seed."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as parquet

STATUSES = (
    "increased_reimbursement",
    "budget_guidance",
    "budget_management",
    "collective_debt_settlement",
)


@dataclass(frozen=True)
class Folder:
    """What an import needs of a population."""

    folder: Path


def insz(number: int, born: date) -> str:
    """A TST number (month + 60), made of a birth date and a sequence, with its check digits."""
    body = f"{born.year % 100:02d}{born.month + 60:02d}{born.day:02d}{number % 998 + 1:03d}"
    prefix = "2" if born.year >= 2000 else ""
    return f"{body}{97 - int(prefix + body) % 97:02d}"


def write(folder: Path, *, households: int, seed: int = 7) -> Path:
    """Writes persons.parquet and households.parquet; about 2.3 persons a household."""
    draw = random.Random(seed)
    homes: list[dict[str, Any]] = []
    people: list[dict[str, Any]] = []
    start = date(1940, 1, 1)
    for home in range(1, households + 1):
        size = draw.choice((1, 1, 1, 2, 2, 2, 3, 4, 5))
        for place in range(1, size + 1):
            number = len(people)
            born = start + timedelta(days=number // 900)
            people.append(_person(draw, number, born, home, place))
        homes.append(_household(draw, home, size, people[-size]["insz"]))
    folder.mkdir(parents=True, exist_ok=True)
    types = pa.schema(
        [(name, pa.bool_()) for name in STATUSES]
        + [("birth_date", pa.date32()), ("position", pa.string())]
    )
    table = pa.Table.from_pylist(people)
    for field in types:
        at = table.schema.get_field_index(field.name)
        table = table.set_column(at, field.name, table.column(at).cast(field.type))
    parquet.write_table(table, folder / "persons.parquet")
    parquet.write_table(pa.Table.from_pylist(homes), folder / "households.parquet")
    return folder


def _person(draw: random.Random, number: int, born: date, home: int, place: int) -> dict[str, Any]:
    return {
        "person": number + 1,
        "household": home,
        "position": f"{place:02d}",
        "insz": insz(number, born),
        "first_name": f"Voornaam{number}",
        "last_name": f"Naam{home}",
        "birth_date": born,
        "deceased": False,
        **{name: draw.choices((True, False, None), (8, 90, 2))[0] for name in STATUSES},
    }


def _household(draw: random.Random, home: int, size: int, reference: str) -> dict[str, Any]:
    return {
        "household": home,
        "reference_insz": reference,
        "municipality": "44021",
        "postcode": "9000",
        "street": f"Straat {home % 97}",
        "number": str(home % 300 + 1),
        "waste_zone": draw.choice(("Z", "container")),
        "dependants": max(0, size - 2),
        "family_errors": False,
        "collective": False,
    }
