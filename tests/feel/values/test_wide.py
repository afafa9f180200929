"""Temporal values of any size: which type holds them, their order, equality and hash."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.feel.values.temporal_values import dates, durations, temporal_values
from vanzelf.feel.values import wide
from vanzelf.feel.values.wide import Date, Duration, WideDate, WideDateTime, WideDuration, WideTime


@pytest.mark.parametrize(
    ("year", "month", "day", "number"),
    [
        (1, 1, 1, 1),
        (0, 12, 31, 0),
        (0, 2, 29, -306),
        (-1, 12, 31, -366),
        (10_000, 1, 1, 3_652_060),
        (-400, 1, 1, 1 - 146_097 - 366),
    ],
)
def test_day_number_counts_from_year_one(year: int, month: int, day: int, number: int) -> None:
    found = wide.date_of(year, month, day)
    assert found is not None
    assert wide.day_number(found) == number
    assert wide.date_of_number(number) == found


@pytest.mark.parametrize(
    "parts", [(-1, 2, 29), (10_001, 2, 29), (1_000_000_000, 1, 1), (0, 13, 1), (2026, 2, 30)]
)
def test_date_that_is_none(parts: tuple[int, int, int]) -> None:
    assert wide.date_of(*parts) is None


def test_date_beyond_all_years_is_refused() -> None:
    last = wide.date_of(wide.MAX_YEAR, 12, 31)
    assert last is not None
    with pytest.raises(OverflowError):
        wide.date_of_number(wide.day_number(last) + 1)


def test_python_types_hold_what_they_can() -> None:
    assert wide.date_of(9999, 12, 31) == date(9999, 12, 31)
    assert wide.time_of(wide.HOUR + 1000, None) == time(1, 0, 0, 1)
    assert wide.date_time_of(date(2026, 1, 15), time(1)) == datetime(2026, 1, 15, 1)  # noqa: DTZ001
    assert wide.duration_of(wide.DAY) == timedelta(days=1)
    assert isinstance(wide.date_of(10_000, 1, 1), WideDate)
    assert isinstance(wide.time_of(1, None), WideTime)
    assert isinstance(wide.date_time_of(date(2026, 1, 15), wide.time_of(1, None)), WideDateTime)
    assert isinstance(wide.duration_of(1), WideDuration)
    assert isinstance(wide.duration_of(10**12 * wide.DAY), WideDuration)


@given(dates)
def test_number_of_date_gives_it_again(day: Date) -> None:
    assert wide.date_of_number(wide.day_number(day)) == day
    assert wide.date_of(day.year, day.month, day.day) == day


@given(durations)
def test_nanoseconds_of_duration_give_it_again(length: Duration) -> None:
    assert wide.duration_of(wide.nanoseconds(length)) == length


@given(st.lists(dates, min_size=2))
def test_dates_sort_by_their_number(days: list[Date]) -> None:
    for left, right in pairwise(sorted(days, key=wide.day_number)):
        assert left <= right
        assert right >= left
        assert (left < right) == (left != right) == (right > left)


@given(st.lists(durations, min_size=2))
def test_durations_sort_by_their_length(lengths: list[Duration]) -> None:
    for left, right in pairwise(sorted(lengths, key=wide.nanoseconds)):
        assert left <= right
        assert (left < right) == (left != right) == (right > left)


@given(temporal_values, temporal_values)
def test_equal_values_have_one_hash(left: object, right: object) -> None:
    if left == right:
        assert hash(left) == hash(right)
