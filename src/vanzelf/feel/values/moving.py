"""Moving dates and times by durations, and the durations between them (DMN 1.5, tables 55 to 58).

What Python's own types can do is left to them; beyond their reach it is done in whole numbers of
days and nanoseconds. Raises OverflowError beyond all years and durations.
"""

from __future__ import annotations

import operator
from calendar import monthrange
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from typing import Any, Final, TypeVar

from vanzelf.feel.messages import report
from vanzelf.feel.values import wide, zones
from vanzelf.feel.values.wide import Date, DateTime, Duration, Time

F = TypeVar("F", bound=Callable[[Any, Any], object])

_SHORTEST: Final = 28
"""Days that every month has."""
_PYTHON: Final = frozenset({date, timedelta})


def _at_best(quick: Callable[[Any, Any], object]) -> Callable[[F], F]:
    """Lets Python compute with dates and timedeltas, and the function with what it cannot."""

    def decorate(exact: F) -> F:
        def run(left: Any, right: Any) -> object:
            if left.__class__ in _PYTHON and right.__class__ in _PYTHON:
                try:
                    return quick(left, right)
                except OverflowError:
                    pass
            return exact(left, right)

        return run  # type: ignore[return-value] # of the same signature

    return decorate


def negated(length: Duration) -> Duration:
    return wide.duration_of(-wide.nanoseconds(length))


def add_months(day: Date | DateTime, months: int) -> Date | DateTime:
    """The same day so many months on, or the last of that month when it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if day.__class__ is date and 1 <= year <= 9999 and day.day <= _SHORTEST:
        return date(year, month + 1, day.day)
    moved = wide.date_of(year, month + 1, min(day.day, _month_length(year, month + 1)))
    if moved is None:
        raise OverflowError(f"year {year}")
    if isinstance(day, wide.DATE_TIME):
        return wide.date_time_of(moved, wide.time_part(day))
    return moved


def _month_length(year: int, month: int) -> int:
    return monthrange(2000 + year % 400, month)[1]


@_at_best(operator.add)
def add_days(day: Date, length: Duration) -> Date:
    """Later by a duration that starts at midnight, of which the time is left out."""
    return wide.date_of_number(wide.day_number(day) + wide.nanoseconds(length) // wide.DAY)


def shift(start: DateTime, length: Duration) -> DateTime:
    """Later by a duration on the clock of the world, also where a zone changes its offset."""
    if isinstance(start, datetime) and isinstance(length, timedelta) and not _changes(start):
        try:
            return start + length
        except OverflowError:
            pass
    return zones.at_instant(zones.instant(start) + wide.nanoseconds(length), start.tzinfo)


def _changes(moment: datetime) -> bool:
    """Whether the offset of its zone depends on the moment."""
    return not (moment.tzinfo is None or isinstance(moment.tzinfo, timezone))


def shift_time(start: Time, length: Duration) -> Time:
    moved = wide.since_midnight(start) + wide.nanoseconds(length)
    return wide.time_of(moved % wide.DAY, start.tzinfo)


def between_times(left: Time, right: Time) -> Duration | None:
    if (left.tzinfo is None) != (right.tzinfo is None):
        return report("a local time and one with an offset have no difference")
    return wide.duration_of(zones.time_in_utc(left) - zones.time_in_utc(right))


def between_date_times(left: Date | DateTime, right: Date | DateTime) -> Duration | None:
    start, end = _moment(right), _moment(left)
    if (start.tzinfo is None) != (end.tzinfo is None):
        return report("a local date and time and one with an offset have no difference")
    return wide.duration_of(zones.instant(end) - zones.instant(start))


def _moment(value: Date | DateTime) -> DateTime:
    return value if isinstance(value, wide.DATE_TIME) else zones.at_midnight(value)


@_at_best(operator.sub)
def between_dates(left: Date, right: Date) -> Duration:
    return wide.duration_of((wide.day_number(left) - wide.day_number(right)) * wide.DAY)


@_at_best(operator.add)
def sum_of(left: Duration, right: Duration) -> Duration:
    return wide.duration_of(wide.nanoseconds(left) + wide.nanoseconds(right))


@_at_best(operator.sub)
def difference_of(left: Duration, right: Duration) -> Duration:
    return wide.duration_of(wide.nanoseconds(left) - wide.nanoseconds(right))
