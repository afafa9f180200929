"""Answers beside the delivery of the register, so that a run over everyone uses them.

`persons.parquet` in the city's folder is then the delivery with, for each fact that was asked by
file, a column of answers. The delivery as it came is kept in `delivered`, and a new one is
recognised by not being ours. What was not asked by file stays as it was delivered.

An answer without a period tells of the day that was asked, and of no other: it is laid as a
delivery has it, without days, and a run of another day does not use it (see another_day.py).
Of a person and a fact the latest order decides; who is not in its answers is not known, and the
reason is that nothing came. Two answers to one order that differ are a contradiction. A mutation
that the source sent itself counts until a list is answered from newer data: lists are answered
from a buffer that is refreshed four times a year.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as parquet
from django.db import connection
from django.db.models import F
from numpy.typing import NDArray

from vanzelf.city import clock, regulations, secrets
from vanzelf.city.bulk.models import Answers, ListFile, Order
from vanzelf.city.paths import city_folder
from vanzelf.city.runs.models import Run, State
from vanzelf.city.runs.states import NotNow
from vanzelf.sources.types import Reason

FILE, KEPT, MARK = "persons.parquet", "delivered", b"vanzelf answers"
TROUBLE = "source_trouble"
FRESH = ((1, 15), (4, 15), (7, 15), (10, 15))
"""Month and day by which the buffer is refreshed."""

REASONS = tuple(Reason)
NO_REASON = -1
NOT_ANSWERED, CONTRADICTION = map(REASONS.index, (Reason.NOT_ANSWERED, Reason.CONTRADICTION))

Rows = NDArray[np.int64]


@dataclass(frozen=True)
class Laid:
    """What was laid beside a delivery: how many persons have an answer, and how many wait."""

    folder: Path
    facts: tuple[str, ...]
    answered: int
    unanswered: int


def lay(on: date, folder: Path | None = None) -> Laid:
    """Lays all answers for this day beside the delivery in the city's folder, wholly or not at
    all. Raises NotNow when there are none, or while a run is looking at the delivery."""
    folder = folder or city_folder()
    if Run.objects.filter(state=State.EVALUATING).exists():
        raise NotNow("Er loopt een controle van iedereen: wacht tot haar voorbeeld er is.")
    orders = list(Order.objects.filter(on=on).order_by("pk"))
    facts = sorted({fact for order in orders for fact in order.facts})
    if not facts:
        raise NotNow(f"Er is niets per bestand gevraagd voor {on:%d-%m-%Y}.")
    table = parquet.read_table(_delivered(folder))
    row_of = rows_of(table["insz"].to_pylist())
    columns = [Column(fact, orders, row_of, len(table)) for fact in facts]
    for column in columns:
        table = column.over(table)
    table = _troubles(table, columns)
    _write(table, on, folder)
    Order.objects.filter(pk__in=[order.pk for order in orders]).update(laid_at=clock.now())
    asked = np.logical_or.reduce([column.deciding >= 0 for column in columns])
    waits = np.logical_or.reduce([column.unanswered() for column in columns])
    unanswered = int(np.count_nonzero(waits))
    return Laid(folder, tuple(facts), int(np.count_nonzero(asked)) - unanswered, unanswered)


class Column:
    """One fact over the persons of the delivery."""

    def __init__(self, fact: str, orders: Sequence[Order], row_of: Rows, size: int) -> None:
        self.fact = fact
        self.id = regulations.regulations().facts.at(f"persoon.{fact}").id
        self.deciding = np.full(size, -1, dtype=np.int64)  # the order, by its place
        self.value = np.full(size, -1, dtype=np.int8)  # 1 true, 0 false, -1 not known
        self.since, self.until = (np.full(size, "NaT", dtype="datetime64[D]") for _ in range(2))
        self.reason = np.full(size, NO_REASON, dtype=np.int8)  # by its place in REASONS
        self._row_of = row_of
        for place, order in enumerate(orders):
            self._ask(place, order)
        self._asked_for = np.array([order.on for order in orders], dtype="datetime64[D]")
        places = {order.pk: place for place, order in enumerate(orders)}
        told = Answers.objects.filter(fact=fact, file__order__in=orders).order_by("pk")
        for answer in told.annotate(order=F("file__order")):
            self._answer(answer, places[answer.order])
        buffers = np.array([_buffer(order.at.date()) for order in orders], dtype="datetime64[D]")
        for row in Answers.objects.filter(fact=fact, file=None).order_by("pk"):
            self._mutate(row, buffers)

    def unanswered(self) -> NDArray[np.bool_]:
        """Of whom it was asked and nothing came."""
        return np.equal(self.reason, NOT_ANSWERED)

    def holds(self, day: date) -> NDArray[np.int8]:
        """1 who has it on this day, 0 who has not, -1 of whom it is not known."""
        moment = np.datetime64(day, "D")
        outside = (self.since > moment) | (self.until < moment)  # no day is in neither
        found = np.where((self.value == 1) & outside, 0, self.value)
        elsewhere = self.of_the_day() & (self._days() != moment)
        return np.where(elsewhere, -1, found).astype(np.int8)

    def of_the_day(self) -> NDArray[np.bool_]:
        """Of whom no more was told than for the day that was asked."""
        told = np.isnat(self.since) & np.isnat(self.until)
        day = self._days()
        found: NDArray[np.bool_] = told | ((self.since == day) & (self.until == day))
        return found

    def _days(self) -> NDArray[np.datetime64]:
        """The day that was asked of each; none of whom nothing was."""
        days = np.append(self._asked_for, np.datetime64("NaT", "D"))
        return days[self.deciding]

    def over(self, table: pa.Table) -> pa.Table:
        """The table with this fact: of who was asked what was answered, of others as it was."""
        asked = pa.array(self.deciding >= 0)
        values = pa.array(self.value == 1, mask=self.value < 0)
        nothing, open_ = np.datetime64("NaT", "D"), self.of_the_day()
        for name, column in (
            (self.id, values),
            (f"{self.id}_from", pa.array(np.where(open_, nothing, self.since))),
            (f"{self.id}_until", pa.array(np.where(open_, nothing, self.until))),
        ):
            table = _put(table, name, column, asked)
        return table

    def _ask(self, place: int, order: Order) -> None:
        files = order.files.asked().filter(facts__contains=[self.fact]).only("persons")
        for file in files.exclude(state=ListFile.State.PLANNED):
            rows = self._places(file.persons)[1]
            self.deciding[rows] = place
            self.reason[rows] = NOT_ANSWERED

    def _answer(self, row: Answers, place: int) -> None:
        positions, rows = self._places(row.persons)
        ours = self.deciding[rows] == place
        self._merge(row, positions[ours], rows[ours])

    def _merge(self, row: Answers, positions: Rows, rows: Rows) -> None:
        told = _Told.of(row, positions)
        before = self.value[rows]
        both = (before >= 0) & (told.value >= 0) & (before != told.value)
        contradicted = self.reason[rows] == CONTRADICTION
        take = ~contradicted & ~both & ((told.value >= 0) | (before < 0))
        self._set(rows[take], told.at(take))
        self.value[rows[both]] = -1
        self.reason[rows[both]] = CONTRADICTION

    def _mutate(self, row: Answers, buffers: NDArray[np.datetime64]) -> None:
        positions, rows = self._places(row.persons)
        at = np.datetime64(row.at.date(), "D")
        older = self.deciding[rows] < 0
        if len(buffers):
            older |= buffers[self.deciding[rows]] < at
        self._set(rows[older], _Told.of(row, positions[older]))
        self.deciding[rows[older]] = np.maximum(self.deciding[rows[older]], 0)

    def _set(self, rows: Rows, told: _Told) -> None:
        self.value[rows], self.reason[rows] = told.value, told.reason
        self.since[rows], self.until[rows] = told.since, told.until

    def _places(self, persons: Sequence[int]) -> tuple[Rows, Rows]:
        """Which of these persons are in the delivery, and in which rows."""
        ids = np.array(persons, dtype=np.int64)
        rows = np.full(len(ids), -1, dtype=np.int64)
        inside = ids < len(self._row_of)
        rows[inside] = self._row_of[ids[inside]]
        positions = np.flatnonzero(rows >= 0)
        return positions, rows[positions]


class _Told(NamedTuple):
    """A row of answers as arrays, of some of its persons."""

    value: NDArray[np.int8]
    since: NDArray[np.datetime64]
    until: NDArray[np.datetime64]
    reason: NDArray[np.int8]

    @classmethod
    def of(cls, row: Answers, positions: Rows) -> _Told:
        nothing = [None] * len(row.persons)
        value = [-1 if one is None else int(one) for one in row.values]
        reason = [
            NO_REASON if one is None else REASONS.index(one) for one in row.reasons or nothing
        ]
        return cls(
            np.array(value, dtype=np.int8)[positions],
            np.array(row.since or nothing, dtype="datetime64[D]")[positions],
            np.array(row.until or nothing, dtype="datetime64[D]")[positions],
            np.array(reason, dtype=np.int8)[positions],
        )

    def at(self, chosen: NDArray[np.bool_]) -> _Told:
        return _Told(
            self.value[chosen], self.since[chosen], self.until[chosen], self.reason[chosen]
        )


def _buffer(day: date) -> date:
    """When the data were refreshed from which a list on this day is answered."""
    days = [date(year, *when) for year in (day.year - 1, day.year) for when in FRESH]
    return max(one for one in days if one <= day)


def _delivered(folder: Path) -> Path:
    """The delivery as it came: aside already, or put aside now."""
    file, kept = folder / FILE, folder / KEPT / FILE
    if MARK not in (parquet.read_schema(file).metadata or {}):
        kept.parent.mkdir(exist_ok=True)
        kept.unlink(missing_ok=True)
        kept.hardlink_to(file)  # the same bytes: nothing to copy, nothing half copied
    return kept


def beneath(listed: pa.Array | None, told: NDArray[np.int8]) -> pa.Array:
    """A column of what was told (1, 0, -1 not known), below what a list of the city's own says."""
    answers = pa.array(told == 1, mask=told < 0)
    return answers if listed is None else pc.coalesce(listed, answers)


