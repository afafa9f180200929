"""Dates, times, and dates with a time: Python's own types, from and to their ISO form.

A time or a date and time may carry an offset (`+01:00`, `Z`) or a zone (`@Europe/Brussels`).
Years run from 1 to 9999 and fractions of a second to the microsecond, as Python's types do;
what does not fit is null.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from vanzelf.feel.values.durations import parse_duration

_DATE = r"([0-9]{4})-([0-9]{2})-([0-9]{2})"
_TIME = (
    r"([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]+))?"
    r"(Z|[+-][0-9]{2}:[0-9]{2}(?::[0-9]{2})?|@[A-Za-z0-9_+/-]+)?"
)
_DATE_FORM = re.compile(_DATE, re.ASCII)
_TIME_FORM = re.compile(_TIME, re.ASCII)
_DATE_TIME_FORM = re.compile(f"{_DATE}T{_TIME}", re.ASCII)
_END_OF_DAY = re.compile(r"24:00:00(?:\.0+)?(?![.0-9])", re.ASCII)
_MAX_OFFSET = timedelta(hours=18)


def parse_date(text: str) -> date | None:
    match = _DATE_FORM.fullmatch(text)
    return make_date(*map(int, match.groups())) if match else None


def make_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None


def parse_time(text: str) -> time | None:
    match = _TIME_FORM.fullmatch(text)
    return _time(match.groups()) if match else None


def _time(parts: tuple[str | None, ...]) -> time | None:
    hour, minute, second, fraction, place = parts
    zone = parse_zone(place) if place else None
    if place and zone is None:
        return None
    micros = int((fraction or "0")[:6].ljust(6, "0"))
    try:
        return time(int(hour or 0), int(minute or 0), int(second or 0), micros, zone)
    except ValueError:
        return None


def parse_date_time(text: str) -> datetime | None:
    match = _DATE_TIME_FORM.fullmatch(text)
    if match is None:
        day = parse_date(text)
        return datetime.combine(day, time(0)) if day else None
    parts = match.groups()
    day = make_date(int(parts[0]), int(parts[1]), int(parts[2]))
    midnight = _END_OF_DAY.match(text, match.start(4))
    clock = _time(("00", *parts[4:])) if midnight else _time(parts[3:])
    if day is None or clock is None:
        return None
    try:
        return datetime.combine(day, clock) + timedelta(days=1 if midnight else 0)
    except OverflowError:
        return None


def parse_zone(text: str) -> tzinfo | None:
    """`Z`, `+01:00` or `@Europe/Brussels`; None if there is no such zone."""
    if text == "Z":
        return UTC
    if text.startswith("@"):
        return _named_zone(text[1:])
    hours, minutes, *seconds = (int(part) for part in text[1:].split(":"))
    if minutes > 59 or (seconds and seconds[0] > 59):
        return None
    return offset(timedelta(hours=hours, minutes=minutes, seconds=seconds[0] if seconds else 0)
                  * (-1 if text[0] == "-" else 1))  # fmt: skip


def offset(length: timedelta) -> timezone | None:
    if length == timedelta(0):
        return UTC
    return timezone(length) if abs(length) <= _MAX_OFFSET else None


@lru_cache(maxsize=1024)
def _named_zone(name: str) -> tzinfo | None:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None


def at_midnight(day: date) -> datetime:
    """A date as a date and time: midnight in UTC (DMN 1.5, 10.3.2.3.5)."""
    return datetime.combine(day, time(0), UTC)


def time_text(value: time) -> str:
    return _clock_text(value) + zone_text(value)


def date_time_text(value: datetime) -> str:
    return f"{value.date().isoformat()}T{_clock_text(value.time())}{zone_text(value)}"


def _clock_text(value: time) -> str:
    fraction = f".{value.microsecond:06d}".rstrip("0") if value.microsecond else ""
    return f"{value.hour:02d}:{value.minute:02d}:{value.second:02d}{fraction}"


def zone_text(value: time | datetime) -> str:
    """`Z`, `+01:00`, `@Europe/Brussels`, or nothing for a local time."""
    zone = value.tzinfo
    if zone is None:
        return ""
    if isinstance(zone, ZoneInfo):
        return f"@{zone.key}"
    length = value.utcoffset() or timedelta(0)
    if not length:
        return "Z"
    minutes, seconds = divmod(abs(int(length.total_seconds())), 60)
    hours, minutes = divmod(minutes, 60)
    sign = "-" if length < timedelta(0) else "+"
    return f"{sign}{hours:02d}:{minutes:02d}" + (f":{seconds:02d}" if seconds else "")


def zone_name(value: time | datetime) -> str | None:
    """The property `timezone`: the zone's name, or null for an offset or a local time."""
    return value.tzinfo.key if isinstance(value.tzinfo, ZoneInfo) else None


def time_offset(value: time | datetime) -> timedelta | None:
    """The property `time offset`; for a time in a zone, that zone's offset on 1 January 2000."""
    if isinstance(value, time) and isinstance(value.tzinfo, ZoneInfo):
        return datetime.combine(date(2000, 1, 1), value).utcoffset()
    return value.utcoffset()


def seconds_of(value: time) -> timedelta:
    """A time as the duration since midnight, in UTC if it has an offset."""
    length = timedelta(
        hours=value.hour,
        minutes=value.minute,
        seconds=value.second,
        microseconds=value.microsecond,
    )
    return length - (time_offset(value) or timedelta(0))


def parse_at(text: str) -> object:
    """The value of `@"…"`: the first of date, date and time, time, duration that reads it."""
    if len(text) > 100:
        return None
    for parse in (parse_date, parse_time, parse_duration, parse_date_time):
        value = parse(text)
        if value is not None:
            return value
    return None
