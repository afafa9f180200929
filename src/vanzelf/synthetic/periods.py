"""Periods of validity: when a status began and until which day it is granted, both inclusive."""

from __future__ import annotations

import numpy as np

from vanzelf.synthetic.draw import Bools
from vanzelf.synthetic.insz import Days

NEVER = np.datetime64("NaT", "D")


def draw_period(rng: np.random.Generator, holds: Bools, on: np.datetime64) -> tuple[Days, Days]:
    """Long-running grants: from a first of the month, until the end of this or the next year, or
    open; two in a hundred end in the course of the year, three in a hundred name no dates."""
    index = np.flatnonzero(holds)
    count = len(index)
    month, year = on.astype("datetime64[M]"), on.astype("datetime64[Y]")
    begin = (month - (rng.random(count) ** 1.5 * 100).astype(np.int64)).astype("datetime64[D]")
    kind = rng.choice(5, size=count, p=[0.50, 0.30, 0.15, 0.02, 0.03])
    quarter = (month + 3 + rng.integers(0, 3, count) * 3).astype("datetime64[D]")
    ends = np.select(
        [kind == 0, kind == 1, kind == 3],
        [(year + 1).astype("datetime64[D]"), (year + 2).astype("datetime64[D]"), quarter],
        NEVER,
    ) - np.timedelta64(1, "D")
    begin[kind == 4] = NEVER
    return _spread(index, begin, len(holds)), _spread(index, ends, len(holds))


def draw_expired(rng: np.random.Generator, over: Bools, on: np.datetime64) -> tuple[Days, Days]:
    """Periods that ended at the end of one of the three years before."""
    index = np.flatnonzero(over)
    year = on.astype("datetime64[Y]") - rng.integers(0, 3, len(index))
    ends = year.astype("datetime64[D]") - np.timedelta64(1, "D")
    begin = (year - rng.integers(1, 4, len(index))).astype("datetime64[D]")
    return _spread(index, begin, len(over)), _spread(index, ends, len(over))


def _spread(index: np.ndarray, values: Days, length: int) -> Days:
    days = np.full(length, NEVER)
    days[index] = values
    return days
