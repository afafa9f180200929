"""Zones and offsets of times, and the instants that dates and times stand for.

A zone is `Z`, an offset (`+01:00`) or a name (`@Europe/Brussels`); without one a time is local.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from vanzelf.feel.values import wide
from vanzelf.feel.values.wide import DAY, SECOND, DateTime, Duration, Time, WideDateTime

_MAX_OFFSET: Final = timedelta(hours=18)
_ANY_DAY: Final = date(2000, 1, 1)
_NO_OFFSET: Final = timedelta(0)


def parse_zone(text: str) -> tzinfo | None:
    """`Z`, `+01:00` or `@Europe/Brussels`; None if there is no such zone."""
    if text == "Z":
        return UTC
    if text.startswith("@"):
        return _named_zone(text[1:])
    hours, minutes, *seconds = (int(part) for part in text[1:].split(":"))
    if minutes > 59 or (seconds and seconds[0] > 59):
        return None
    length = timedelta(hours=hours, minutes=minutes, seconds=seconds[0] if seconds else 0)
    return offset(-length if text[0] == "-" else length)


def offset(length: Duration) -> timezone | None:
    """The zone with an offset of whole seconds, of at most 18 hours; None for another."""
    if length == _NO_OFFSET:
        return UTC
    if not isinstance(length, timedelta) or abs(length) > _MAX_OFFSET or length.microseconds:
        return None
    return timezone(length)


@lru_cache(maxsize=1024)
def _named_zone(name: str) -> tzinfo | None:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None


def zone_text(value: Time | DateTime) -> str:
    """`Z`, `+01:00`, `@Europe/Brussels`, or nothing for a local time."""
    zone = value.tzinfo
    if zone is None:
        return ""
    if isinstance(zone, ZoneInfo):
        return f"@{zone.key}"
    length = _seconds(time_offset(value) or _NO_OFFSET)
    if not length:
        return "Z"
    minutes, seconds = divmod(abs(length), 60)
    hours, minutes = divmod(minutes, 60)
    sign = "-" if length < 0 else "+"
    return f"{sign}{hours:02d}:{minutes:02d}" + (f":{seconds:02d}" if seconds else "")


def zone_name(value: Time | DateTime) -> str | None:
    """The property `timezone`: the zone's name, or null for an offset or a local time."""
    return value.tzinfo.key if isinstance(value.tzinfo, ZoneInfo) else None


def time_offset(value: Time | DateTime) -> timedelta | None:
    """The property `time offset`; for a time in a named zone, its offset on 1 January 2000."""
    if isinstance(value, datetime):
        return value.utcoffset()
    if isinstance(value, WideDateTime):
        day = wide.stand_in(value.day_part)
        return datetime.combine(day, wide.python_time(value.time_part)).utcoffset()
    if value.tzinfo is None:
        return None
    return datetime.combine(_ANY_DAY, wide.python_time(value)).utcoffset()


def _seconds(length: timedelta) -> int:
    return length.days * 86_400 + length.seconds


# --- instants -----------------------------------------------------------------------------------


def instant(value: DateTime) -> int:
    """A date and time in nanoseconds, in UTC if it has a zone."""
    return instant_in_seconds(value) * SECOND + wide.fraction(value)


def at_instant(instant: int, zone: tzinfo | None) -> DateTime:
    """The date and time of an instant in a zone. Raises OverflowError beyond all years."""
    fold = 0
    if isinstance(zone, timezone):
        instant += _seconds(zone.utcoffset(None)) * SECOND
    elif zone is not None:
        number, clock = divmod(instant, DAY)
        universal = datetime.combine(
            wide.stand_in(number), wide.python_time(wide.time_of(clock, UTC))
        )
        local = universal.astimezone(zone)
        fold = local.fold
        instant += _seconds(local.utcoffset() or _NO_OFFSET) * SECOND
    number, clock = divmod(instant, DAY)
    return wide.date_time_of(wide.date_of_number(number), wide.time_of(clock, zone, fold))


def time_in_utc(value: Time) -> int:
    """The nanoseconds since midnight, in UTC if it has a zone; may be below zero or over a day."""
    return time_in_seconds(value) * SECOND + wide.fraction(value)


def time_in_seconds(value: Time) -> int:
    """What the standard compares times by: the whole seconds since midnight, in UTC if it has a
    zone (DMN 1.5, 10.3.2.3.4)."""
    return _universal(_on_clock(value), value)


def instant_in_seconds(value: DateTime) -> int:
    """What the standard compares dates and times by: whole seconds (DMN 1.5, 10.3.2.3.5)."""
    day = value if isinstance(value, datetime) else value.day_part
    return _universal(wide.day_number(day) * 86_400 + _on_clock(value), value)


def _on_clock(value: Time | DateTime) -> int:
    return (value.hour * 60 + value.minute) * 60 + value.second


def _universal(seconds: int, value: Time | DateTime) -> int:
    if value.tzinfo is None:
        return seconds
    return seconds - _seconds(time_offset(value) or _NO_OFFSET)


def at_midnight(day: wide.Date) -> DateTime:
    """A date as a date and time: midnight in UTC (DMN 1.5, 10.3.2.3.5)."""
    return wide.date_time_of(day, time(0, tzinfo=UTC))
