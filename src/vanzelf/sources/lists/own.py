"""A list that was taken, and what it says of a person or an address on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Protocol, runtime_checkable

from vanzelf.sources.clock import BRUSSELS
from vanzelf.sources.lists.layout import Layout
from vanzelf.sources.types import Reading, Reason


@dataclass(frozen=True, slots=True)
class Row:
    about: tuple[str, ...]  # INSZ, or the parts of an address
    code: str
    begin: date | None = None  # both days inclusive; None is open
    end: date | None = None

    @property
    def about_key(self) -> tuple[str, ...]:
        return tuple(plain(part) for part in self.about)

    def covers(self, day: date) -> bool:
        begun = self.begin is None or self.begin <= day
        return begun and (self.end is None or day <= self.end)

    def overlaps(self, other: Row) -> bool:
        starts_in_time = self.begin is None or other.end is None or self.begin <= other.end
        return starts_in_time and (
            other.begin is None or self.end is None or other.begin <= self.end
        )


@runtime_checkable
class Rows(Protocol):
    """The rows of a list, wherever they are kept."""

    def about(self, key: tuple[str, ...]) -> Sequence[Row]:
        """Those with this `about_key`."""
        ...

    def __iter__(self) -> Iterator[Row]: ...


class InMemory(tuple[Row, ...]):
    """Rows as they were read, found by whom they are about."""

    _index: Mapping[tuple[str, ...], list[Row]]

    def __new__(cls, rows: Iterable[Row]) -> InMemory:
        made = super().__new__(cls, rows)
        index: defaultdict[tuple[str, ...], list[Row]] = defaultdict(list)
        for row in made:
            index[row.about_key].append(row)
        made._index = dict(index)
        return made

    def about(self, key: tuple[str, ...]) -> Sequence[Row]:
        return self._index.get(key, ())


class OwnList:
    """A list that was taken."""

    def __init__(
        self, layout: Layout, rows: Rows | Iterable[Row], as_of: date, complete: bool
    ) -> None:
        self.layout = layout
        self.rows: Rows = rows if isinstance(rows, Rows) else InMemory(rows)
        self.as_of = as_of  # the day for which the list was made
        self.complete = complete  # who is not on it, has nothing of the kind

    @property
    def at(self) -> datetime:
        """The list's date as a moment: the beginning of that day in Belgium."""
        return datetime.combine(self.as_of, time(), BRUSSELS)

    @property
    def last_day(self) -> date:
        return self.as_of + timedelta(days=self.layout.fresh_days)

    def readings(self, numbers: Iterable[str], on: date) -> dict[str, Reading]:
        """Every fact of the list for one person, under any of their numbers."""
        rows = [row for number in numbers for row in self.rows.about((number,))]
        return {fact: self._person(fact, rows, on) for fact in self.layout.facts}

    def _person(self, fact: str, rows: list[Row], on: date) -> Reading:
        source, at = self.layout.source, self.at
        if on > self.last_day:
            return Reading.unknown(Reason.STALE, source, at)
        row = next((row for row in rows if row.code == fact and row.covers(on)), None)
        if row:
            return Reading(True, source, at, row.begin, row.end)
        if not self.complete:
            return Reading.unknown(Reason.NO_DATA, source, at)
        return Reading(False, source, at)

    def value(self, address: tuple[str, ...], on: date) -> Reading:
        """The code of an address; an address that is not listed is unknown, whatever the list."""
        source, at = self.layout.source, self.at
        if on > self.last_day:
            return Reading.unknown(Reason.STALE, source, at)
        rows = self.rows.about(tuple(map(plain, address)))
        row = next((row for row in rows if row.covers(on)), None)
        if row is None:
            return Reading.unknown(Reason.NO_DATA, source, at)
        return Reading(row.code, source, at, row.begin, row.end)


def plain(part: str) -> str:
    """Compare addresses without regard for case and spacing."""
    return " ".join(part.split()).casefold()
