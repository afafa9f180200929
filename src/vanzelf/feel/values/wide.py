"""Temporal values of any size: Python's types where they reach, wider ones of our own beyond.

A value has one type only: whatever Python's `date`, `time`, `datetime` or `timedelta` can hold is
held by it, and a `Wide…` holds only what it cannot (a year outside 1–9999, a fraction finer than
a microsecond, a very long duration). So no wide value equals one of Python's, and equality and
hash agree across both. The functions `date_of`, `time_of`, `date_time_of` and `duration_of` are
the only ones that choose.

Underneath, a date is a day number (1 is 1 January of year 1, as Python counts) and a time or a
duration a whole number of nanoseconds; finer fractions are cut off.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any, Final

MAX_YEAR: Final = 999_999_999
"""Of dates, before and after year 0 (DMN 1.5, 10.3.4.1)."""

SECOND: Final = 1_000_000_000
MINUTE: Final = 60 * SECOND
HOUR: Final = 60 * MINUTE
DAY: Final = 24 * HOUR
MAX_DURATION: Final = 2**63 * SECOND
"""Nanoseconds: some 292 thousand million years."""

_CYCLE_YEARS, _CYCLE_DAYS = 400, 146_097  # the Gregorian calendar repeats, weekdays too
_CYCLE_START: Final = date(2000, 1, 1).toordinal()
_LAST_DAY: Final = date.max.toordinal()


class _Ordered:
    """Order by a number, also against the type of Python's that is less wide."""

    __slots__ = ()

    def number(self) -> int:
        raise NotImplementedError

    def __lt__(self, other: Any) -> bool:
        return self.number() < _number(other)

    def __le__(self, other: Any) -> bool:
        return self.number() <= _number(other)

    def __gt__(self, other: Any) -> bool:
        return self.number() > _number(other)

    def __ge__(self, other: Any) -> bool:
        return self.number() >= _number(other)


@dataclass(frozen=True, slots=True)
class WideDate(_Ordered):
    """A date outside the years 1–9999: a day in 2000–2399, so many times 400 years away."""

    stand_in: date
    cycles: int

    def number(self) -> int:
        return self.stand_in.toordinal() + self.cycles * _CYCLE_DAYS

    @property
    def year(self) -> int:
        return self.stand_in.year + self.cycles * _CYCLE_YEARS

    @property
    def month(self) -> int:
        return self.stand_in.month

    @property
    def day(self) -> int:
        return self.stand_in.day


@dataclass(frozen=True, slots=True)
class WideTime:
    """A time finer than the microsecond: a time, and 1 to 999 nanoseconds more."""

    clock: time
    nanoseconds: int

    @property
    def hour(self) -> int:
        return self.clock.hour

    @property
    def minute(self) -> int:
        return self.clock.minute

    @property
    def second(self) -> int:
        return self.clock.second

    @property
    def tzinfo(self) -> tzinfo | None:
        return self.clock.tzinfo


@dataclass(frozen=True, slots=True)
class WideDateTime:
    """A date and time of which the date or the time is wide."""

    day_part: date | WideDate
    time_part: time | WideTime

    @property
    def year(self) -> int:
        return self.day_part.year

    @property
    def month(self) -> int:
        return self.day_part.month

    @property
    def day(self) -> int:
        return self.day_part.day

    @property
    def hour(self) -> int:
        return self.time_part.hour

    @property
    def minute(self) -> int:
        return self.time_part.minute

    @property
    def second(self) -> int:
        return self.time_part.second

    @property
    def tzinfo(self) -> tzinfo | None:
        return self.time_part.tzinfo


@dataclass(frozen=True, slots=True)
class WideDuration(_Ordered):
    """A days and time duration beyond `timedelta`, in nanoseconds."""

    nanoseconds: int

    def number(self) -> int:
        return self.nanoseconds


Date = date | WideDate
Time = time | WideTime
DateTime = datetime | WideDateTime
Duration = timedelta | WideDuration

DATE: Final = (date, WideDate)
TIME: Final = (time, WideTime)
DATE_TIME: Final = (datetime, WideDateTime)
DURATION: Final = (timedelta, WideDuration)
"""For `isinstance`; a Python `datetime` is a `date` too, so ask for DATE_TIME first."""


