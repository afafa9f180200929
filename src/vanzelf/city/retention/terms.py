"""Terms in calendar time: "60 dagen", "3 maanden", "10 jaar"."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

_FORM = re.compile(r"(\d+) (dagen|maanden|jaar)")


@dataclass(frozen=True)
class Term:
    """A length of time, as a law says it: months and years by the calendar."""

    days: int = 0
    months: int = 0

    @classmethod
    def parse(cls, text: str) -> Term:
        """The term that `text` says; raises ValueError with what to write."""
        found = _FORM.fullmatch(text.strip())
        if found is None:
            raise ValueError(f'"{text}" is not a term: write 60 dagen, 3 maanden or 10 jaar')
        number, unit = int(found[1]), found[2]
        return cls(days=number) if unit == "dagen" else cls(months=number * _MONTHS[unit])

    def after(self, day: date) -> date:
        """The last day of the term that begins on `day`; 31 January and a month is 28 February."""
        year, month = divmod(day.year * 12 + day.month - 1 + self.months, 12)
        last = monthrange(year, month + 1)[1]
        return date(year, month + 1, min(day.day, last)) + timedelta(days=self.days)

    def before(self, day: date) -> date:
        """What began before this day is past its term on `day`: the latest beginning of which the
        term's last day is not `day` or later, and a day."""
        back = Term(months=-self.months).after(day) - timedelta(days=self.days)
        while self.after(back) < day:
            back += timedelta(days=1)
        while self.after(back - timedelta(days=1)) >= day:
            back -= timedelta(days=1)
        return back

    def __add__(self, other: Term) -> Term:
        return Term(self.days + other.days, self.months + other.months)


_MONTHS = {"maanden": 1, "jaar": 12}
