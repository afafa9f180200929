"""Members of a value: of contexts, and the properties of temporal values and ranges
(DMN 1.5, 10.3.2.11, table 54)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any, Final

from vanzelf.feel.limits import charge
from vanzelf.feel.messages import report
from vanzelf.feel.values import wide, zones
from vanzelf.feel.values.durations import YearsMonths
from vanzelf.feel.values.kinds import adopt, kind
from vanzelf.feel.values.numbers import CONTEXT
from vanzelf.feel.values.ranges import Range
from vanzelf.feel.values.unknown import PartialList, Unknown
from vanzelf.feel.values.wide import Date, DateTime, Duration


def member_of(value: object, member: str, absent: Unknown | None) -> object:
    """The member of a value; over a list, the list of its elements' members."""
    if isinstance(value, dict):
        if absent is None and member not in value:
            return report(f"this context has no member {member}")
        return adopt(value.get(member, absent))
    if isinstance(value, list):
        charge(len(value))
        return [member_of(element, member, absent) for element in value]
    if isinstance(value, PartialList):
        members = [(member_of(element, member, absent), sure) for element, sure in value.members]
        return PartialList.of(members)
    if isinstance(value, Unknown):
        return value.plain()
    read = _PROPERTIES.get((kind(value), member))
    return read(value) if read else report(f"a {kind(value)} has no member {member}")


def _duration_part(size: int, modulus: int | None) -> Callable[[Duration], Decimal]:
    """So many whole units of `size` nanoseconds, counted up to `modulus`, with the sign."""

    def read(length: Duration) -> Decimal:
        total = wide.nanoseconds(length)
        whole = abs(total) // size
        whole = whole if modulus is None else whole % modulus
        return Decimal(-whole if total < 0 else whole)

    return read


def _seconds(length: Duration) -> Decimal:
    total = wide.nanoseconds(length)
    seconds = Decimal(abs(total) % wide.MINUTE).scaleb(-9).normalize(CONTEXT)
    return -seconds if total < 0 else seconds


def _date_in_seconds(day: Date) -> Decimal:
    return _date_time_in_seconds(zones.at_midnight(day))


def _date_time_in_seconds(moment: DateTime) -> Decimal:
    """Since the start of year 1 (XML Schema 1.1, timeOnTimeline)."""
    return Decimal(zones.instant_in_seconds(moment) - 86_400)


def _duration_in_seconds(length: Duration) -> Decimal:
    return Decimal(wide.nanoseconds(length)).scaleb(-9).normalize(CONTEXT)


def _years(length: YearsMonths) -> Decimal:
    years = abs(length.months) // 12
    return Decimal(-years if length.months < 0 else years)


def _months(length: YearsMonths) -> Decimal:
    months = abs(length.months) % 12
    return Decimal(-months if length.months < 0 else months)


def _date_parts(kind_name: str) -> dict[tuple[str, str], Callable[[Any], object]]:
    return {
        (kind_name, "year"): lambda value: Decimal(value.year),
        (kind_name, "month"): lambda value: Decimal(value.month),
        (kind_name, "day"): lambda value: Decimal(value.day),
        (kind_name, "weekday"): _weekday,
    }


def _clock_parts(kind_name: str) -> dict[tuple[str, str], Callable[[Any], object]]:
    return {
        (kind_name, "hour"): lambda value: Decimal(value.hour),
        (kind_name, "minute"): lambda value: Decimal(value.minute),
        (kind_name, "second"): lambda value: Decimal(value.second),
        (kind_name, "time offset"): zones.time_offset,
        (kind_name, "timezone"): zones.zone_name,
    }


def _weekday(value: Date | DateTime) -> Decimal:
    """From 1 (Monday) to 7."""
    day = wide.date_part(value) if isinstance(value, wide.DATE_TIME) else value
    return Decimal((wide.day_number(day) - 1) % 7 + 1)


_DAYS, _YEARS = "days and time duration", "years and months duration"
_PROPERTIES: Final[dict[tuple[str, str], Callable[[Any], object]]] = {
    **_date_parts("date"),
    **_date_parts("date and time"),
    **_clock_parts("time"),
    **_clock_parts("date and time"),
    ("date", "value"): _date_in_seconds,
    ("time", "value"): lambda value: Decimal(zones.time_in_seconds(value)),
    ("date and time", "value"): _date_time_in_seconds,
    (_YEARS, "value"): lambda value: Decimal(value.months),
    (_DAYS, "value"): _duration_in_seconds,
    ("date", "hour"): lambda value: Decimal(0),
    ("date", "minute"): lambda value: Decimal(0),
    ("date", "second"): lambda value: Decimal(0),
    ("date", "time offset"): lambda value: timedelta(0),
    (_YEARS, "years"): _years,
    (_YEARS, "months"): _months,
    (_DAYS, "days"): _duration_part(wide.DAY, None),
    (_DAYS, "hours"): _duration_part(wide.HOUR, 24),
    (_DAYS, "minutes"): _duration_part(wide.MINUTE, 60),
    (_DAYS, "seconds"): _seconds,
    ("range", "start"): lambda value: value.low if isinstance(value, Range) else None,
    ("range", "end"): lambda value: value.high if isinstance(value, Range) else None,
    ("range", "start included"): lambda value: isinstance(value, Range) and value.low_included,
    ("range", "end included"): lambda value: isinstance(value, Range) and value.high_included,
}
