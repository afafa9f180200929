"""Members of a value: of contexts, and the properties of temporal values and ranges
(DMN 1.5, 10.3.2.11, table 54)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final

from vanzelf.feel.messages import report
from vanzelf.feel.values import temporal
from vanzelf.feel.values.durations import YearsMonths
from vanzelf.feel.values.kinds import adopt, kind
from vanzelf.feel.values.ranges import Range
from vanzelf.feel.values.unknown import PartialList, Unknown


def member_of(value: object, member: str, absent: Unknown | None) -> object:
    """The member of a value; over a list, the list of its elements' members."""
    if isinstance(value, dict):
        return adopt(value.get(member, absent))
    if isinstance(value, list):
        return [member_of(element, member, absent) for element in value]
    if isinstance(value, PartialList):
        members = [(member_of(element, member, absent), sure) for element, sure in value.members]
        return PartialList.of(members)
    if isinstance(value, Unknown):
        return value.plain()
    read = _PROPERTIES.get((kind(value), member))
    return read(value) if read else report(f"a {kind(value)} has no member {member}")


def _duration_part(size: int, modulus: int | None) -> Callable[[timedelta], Decimal]:
    """So many whole units of `size` seconds, counted up to `modulus`, with the sign."""

    def read(length: timedelta) -> Decimal:
        whole = abs(length) // timedelta(seconds=size)
        whole = whole if modulus is None else whole % modulus
        return Decimal(-whole if length < timedelta(0) else whole)

    return read


def _seconds(length: timedelta) -> Decimal:
    micros = abs(length) // timedelta(microseconds=1) % 60_000_000
    seconds = Decimal(micros).scaleb(-6)
    return -seconds if length < timedelta(0) else seconds


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
        (kind_name, "weekday"): lambda value: Decimal(value.isoweekday()),
    }


def _clock_parts(kind_name: str) -> dict[tuple[str, str], Callable[[Any], object]]:
    return {
        (kind_name, "hour"): lambda value: Decimal(value.hour),
        (kind_name, "minute"): lambda value: Decimal(value.minute),
        (kind_name, "second"): second,
        (kind_name, "time offset"): temporal.time_offset,
        (kind_name, "timezone"): temporal.zone_name,
    }


def second(value: time | datetime) -> Decimal:
    return Decimal(value.second)


_DAYS, _YEARS = "days and time duration", "years and months duration"
_PROPERTIES: Final[dict[tuple[str, str], Callable[[Any], object]]] = {
    **_date_parts("date"),
    **_date_parts("date and time"),
    **_clock_parts("time"),
    **_clock_parts("date and time"),
    ("date", "hour"): lambda value: Decimal(0),
    ("date", "minute"): lambda value: Decimal(0),
    ("date", "second"): lambda value: Decimal(0),
    ("date", "time offset"): lambda value: timedelta(0),
    (_YEARS, "years"): _years,
    (_YEARS, "months"): _months,
    (_DAYS, "days"): _duration_part(86400, None),
    (_DAYS, "hours"): _duration_part(3600, 24),
    (_DAYS, "minutes"): _duration_part(60, 60),
    (_DAYS, "seconds"): _seconds,
    ("range", "start"): lambda value: value.low if isinstance(value, Range) else None,
    ("range", "end"): lambda value: value.high if isinstance(value, Range) else None,
    ("range", "start included"): lambda value: isinstance(value, Range) and value.low_included,
    ("range", "end included"): lambda value: isinstance(value, Range) and value.high_included,
}
