"""What a delivery changes, beside the one before it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from vanzelf.sources.lists.own import Row

Key = tuple[tuple[str, ...], str]


@dataclass(frozen=True, slots=True)
class Differences:
    """How many persons (or addresses) per fact: `new` were not listed for it, `ended` no longer
    are or have a last day before the list's, `changed` are still listed with other days (an
    address: with another value), `same` are as they were."""

    new: Mapping[str, int] = field(default_factory=dict)
    ended: Mapping[str, int] = field(default_factory=dict)
    changed: Mapping[str, int] = field(default_factory=dict)
    same: Mapping[str, int] = field(default_factory=dict)
    before: int = 0
    after: int = 0
    """Rows."""

    @property
    def percent_fewer(self) -> int:
        """By how many percent of its rows the list shrinks, rounded down; 0 when it does not."""
        return max(0, (self.before - self.after) * 100 // self.before) if self.before else 0

    def facts(self) -> list[str]:
        """Every fact or value that occurs, in order."""
        return sorted({*self.new, *self.ended, *self.changed, *self.same})

    def as_data(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


def differences(
    before: Iterable[Row], after: Iterable[Row], on: date, *, personal: bool
) -> Differences:
    """Compares two deliveries; `on` is the day of the later. Of a list of addresses an address is
    followed through its values, of a list of persons each fact by itself."""
    then, now = _by_key(before, personal), _by_key(after, personal)
    counts = {name: Counter[str]() for name in ("new", "ended", "changed", "same")}
    for key in now.keys() | then.keys():
        kind = _kind(then.get(key, []), now.get(key, []), on)
        if kind:
            counts[kind][(now.get(key) or then[key])[0].code] += 1
    sizes = [sum(map(len, rows.values())) for rows in (then, now)]
    return Differences(**counts, before=sizes[0], after=sizes[1])


def _by_key(rows: Iterable[Row], personal: bool) -> dict[Key, list[Row]]:
    found: defaultdict[Key, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.about_key, row.code if personal else ""].append(row)
    return found


def _kind(then: list[Row], now: list[Row], on: date) -> str:
    if not then:
        return "new"
    went_on = any(row.end is None or row.end >= on for row in then)
    goes_on = any(row.end is None or row.end >= on for row in now)
    if not now or (went_on and not goes_on):
        return "ended"
    return "same" if set(map(_told, then)) == set(map(_told, now)) else "changed"


def _told(row: Row) -> tuple[object, ...]:
    return row.code, row.begin, row.end