def laid_day(folder: Path) -> date | None:
    """The day of the answers that are laid beside the delivery; None where none are."""
    mark = (parquet.read_schema(folder / FILE).metadata or {}).get(MARK)
    return date.fromisoformat(mark.decode()) if mark else None


def rows_of(numbers: Sequence[str]) -> Rows:
    """By id of a person the row in the delivery, -1 where there is none."""
    place = {index: row for row, index in enumerate(secrets.blind_indexes(numbers))}
    with connection.cursor() as cursor:
        cursor.execute("SELECT index, person_id FROM people_inszalias WHERE known_until IS NULL")
        found = [
            (person, place[bytes(index)])
            for index, person in cursor.fetchall()
            if bytes(index) in place
        ]
    rows = np.full(max((person for person, _ in found), default=0) + 1, -1, dtype=np.int64)
    if found:
        persons, places = np.array(found, dtype=np.int64).T
        rows[persons] = places
    return rows


def _put(table: pa.Table, name: str, column: pa.Array, asked: pa.Array) -> pa.Table:
    """The table with a column, in which those who were asked have what is given here."""
    place = table.schema.get_field_index(name)
    if place < 0:
        return table.append_column(name, column)
    kept = table[name].combine_chunks()
    return table.set_column(place, name, pc.if_else(asked, column.cast(kept.type), kept))


def _troubles(table: pa.Table, columns: Sequence[Column]) -> pa.Table:
    """Per person why something is not known: the first of what was asked."""
    reason = np.full(len(table), NO_REASON, dtype=np.int8)
    asked = np.zeros(len(table), dtype=bool)
    for column in reversed(columns):
        reason = np.where(column.reason != NO_REASON, column.reason, reason)
        asked |= column.deciding >= 0
    texts = pa.array([str(one) for one in REASONS])
    told = texts.take(pa.array(reason, mask=reason == NO_REASON))
    return _put(table, TROUBLE, told, pa.array(asked))


def _write(table: pa.Table, on: date, folder: Path) -> None:
    marks = dict(table.schema.metadata or {})
    facts = json.loads(marks.get(b"vanzelf", b"{}"))
    facts["on"] = max(facts.get("on", ""), on.isoformat())
    marks |= {b"vanzelf": json.dumps(facts).encode(), MARK: on.isoformat().encode()}
    draft = folder / f"{FILE}.draft"
    parquet.write_table(table.replace_schema_metadata(marks), draft, compression="lz4")
    draft.replace(folder / FILE)
