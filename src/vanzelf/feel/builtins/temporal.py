"""Functions on dates (DMN 1.5, 10.3.4.7, 10.3.4.8).

FEEL here has no clock: `now` and `today` are null unless the context brings functions of that
name, so that the same question on the same day has the same answer.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from vanzelf.feel.builtins.registry import built_in
from vanzelf.feel.messages import report

_DAYS: Final = (
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
)  # fmt: skip
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


@built_in("day of year", "date: date|moment")
def day_of_year(day: date) -> Decimal:
    return Decimal(day.timetuple().tm_yday)


@built_in("day of week", "date: date|moment")
def day_of_week(day: date) -> str:
    return _DAYS[day.weekday()]


@built_in("month of year", "date: date|moment")
def month_of_year(day: date) -> str:
    return _MONTHS[day.month - 1]


@built_in("week of year", "date: date|moment")
def week_of_year(day: date) -> Decimal:
    """The week of ISO 8601."""
    return Decimal(day.isocalendar().week)


@built_in("now")
def now() -> None:
    return report("there is no clock: put a function `now` in the context")


@built_in("today")
def today() -> None:
    return report("there is no clock: put a function `today` in the context")
