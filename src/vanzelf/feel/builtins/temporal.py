"""Functions on dates (DMN 1.5, 10.3.4.7, 10.3.4.8).

FEEL here has no clock of its own: `now` and `today` read the moment handed in with
`vanzelf.feel.clock.at`, and are null without one.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Final

from vanzelf.feel import clock
from vanzelf.feel.builtins.registry import built_in
from vanzelf.feel.messages import report
from vanzelf.feel.values.wide import DATE_TIME, Date, DateTime, date_part, stand_in

_DAYS: Final = (
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
)  # fmt: skip
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip

_NO_CLOCK: Final = "there is no clock here: hand in a moment with `now=`"


@built_in("day of year", "date: date|moment")
def day_of_year(day: Date | DateTime) -> Decimal:
    return Decimal(_in_calendar(day).timetuple().tm_yday)


@built_in("day of week", "date: date|moment")
def day_of_week(day: Date | DateTime) -> str:
    return _DAYS[_in_calendar(day).weekday()]


@built_in("month of year", "date: date|moment")
def month_of_year(day: Date | DateTime) -> str:
    return _MONTHS[day.month - 1]


@built_in("week of year", "date: date|moment")
def week_of_year(day: Date | DateTime) -> Decimal:
    """The week of ISO 8601."""
    return Decimal(_in_calendar(day).isocalendar().week)


def _in_calendar(day: Date | DateTime) -> date:
    """A day with the same place in year and week."""
    return stand_in(date_part(day) if isinstance(day, DATE_TIME) else day)


@built_in("now")
def now() -> datetime | None:
    return clock.moment() or report(_NO_CLOCK)


@built_in("today")
def today() -> date | None:
    moment = clock.moment()
    return report(_NO_CLOCK) if moment is None else moment.date()
