"""The one clock can be held still, and knows which day it is in Ghent."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import vanzelf.city
from vanzelf.city import clock


def test_fixed_clock_stands_still_and_goes_on() -> None:
    moment = datetime(2026, 1, 15, 9, 30, tzinfo=UTC)
    with clock.fixed(moment):
        assert clock.now() == moment
    assert clock.now() != moment


@pytest.mark.parametrize(
    ("utc", "day"),
    [
        (datetime(2025, 12, 31, 23, 30, tzinfo=UTC), date(2026, 1, 1)),
        (datetime(2026, 6, 30, 22, 30, tzinfo=UTC), date(2026, 7, 1)),
        (datetime(2026, 3, 29, 0, 30, tzinfo=UTC), date(2026, 3, 29)),
    ],
)
def test_today_is_the_day_in_ghent(utc: datetime, day: date) -> None:
    with clock.fixed(utc):
        assert clock.today() == day


def test_clock_needs_a_time_zone() -> None:
    with pytest.raises(ValueError, match="time zone"), clock.fixed(datetime(2026, 1, 1)):  # noqa: DTZ001
        pass


def test_nothing_else_in_the_city_asks_the_time() -> None:
    folder = Path(vanzelf.city.__file__).parent
    asking = ("datetime.now(", "date.today(", "timezone.now(", "time.time(", "now()")
    # In SQL: what processes share goes by the clock that they share, and so does what is refused.
    in_sql = {"endurance/keeping.py", "retention/rules.py", "retention/migrations/0001_initial.py"}
    found = [
        str(file.relative_to(folder))
        for file in folder.rglob("*.py")
        if file.name != "clock.py"
        and str(file.relative_to(folder)) not in in_sql
        and any(
            call in line.replace("clock.now()", "")
            for line in file.read_text().splitlines()
            for call in asking
        )
    ]
    assert found == []
