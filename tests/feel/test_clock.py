"""The clock that `now()` and `today()` read."""

from __future__ import annotations

from datetime import UTC, date, datetime

from vanzelf import feel
from vanzelf.feel import clock

MOMENT = datetime(2026, 1, 15, 23, 30, tzinfo=UTC)


def test_now_and_today_read_the_moment_handed_in() -> None:
    with clock.at(MOMENT):
        assert feel.evaluate("now()") == MOMENT
        assert feel.evaluate("today()") == date(2026, 1, 15)


def test_now_without_clock_is_null_and_says_so() -> None:
    messages: list[str] = []
    assert feel.evaluate("[now(), today()]", messages=messages) == [None, None]
    assert len(messages) == 2


def test_clock_inside_another_ends_with_its_block() -> None:
    with clock.at(MOMENT):
        with clock.at(None):
            assert feel.evaluate("now()") is None
        assert feel.evaluate("now()") == MOMENT
