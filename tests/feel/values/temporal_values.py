"""Random dates, times and durations, in Python's reach and beyond it."""

from __future__ import annotations

from datetime import UTC, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from vanzelf.feel.values import wide
from vanzelf.feel.values.durations import YearsMonths
from vanzelf.feel.values.wide import DAY, Date, DateTime, Duration, Time

_LAST = wide.day_number(wide.date_of(wide.MAX_YEAR, 12, 31) or wide.date_of_number(1))
_FIRST = wide.day_number(wide.date_of(-wide.MAX_YEAR, 1, 1) or wide.date_of_number(1))
_NEAR = st.integers(-800_000, 4_500_000)  # from before year 1 to after 9999

zones: st.SearchStrategy[tzinfo | None] = st.one_of(
    st.none(),
    st.just(UTC),
    st.integers(-1080, 1080).filter(bool).map(lambda m: timezone(timedelta(minutes=m))),
    st.sampled_from(["Europe/Brussels", "Australia/Melbourne", "Etc/UTC"]).map(ZoneInfo),
)
dates: st.SearchStrategy[Date] = st.one_of(_NEAR, st.integers(_FIRST, _LAST)).map(
    wide.date_of_number
)
clocks = st.one_of(
    st.integers(0, DAY - 1),
    st.integers(0, DAY // 1000 - 1).map(lambda micros: micros * 1000),
    st.integers(0, 86_399).map(lambda seconds: seconds * wide.SECOND),
)
times: st.SearchStrategy[Time] = st.builds(wide.time_of, clocks, zones)
date_times: st.SearchStrategy[DateTime] = st.builds(wide.date_time_of, dates, times)
durations: st.SearchStrategy[Duration] = st.one_of(
    st.integers(-(10**6) * DAY, 10**6 * DAY),
    st.integers(-(10**9), 10**9).map(lambda seconds: seconds * wide.SECOND),
    st.integers(-wide.MAX_DURATION, wide.MAX_DURATION),
).map(wide.duration_of)
years_months = st.integers(-(10**6), 10**6).map(YearsMonths)

temporal_values: st.SearchStrategy[object] = st.one_of(
    dates, times, date_times, durations, years_months
)
