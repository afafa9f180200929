"""How a list is laid out: `regulations/lists/<name>.yaml`."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from vanzelf.sources.data import SHIPPED, DataError, load_yaml

TYPES = ("text", "insz", "date", "code")


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    type: str  # text, insz, date or code
    required: bool = False
    codes: tuple[str, ...] = ()
    pattern: str | None = None  # a regular expression that the whole of a text must match


@dataclass(frozen=True, slots=True)
class Layout:
    """One list. A row is about a person (`person`) or about an address (`address`)."""

    name: str
    columns: tuple[Column, ...]
    facts: tuple[str, ...]
    fact_from: str  # the column whose code is the fact that holds, or the value for an address
    person: str | None
    address: tuple[str, ...]
    period: tuple[str, str] | None  # columns with first and last day
    encoding: str
    delimiter: str
    date_format: str
    fresh_days: int

    @property
    def source(self) -> str:
        return f"lists/{self.name}"


def load_layout(name: str, folder: Path | None = None) -> Layout:
    """The layout with this name; None reads those that ship. Raises `DataError`."""
    path = (folder or SHIPPED / "lists") / f"{name}.yaml"
    data = load_yaml(path)
    try:
        layout = Layout(
            name=str(data["list"]),
            columns=tuple(_column(key, value, path) for key, value in data["columns"].items()),
            facts=tuple(data["facts"]),
            fact_from=data["fact from"],
            person=data.get("person"),
            address=tuple(data.get("address", ())),
            period=(data["period"]["from"], data["period"]["until"]) if "period" in data else None,
            encoding=str(data["encoding"]),
            delimiter=str(data["delimiter"]),
            date_format=str(data["date format"]),
            fresh_days=int(data["fresh days"]),
        )
        codecs.lookup(layout.encoding)
    except KeyError as missing:
        raise DataError(f"{path}: {missing.args[0]!r} is missing") from None
    except (LookupError, TypeError, ValueError) as error:
        raise DataError(f"{path}: {error}") from None
    _check(layout, path)
    return layout


def _column(name: str, entry: Mapping[str, Any], path: Path) -> Column:
    column = Column(
        name=name,
        type=entry["type"],
        required=bool(entry.get("required", False)),
        codes=tuple(MappingProxyType(entry).get("codes", ())),
        pattern=entry.get("pattern"),
    )
    if column.type not in TYPES:
        raise DataError(f"{path}, column {name}: type {column.type!r} is none of {TYPES}")
    if (column.type == "code") != bool(column.codes):
        raise DataError(f"{path}, column {name}: `codes` belongs to type code, and only to that")
    if column.pattern:
        re.compile(column.pattern)
    return column


def _check(layout: Layout, path: Path) -> None:
    names = {column.name for column in layout.columns}
    used = {layout.fact_from, *layout.address, *(layout.period or ())}
    used |= {layout.person} if layout.person else set()
    if unknown := used - names:
        raise DataError(f"{path}: no such column: {', '.join(sorted(unknown))}")
    if bool(layout.person) == bool(layout.address):
        raise DataError(f"{path}: a row is about a `person` or about an `address`: say which")
