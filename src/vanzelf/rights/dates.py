"""Reference dates and period labels: the few rules that regulations choose from, and ages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date


def _start(on: date, month: int) -> date:
    """The last first day of `month` up to and including `on`."""
    return date(on.year if on.month >= month else on.year - 1, month, 1)


REFERENCE_DATES: dict[str, Callable[[date], date]] = {
    "day of the check": lambda on: on,
    "first day of the month": lambda on: on.replace(day=1),
    "first day of the quarter": lambda on: date(on.year, on.month - (on.month - 1) % 3, 1),
    "1 January of the year": lambda on: date(on.year, 1, 1),
    "1 January of the year before": lambda on: date(on.year - 1, 1, 1),
    "start of the school year (1 September)": lambda on: _start(on, 9),
    "start of the award year (1 October)": lambda on: _start(on, 10),
}
"""The day on which facts and parameters are looked at, from the day of the check."""


def _two_years(start: date) -> str:
    return f"{start.year}-{start.year + 1}"


PERIOD_LABELS: dict[str, Callable[[date], str]] = {
    "kalenderjaar": lambda on: str(on.year),
    "kwartaal": lambda on: f"{on.year}-K{(on.month + 2) // 3}",
    "maand": lambda on: f"{on.year}-{on.month:02}",
    "schooljaar": lambda on: _two_years(_start(on, 9)),
    "toekenningsjaar": lambda on: _two_years(_start(on, 10)),
    "eenmalig": lambda on: "eenmalig",
}
"""The label of an award: a unit gets a right at most once per label."""


def full_years(birth: date, on: date) -> int:
    """Age in full years on a day; who is born on 29 February comes of age on 1 March."""
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))
