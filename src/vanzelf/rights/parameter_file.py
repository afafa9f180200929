"""Reading the `parameters` of a regulation: plain values and tables, by date."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from vanzelf.rights.document import Item
from vanzelf.rights.model import Dated, LawReference, Parameter, Row
from vanzelf.rights.reader import Reader
from vanzelf.rights.types import NUMBER, PERIODS, TEXT, Type, declared
from vanzelf.rights.types import Callable as FunctionType

TYPES = ("money", "number", "percentage", "date")
REST = "anders"
UNKNOWN = "unknown"
_ROW = re.compile(r"(\d+)(?: (of meer)| tot en met (\d+))?")
LawReader = Callable[[Item | None, str], tuple[LawReference, ...]]


def type_of(parameter: Parameter) -> Type:
    """The type of a parameter's name in an expression; a table is a function."""
    value = declared(parameter.type, parameter.per)
    if parameter.by is None:
        return value
    return FunctionType(parameter.name, (NUMBER if parameter.by == "number" else TEXT,), value)


@dataclass(slots=True)
class ParameterReader:
    reader: Reader
    law: LawReader

    def read(self, name: str, item: Item) -> Parameter | None:
        what = f'parameter "{name}"'
        found = self.reader.fields(
            item, what, ("type", "values"), ("per", "by", "names"), place=item.place
        )
        if "type" not in found or "values" not in found:
            return None
        kind = self.reader.one_of(found["type"], f"{what}: type", TYPES)
        per = self._per(found, what, kind)
        by = (
            self.reader.one_of(found["by"], f"{what}: by", ("number", "text"))
            if "by" in found
            else None
        )
        names = self.reader.texts(found.get("names"), what) or {"nl": name, "en": name}
        values = self._values(found["values"], what, kind, by)
        return Parameter(name, kind, per, by, names, values) if values else None

    def _per(self, found: Mapping[str, Item], what: str, kind: str) -> str | None:
        if "per" not in found:
            return None
        if kind not in ("money", "number"):
            self.reader.problems.add(found["per"].place, f"{what}: a {kind} has no period")
        return self.reader.one_of(found["per"], f"{what}: per", PERIODS)

    def _values(self, item: Item, what: str, kind: str, by: str | None) -> tuple[Dated, ...]:
        if item.kind != "list" or not item.items:
            message = f"{what}: a list of dated values is expected here"
            self.reader.problems.add(item.place, message, "write - {from: 2026-01-01, is: …}")
            return ()
        read = [(member, self._dated(member, what, kind, by)) for member in item.items]
        values = [(member, dated) for member, dated in read if dated is not None]
        values.sort(key=lambda pair: pair[1].start)
        for (_, before), (member, after) in pairwise(values):
            if after.start == before.start or (before.until and after.start <= before.until):
                message = f"{what}: the dates overlap: {after.start} falls in a value before it"
                self.reader.problems.add(member.place, message, "give the earlier value an until")
        return tuple(dated for _, dated in values)

    def _dated(self, item: Item, what: str, kind: str, by: str | None) -> Dated | None:
        holds = "table" if by else "is"
        found = self.reader.fields(
            item, what, ("from", holds, "source", "verified"), ("until", "note")
        )
        start = self.reader.day(found.get("from"), f"{what}: from")
        until = self.reader.day(found.get("until"), f"{what}: until")
        law = self.law(found.get("source"), f"{what}: source")
        verified = self.reader.boolean(found.get("verified"), f"{what}: verified")
        note = self.reader.texts(found.get("note"), f"{what}: note")
        if start and until and until < start:
            self.reader.problems.add(
                found["until"].place, f"{what}: until comes before from", "turn them round"
            )
        if holds not in found or start is None or not law:
            return None
        if _is_unknown(found[holds]):
            return Dated(start, until, None, law, verified, note)
        if by:
            rows = self._table(found[holds], what, kind, by)
            return Dated(start, until, rows, law, verified, note)
        value = self._value(found[holds], what, kind)
        return None if value is None else Dated(start, until, value, law, verified, note)

    def _value(self, item: Item, what: str, kind: str) -> Decimal | date | None:
        wanted = date if kind == "date" else Decimal
        if isinstance(item.value, wanted):
            return item.value
        example = "2026-01-15" if kind == "date" else "1234.50"
        self.reader.problems.add(
            item.place, f"{what}: a {kind} is expected here", f"write {example}"
        )
        return None

    def _table(self, item: Item, what: str, kind: str, by: str) -> tuple[Row, ...]:
        if item.kind != "mapping" or not item.entries:
            self.reader.problems.add(item.place, f"{what}: rows are expected here", "write {0: …}")
        rows: list[Row] = []
        for key, value_item in item.entries:
            value = None if _is_unknown(value_item) else self._value(value_item, what, kind)
            row = self._row(key, what, by, rows, value)
            if row is not None:
                rows.append(row)
        return tuple(rows)

    def _row(
        self, key: Item, what: str, by: str, before: list[Row], value: Decimal | date | None
    ) -> Row | None:
        label = key.text
        add = self.reader.problems.add
        if by == "text":
            if before and before[-1].label == REST:
                add(key.place, f'{what}: "{REST}" is the last row', "")
            return Row(label, None, None, value)
        match = _ROW.fullmatch(label)
        if match is None:
            add(
                key.place, f'{what}: "{label}" is not a row', "write 0, 2 tot en met 4 or 5 of meer"
            )
            return None
        low = int(match[1])
        high = None if match[2] else int(match[3] or low)
        if before and before[-1].high is None:
            add(key.place, f'{what}: "of meer" is the last row', "")
        elif before and before[-1].high is not None and low != before[-1].high + 1:
            add(key.place, f"{what}: row {before[-1].high + 1} is missing or rows overlap",
                "rows follow one another")  # fmt: skip
        elif high is not None and high < low:
            add(key.place, f'{what}: row "{label}" ends before it begins', "")
        return Row(label, low, high, value)


def _is_unknown(item: Item) -> bool:
    """`unknown` stands where the source names a value without saying how much."""
    return item.kind == "scalar" and item.text == UNKNOWN
