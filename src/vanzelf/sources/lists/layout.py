"""How a list is laid out, as `regulations/lists/<name>.yaml` declares it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from vanzelf.sources.data import SHIPPED
from vanzelf.sources.lists import declaring

CSV, XLSX, VIEW = "csv", "xlsx", "view"
NO_MEANINGS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    type: str  # text, insz, date or code
    required: bool = False
    codes: tuple[str, ...] = ()
    pattern: str | None = None  # a regular expression that the whole of a text must match
    meanings: Mapping[str, str] = field(default_factory=lambda: NO_MEANINGS)  # code → fact


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
    format: str = CSV
    header_row: int = 1
    sheet: str | None = None  # of a workbook; None: the first
    connection: str = ""  # of a view: the name that the settings give an address to
    view: str = ""  # with its schema, or without
    title: Mapping[str, str] = field(default_factory=lambda: NO_MEANINGS)  # by language
    shrink_percent: int = 20  # so many fewer rows than last time ask for a reason

    @property
    def source(self) -> str:
        return f"lists/{self.name}"

    def called(self, language: str) -> str:
        """Its title in this language, else its name."""
        return self.title.get(language, self.name)


def load_layout(name: str, folder: Path | None = None) -> Layout:
    """The layout with this name; None reads those that ship. Raises `DataError`."""
    return read_layout((folder or SHIPPED / "lists") / f"{name}.yaml")


def read_layout(path: Path) -> Layout:
    """The layout in a file. Raises `DataError` that tells all that is wrong with it."""
    data = declaring.declared(path)
    period = data.get("period")
    address = data.get("address", ())
    return Layout(
        name=data["list"],
        columns=tuple(_column(name, entry) for name, entry in data["columns"].items()),
        facts=tuple(data["facts"]),
        fact_from=data["fact from"],
        person=data.get("person"),
        address=tuple(address),
        period=(period["from"], period["until"]) if period else None,
        encoding=data.get("encoding", "utf-8"),
        delimiter=data.get("delimiter", ";"),
        date_format=data.get("date format", "%d/%m/%Y"),
        fresh_days=data["fresh days"],
        format=data.get("format", CSV),
        header_row=data.get("header row", 1),
        sheet=data.get("sheet"),
        connection=data.get("connection", ""),
        view=data.get("view", ""),
        title=MappingProxyType(data.get("title", {})),
        shrink_percent=data.get("shrink percent", 20),
    )


def _column(name: str, entry: Mapping[str, object]) -> Column:
    codes = entry.get("codes", ())
    return Column(
        name=name,
        type=str(entry["type"]),
        required=bool(entry.get("required", False)),
        codes=tuple(codes),  # type: ignore[arg-type]  # checked: a list or a mapping of texts
        pattern=entry.get("pattern"),  # type: ignore[arg-type]  # checked: a text
        meanings=MappingProxyType(codes) if isinstance(codes, dict) else NO_MEANINGS,
    )
