"""Dates, times, and dates with a time: from and to their ISO form (DMN 1.5, 10.3.2.3).

A time or a date and time may carry an offset (`+01:00`, `Z`) or a zone (`@Europe/Brussels`).
Years run from -999,999,999 to 999,999,999, and of a fraction of a second nine digits count.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from vanzelf.feel.values import wide
from vanzelf.feel.values.durations import nanoseconds_of_digits, parse_duration
from vanzelf.feel.values.wide import DAY, Date, DateTime, Time
from vanzelf.feel.values.zones import parse_zone, zone_text

MAX_LENGTH: Final = 100
"""Characters of a temporal text; a longer one is none."""

_DATE = r"(-?(?:[1-9][0-9]{3,8}|0[0-9]{3}))-([0-9]{2})-([0-9]{2})"
_TIME = (
    r"([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]+))?"
    r"(Z|[+-][0-9]{2}:[0-9]{2}(?::[0-9]{2})?|@[A-Za-z0-9_+/-]+)?"
)
_DATE_FORM = re.compile(_DATE, re.ASCII)
_TIME_FORM = re.compile(_TIME, re.ASCII)
_DATE_TIME_FORM = re.compile(f"{_DATE}T{_TIME}", re.ASCII)


def parse_date(text: str) -> Date | None:
    if len(text) == 10 and text[4] == "-" == text[7]:  # nearly always: Python reads it itself
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
    match = _DATE_FORM.fullmatch(text)
    return wide.date_of(*map(int, match.groups())) if match else None


def parse_time(text: str) -> Time | None:
    """A time; `24:00:00` is midnight."""
    match = _TIME_FORM.fullmatch(text) if len(text) <= MAX_LENGTH else None
    found = _time(match.groups()) if match else None
    return found[0] if found else None


def _time(parts: tuple[str | None, ...]) -> tuple[Time, int] | None:
    """The time, and the days to add: one for `24:00:00`."""
    hour, minute, second, digits, place = parts
    zone = parse_zone(place) if place else None
    if place and zone is None:
        return None
    fraction = nanoseconds_of_digits(digits)
    clock = (int(hour or 0) * 60 + int(minute or 0)) * wide.MINUTE
    clock += int(second or 0) * wide.SECOND + fraction
    if int(minute or 0) > 59 or int(second or 0) > 59 or clock > DAY:
        return None
    return wide.time_of(clock % DAY, zone), clock // DAY


def parse_date_time(text: str) -> DateTime | None:
    """A date and time; of a date alone its midnight, local."""
    match = _DATE_TIME_FORM.fullmatch(text) if len(text) <= MAX_LENGTH else None
    if match is None:
        day = parse_date(text)
        return None if day is None else wide.date_time_of(day, wide.time_of(0, None))
    parts = match.groups()
    day, clock = wide.date_of(*(int(part) for part in parts[:3])), _time(parts[3:])
    if day is None or clock is None:
        return None
    try:
        return wide.date_time_of(wide.date_of_number(wide.day_number(day) + clock[1]), clock[0])
    except OverflowError:
        return None


def parse_at(text: str) -> object:
    """The value of `@"…"`: the first of date, time, duration, date and time that reads it."""
    for parse in (parse_date, parse_time, parse_duration, parse_date_time):
        value = parse(text)
        if value is not None:
            return value
    return None


def date_text(value: Date) -> str:
    if isinstance(value, date):
        return value.isoformat()
    sign = "-" if value.year < 0 else ""
    return f"{sign}{abs(value.year):04d}-{value.month:02d}-{value.day:02d}"


def time_text(value: Time) -> str:
    return _clock_text(value) + zone_text(value)


def date_time_text(value: DateTime) -> str:
    return f"{date_text(wide.date_part(value))}T{_clock_text(value)}{zone_text(value)}"


def _clock_text(value: Time | DateTime) -> str:
    fraction = wide.fraction(value)
    digits = f".{fraction:09d}".rstrip("0") if fraction else ""
    return f"{value.hour:02d}:{value.minute:02d}:{value.second:02d}{digits}"
