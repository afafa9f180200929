"""An attacker: every published number as a constraint on whole numbers, solved exactly.

It knows how the numbers were protected (Kerckhoffs), not the secret. A cell is recovered when the
smallest and the largest number that it may have are one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

Interval = tuple[float, float]
Reading = Callable[[int | None], Interval]
"""What a published number says of the true one: at least, at most."""


@dataclass
class Attacker:
    """Knows cells as sums of `atoms`: the smallest groups that the tables tell apart."""

    atoms: int
    reading: Reading
    most: int
    """Of units that there are at all: a published figure."""
    _rows: list[NDArray[np.float64]] = field(default_factory=list)
    _low: list[float] = field(default_factory=list)
    _high: list[float] = field(default_factory=list)

    def learn(self, atoms: Iterable[int], published: int | None) -> None:
        """A published cell, which is the sum of these atoms."""
        self._add(atoms, self.reading(published))

    def learn_least(self, atoms: Iterable[int], count: int) -> None:
        """So many are there: people it knows, or one because two answers differ."""
        self._add(atoms, (count, np.inf))

    def _add(self, atoms: Iterable[int], interval: Interval) -> None:
        row = np.zeros(self.atoms)
        row[list(atoms)] = 1
        self._rows.append(row)
        self._low.append(interval[0])
        self._high.append(interval[1])

    def bounds(self, atoms: Iterable[int]) -> tuple[int, int]:
        """The least and the most that these atoms may be together."""
        goal = np.zeros(self.atoms)
        goal[list(atoms)] = 1
        constraint = LinearConstraint(np.array(self._rows), self._low, self._high)
        found = []
        for sign in (1, -1):
            solved = milp(
                sign * goal,
                constraints=constraint,
                integrality=np.ones(self.atoms),
                bounds=Bounds(0, self.most),
            )
            assert solved.x is not None, "contradictory: the reading of the attacker is wrong"
            found.append(round(float(goal @ solved.x)))
        return found[0], found[1]


def nearest(published: int | None) -> Interval:
    """Cells under 10 hidden, the others rounded to the nearest multiple of 5."""
    return (0, 9) if published is None else (max(10, published - 2), published + 2)


def either_neighbour(published: int | None) -> Interval:
    """Rounded up or down at random."""
    return (0, 9) if published is None else (max(10, published - 4), published + 4)


def noise_of(reach: float, doubt: float) -> Reading:
    """Noise of at most `reach`, a threshold of at most 10 + `doubt`."""

    def reading(published: int | None) -> Interval:
        if published is None:
            return 0, 9 + doubt
        # 10 may stand for anything under it as well: it is the least that is shown.
        low = 10 if published == 10 else published - 2.5 - reach
        return max(10, low), published + 2.5 + reach

    return reading
