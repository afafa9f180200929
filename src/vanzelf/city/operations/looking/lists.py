"""Which of the city's own lists are past their date, or will be soon?"""

from __future__ import annotations

from collections.abc import Iterator

from vanzelf.city import clock
from vanzelf.city.lists.queries import stale, standings
from vanzelf.city.operations.finding import Area, Finding, Level


def findings() -> Iterator[Finding]:
    today = clock.today()
    for one in stale(today):
        left = one.days_left(today)
        past = left is not None and left < 0
        yield Finding(
            Area.LISTS,
            "stale" if past else "ends",
            Level.BROKEN if past else Level.SOON,
            {"list": one.layout.name, "days": left},
        )
    standing = standings()
    for one in standing:
        if not one.known:
            yield Finding(Area.LISTS, "absent", Level.SOON, {"list": one.layout.name})
    known = sum(one.known for one in standing)
    if known:
        yield Finding(Area.LISTS, "known", values={"count": known})
