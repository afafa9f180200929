"""Dates and months of sources, which do not all exist."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Period:
    """Both days included; None is open. `bad` holds a date that does not exist, as it was sent."""

    begin: date | None
    end: date | None
    bad: tuple[str, ...] = ()

    def covers(self, day: date) -> bool:
        after_begin = self.begin is None or self.begin <= day
        return not self.bad and after_begin and (self.end is None or day <= self.end)


def read_date(text: str | None) -> tuple[date | None, tuple[str, ...]]:
    """The date, and a flag for one that does not exist (2023-11-31, 1960-00-00).

    A missing date is (None, ()): open, not bad. A time zone behind the day is ignored.
    """
    if text is None:
        return None, ()
    try:
        return date.fromisoformat(text[:10]), ()
    except ValueError:
        return None, (f"bad-date:{text[:10]}",)


def read_period(begin: str | None, end: str | None) -> Period:
    """From a day up to and including another."""
    first, bad_begin = read_date(begin)
    last, bad_end = read_date(end)
    return Period(first, last, bad_begin + bad_end)


def read_months(begin: str | None, end: str | None) -> Period:
    """From the first day of a month (2019-01) up to and including the last day of another."""
    first, bad_begin = _month(begin)
    last, bad_end = _month(end)
    if last:
        last = last.replace(day=monthrange(last.year, last.month)[1])
    return Period(first, last, bad_begin + bad_end)


def _month(text: str | None) -> tuple[date | None, tuple[str, ...]]:
    if text is None:
        return None, ()
    first, bad = read_date(f"{text}-01")
    return first, (f"bad-month:{text[:7]}",) if bad else ()
