"""INSZ numbers in TST form: the month plus 60, so that none can be a real person's.

Eleven digits: year, month + 60, day, a serial number (odd for a man, even for a woman) and
97 minus the rest of the first nine digits by 97, with a 2 before them for a birth from 2000 on.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from vanzelf.synthetic.draw import Bools, Ints

MOST_PER_DAY = 490  # serial numbers 1..980; those above are kept for the cast
Days = NDArray[np.datetime64]


def number(born: str, serial: int) -> str:
    """The TST number of one birth date (`YYYY-MM-DD`) and serial number."""
    return str(numbers(np.array([born], dtype="datetime64[D]"), np.array([serial]))[0])


def numbers(born: Days, serial: Ints) -> pa.StringArray:
    """The TST numbers of many."""
    months = born.astype("datetime64[M]")
    year = born.astype("datetime64[Y]").astype(np.int64) + 1970
    month = months.astype(np.int64) % 12 + 1
    day = (born - months).astype(np.int64) + 1
    first = ((year % 100 * 100 + month + 60) * 100 + day) * 1000 + serial
    check = 97 - (first + np.where(year >= 2000, 2_000_000_000, 0)) % 97
    return pc.utf8_lpad(pa.array(first * 100 + check).cast(pa.string()), 11, "0")


def serials(born: Days, female: Bools) -> Ints:
    """A serial number for each person, no two alike on one day and sex."""
    cell = cells(born, female)
    rank, _ = ranks(cell)
    return ranked(cell, rank)


def cells(born: Days, female: Bools) -> Ints:
    """One number per day and sex: within these serial numbers differ."""
    return born.astype(np.int64) * 2 + female


def ranks(cell: Ints) -> tuple[Ints, Ints]:
    """For each its place among those of its cell, from 0 and in order; and how many they are."""
    order = np.argsort(cell, kind="stable")
    sorted_cells = cell[order]
    first = np.searchsorted(sorted_cells, sorted_cells)
    rank, count = np.empty_like(cell), np.empty_like(cell)
    rank[order] = np.arange(len(cell)) - first
    count[order] = np.searchsorted(sorted_cells, sorted_cells, side="right") - first
    return rank, count


def ranked(cell: Ints, rank: Ints) -> Ints:
    """The serial number of a place in a cell. Raises ValueError where the numbers run out."""
    if len(rank) and rank.max() >= MOST_PER_DAY:
        raise ValueError(f"more than {MOST_PER_DAY} births of one sex on one day: no numbers left")
    spread = (rank * 37 + cell * 101) % MOST_PER_DAY  # 37 and 490 share no factor: still unique
    return spread * 2 + 1 + cell % 2