# --- choosing the type --------------------------------------------------------------------------


def date_of(year: int, month: int, day: int) -> Date | None:
    """The date; None if there is none, such as 30 February or a year beyond MAX_YEAR."""
    try:
        if 1 <= year <= 9999:
            return date(year, month, day)
        if abs(year) > MAX_YEAR:
            return None
        cycles, rest = divmod(year - 2000, _CYCLE_YEARS)
        return WideDate(date(2000 + rest, month, day), cycles)
    except (ValueError, OverflowError):
        return None


def date_of_number(number: int) -> Date:
    """The date of a day number. Raises OverflowError beyond MAX_YEAR."""
    found = _date_of_number(number)
    if abs(found.year) > MAX_YEAR:
        raise OverflowError(f"year {found.year}")
    return found


def _date_of_number(number: int) -> Date:
    if 1 <= number <= _LAST_DAY:
        return date.fromordinal(number)
    cycles, rest = divmod(number - _CYCLE_START, _CYCLE_DAYS)
    return WideDate(date.fromordinal(_CYCLE_START + rest), cycles)


def time_of(nanoseconds: int, zone: tzinfo | None, fold: int = 0) -> Time:
    """The time so long after midnight (below DAY)."""
    micros, rest = divmod(nanoseconds, 1000)
    seconds, micros = divmod(micros, 1_000_000)
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    clock = time(hour, minute, second, micros, zone, fold=fold)
    return WideTime(clock, rest) if rest else clock


def date_time_of(day: Date, clock: Time) -> DateTime:
    if isinstance(day, date) and isinstance(clock, time):
        return datetime.combine(day, clock)
    return WideDateTime(day, clock)


def duration_of(nanoseconds: int) -> Duration:
    """The duration. Raises OverflowError beyond MAX_DURATION."""
    micros, rest = divmod(nanoseconds, 1000)
    if not rest:
        try:
            return timedelta(microseconds=micros)
        except OverflowError:
            pass
    if abs(nanoseconds) > MAX_DURATION:
        raise OverflowError("a longer duration than there is")
    return WideDuration(nanoseconds)


# --- taking apart -------------------------------------------------------------------------------


def day_number(day: Date) -> int:
    return day.number() if isinstance(day, WideDate) else day.toordinal()


def nanoseconds(length: Duration) -> int:
    if isinstance(length, WideDuration):
        return length.nanoseconds
    return (length.days * 86_400 + length.seconds) * SECOND + length.microseconds * 1000


def _number(value: Any) -> int:
    if isinstance(value, _Ordered):
        return value.number()
    return nanoseconds(value) if isinstance(value, timedelta) else day_number(value)


def date_part(value: DateTime) -> Date:
    return value.day_part if isinstance(value, WideDateTime) else value.date()


def time_part(value: DateTime) -> Time:
    """The time of a date and time, with its zone."""
    return value.time_part if isinstance(value, WideDateTime) else value.timetz()


def fraction(value: Time | DateTime) -> int:
    """The nanoseconds after the second."""
    if isinstance(value, WideDateTime):
        value = value.time_part
    if isinstance(value, WideTime):
        return value.clock.microsecond * 1000 + value.nanoseconds
    return value.microsecond * 1000


def since_midnight(value: Time | DateTime) -> int:
    """The nanoseconds on the clock, whatever the zone."""
    seconds = (value.hour * 60 + value.minute) * 60 + value.second
    return seconds * SECOND + fraction(value)


def python_time(value: Time) -> time:
    """The time to the microsecond."""
    return value.clock if isinstance(value, WideTime) else value


def stand_in(day: Date | int) -> date:
    """A date within Python's years with the same place in the calendar, for a zone's rules.

    It takes a day number too, even one beyond all years. Before year 1 it is an early date, when
    zones keep their local mean time, and after 9999 a late one. Of those two years too it is
    another: no offset may lead out of Python's years.
    """
    if isinstance(day, int):
        day = _date_of_number(day)
    if isinstance(day, WideDate):
        return day.stand_in.replace(year=day.year % 400 + (400 if day.cycles < 0 else 9200))
    if day.year == 1:
        return day.replace(year=401)
    return day.replace(year=9599) if day.year == 9999 else day
