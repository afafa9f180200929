"""The cast: invented people with fixed names, numbers and stories, the same in every city."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

import pyarrow as pa
from ruamel.yaml import YAML

from vanzelf.synthetic import published, schema


@dataclass(frozen=True, slots=True)
class Persona:
    """Someone to sign in as or to ask about: the reference person of a household of the cast."""

    key: str
    insz: str
    name: str
    nl: str
    en: str

    def story(self, language: str = "nl") -> str:
        """The description in `nl` or `en`."""
        return self.en if language == "en" else self.nl


@cache
def _entries() -> list[dict[str, Any]]:
    text = files("vanzelf.synthetic").joinpath("cast.yaml").read_text(encoding="utf-8")
    entries: list[dict[str, Any]] = YAML(typ="safe", pure=True).load(text)
    return entries


def cast() -> list[Persona]:
    """The personas, in the order of their households (which have the numbers 1, 2, …)."""
    personas = []
    for entry in _entries():
        lead = entry["members"][0]
        name = f"{lead['first_name']} {lead['last_name']}"
        personas.append(Persona(entry["key"], lead["insz"], name, entry["nl"], entry["en"]))
    return personas


def tables(on: date) -> tuple[pa.Table, pa.Table]:
    """Persons and households of the cast as the city's tables have them."""
    persons: list[dict[str, Any]] = []
    households: list[dict[str, Any]] = []
    for number, entry in enumerate(_entries(), start=1):
        members = entry["members"]
        households.append(
            _row(
                schema.HOUSEHOLDS,
                {
                    "household": number,
                    "reference_insz": members[0]["insz"],
                    "municipality": published.NIS_GHENT,
                    "dependants": len(members) - 1,
                    **entry["household"],
                },
                on,
            )
        )
        reimbursed = any(member.get("increased_reimbursement") for member in members)
        for member in members:
            fixed = {
                "person": len(persons) + 1,
                "household": number,
                "civil_status": "10",
                "family_increased_reimbursement": reimbursed and member["position"] != "12",
            }
            persons.append(_row(schema.PERSONS, fixed | member, on))
    return (
        pa.Table.from_pylist(persons, schema.arrow(schema.PERSONS)),
        pa.Table.from_pylist(households, schema.arrow(schema.HOUSEHOLDS)),
    )


def _row(columns: tuple[schema.Column, ...], said: Mapping[str, Any], on: date) -> dict[str, Any]:
    unknown = set(said) - {column.name for column in columns}
    if unknown:
        raise ValueError(f"cast.yaml names columns that the city has not: {sorted(unknown)}")
    row = {column.name: column.default for column in columns}
    return row | dict(_values(said, on))


def _values(said: Mapping[str, Any], on: date) -> Iterator[tuple[str, Any]]:
    for name, value in said.items():
        if isinstance(value, Mapping):
            days = value.get("after", 0) - value.get("before", 0)
            yield name, on + timedelta(days=days)
        else:
            yield name, value
