"""Both durations: of years and months (own type), of days and time (`timedelta`, or wider)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from vanzelf.feel.values.wide import DAY, HOUR, MINUTE, SECOND, Duration, duration_of, nanoseconds

MAX_MONTHS = 12 * 999_999_999

_YEARS_MONTHS = re.compile(r"(-)?P(?:([0-9]+)Y)?(?:([0-9]+)M)?", re.ASCII)
_DAYS_TIME = re.compile(
    r"(-)?P(?:([0-9]+)D)?"
    r"(?:T(?:([0-9]+)H)?(?:([0-9]+)M)?(?:([0-9]+)(?:\.([0-9]+))?S)?)?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True, order=True)
class YearsMonths:
    """A duration of whole months; `P1Y2M` is 14."""

    months: int

    @property
    def text(self) -> str:
        years, months = divmod(abs(self.months), 12)
        sign = "-" if self.months < 0 else ""
        parts = (f"{years}Y" if years else "") + (f"{months}M" if months else "")
        return f"{sign}P{parts or '0M'}"


def years_months(months: int) -> YearsMonths | None:
    """The duration of so many months; null beyond a thousand million years."""
    return YearsMonths(months) if abs(months) <= MAX_MONTHS else None


def parse_duration(text: str) -> YearsMonths | Duration | None:
    """A duration from its ISO form, such as `P1Y`, `-P2M`, `P3DT4H`; null for any other text."""
    if len(text) > 100:
        return None
    match = _YEARS_MONTHS.fullmatch(text)
    if match and (match[2] or match[3]):
        months = int(match[2] or 0) * 12 + int(match[3] or 0)
        return years_months(-months if match[1] else months)
    match = _DAYS_TIME.fullmatch(text)
    if match and any(match.groups()[1:]) and not text.endswith("T"):
        return _days_time(match)
    return None


def _days_time(match: re.Match[str]) -> Duration | None:
    days, hours, minutes, seconds = (int(part or 0) for part in match.group(2, 3, 4, 5))
    length = days * DAY + hours * HOUR + minutes * MINUTE + seconds * SECOND
    length += nanoseconds_of_digits(match[6])
    try:
        return duration_of(-length if match[1] else length)
    except OverflowError:
        return None


def nanoseconds_of_digits(digits: str | None) -> int:
    """The digits behind the point of a second; those after the ninth do not count."""
    return int(digits[:9].ljust(9, "0")) if digits else 0


def days_time_text(length: Duration) -> str:
    """The ISO form, such as `P1DT2H` or `-PT0.5S`."""
    total = nanoseconds(length)
    if not total:
        return "PT0S"
    seconds, fraction = divmod(abs(total), SECOND)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    digits = f".{fraction:09d}".rstrip("0") if fraction else ""
    clock = f"{hours}H" if hours else ""
    clock += f"{minutes}M" if minutes else ""
    clock += f"{seconds}{digits}S" if seconds or fraction else ""
    sign = "-" if total < 0 else ""
    return f"{sign}P{f'{days}D' if days else ''}" + (f"T{clock}" if clock else "")
