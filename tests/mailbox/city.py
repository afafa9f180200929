"""What the source would say of everyone in an invented city, quickly."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyarrow.parquet as parquet

from tests.mailbox.source import NOTHING, Statutes
from vanzelf.sources.catalogue import shipped
from vanzelf.sources.data import SHIPPED, load_yaml_once

APPLIES = "<SociaalStatuut><Naam>{}</Naam><Resultaat><Code>1</Code></Resultaat>{}</SociaalStatuut>"


def statutes_of(folder: Path) -> Statutes:
    """As `standin.City` answers at once: of what it does not know of a person, it says nothing."""
    table = parquet.read_table(folder / "persons.parquet")
    row_of = {number: row for row, number in enumerate(table["insz"].to_pylist())}
    facts = load_yaml_once(SHIPPED / "facts.yaml")["persoon"]
    told: dict[str, list[str | None]] = {}
    for fact, names in shipped().statutes.items():
        column = facts[fact]["id"]
        if column in table.column_names:
            values = table[column].to_pylist()
            days = [
                table[f"{column}_{end}"].to_pylist()
                if f"{column}_{end}" in table.column_names
                else [None] * len(values)
                for end in ("from", "until")
            ]
            for place, name in enumerate(names):
                told[name] = [
                    None if value is None else _statute(name, value and not place, since, until)
                    for value, since, until in zip(values, *days, strict=True)
                ]

    def statutes(number: str, names: Sequence[str]) -> str:
        row = row_of[number]
        return "".join(told[name][row] or "" for name in names if name in told)

    return statutes


def _statute(name: str, applies: bool, since: object, until: object) -> str:
    if not applies:
        return NOTHING.format(name)
    begin = f"<Begindatum>{since}</Begindatum>" if since else ""
    end = f"<Einddatum>{until}</Einddatum>" if until else ""
    period = f"<Periodes><Periode>{begin}{end}</Periode></Periodes>" if begin or end else ""
    return APPLIES.format(name, period)
