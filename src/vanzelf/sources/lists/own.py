"""A list that was taken, and what it says of a person or an address on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

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
        return tuple(_plain(part) for part in self.about)

    def covers(self, day: date) -> bool:
        begun = self.begin is None or self.begin <= day
        return begun and (self.end is None or day <= self.end)

    def overlaps(self, other: Row) -> bool:
        starts_in_time = self.begin is None or other.end is None or self.begin <= other.end
        return starts_in_time and (
            other.begin is None or self.end is None or other.begin <= self.end
        )


@dataclass(frozen=True, slots=True)
class OwnList:
    layout: Layout
    rows: tuple[Row, ...]
    as_of: date  # the day for which the list was made
    complete: bool  # who is not on it, has nothing of the kind
    _index: Mapping[tuple[str, ...], list[Row]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        index: defaultdict[tuple[str, ...], list[Row]] = defaultdict(list)
        for row in self.rows:
            index[row.about_key].append(row)
        object.__setattr__(self, "_index", dict(index))

    @property
    def at(self) -> datetime:
        """The list's date as a moment: the beginning of that day in Belgium."""
        return datetime.combine(self.as_of, time(), BRUSSELS)

    @property
    def last_day(self) -> date:
        return self.as_of + timedelta(days=self.layout.fresh_days)

    def readings(self, numbers: Iterable[str], on: date) -> dict[str, Reading]:
        """Every fact of the list for one person, under any of their numbers."""
        rows = [row for number in numbers for row in self._index.get((number,), ())]
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
        rows = self._index.get(tuple(_plain(part) for part in address), ())
        row = next((row for row in rows if row.covers(on)), None)
        if row is None:
            return Reading.unknown(Reason.NO_DATA, source, at)
        return Reading(row.code, source, at, row.begin, row.end)


def _plain(part: str) -> str:
    """Compare addresses without regard for case and spacing."""
    return " ".join(part.split()).casefold()
