"""Groups of units: every unit in one category of each dimension."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Grouping:
    """A dimension: per unit the position of its category."""

    dimension: str
    categories: tuple[str, ...]
    codes: NDArray[np.intp]

    def __post_init__(self) -> None:
        if len(self.codes) and not 0 <= self.codes.min() <= self.codes.max() < len(self):
            raise ValueError(f"{self.dimension}: a unit in none of {len(self)} categories")

    def __len__(self) -> int:
        return len(self.categories)

    def take(self, positions: NDArray[np.intp]) -> Grouping:
        """The same for the units at these positions."""
        return Grouping(self.dimension, self.categories, self.codes[positions])


def everyone(count: int) -> Grouping:
    """All units in one category."""
    return Grouping(TOTAL, (TOTAL,), np.zeros(count, np.intp))


def ranges(dimension: str, bounds: Sequence[int], values: NDArray[np.int64]) -> Grouping:
    """Categories of whole numbers, each from one bound up to just under the next: `18-24`, `80+`.

    `bounds` rise and begin with the lowest value that occurs.
    """
    names = [f"{low}-{high - 1}" for low, high in pairwise(bounds)]
    codes = np.searchsorted(np.asarray(bounds), values, side="right") - 1
    return Grouping(dimension, (*names, f"{bounds[-1]}+"), codes)
