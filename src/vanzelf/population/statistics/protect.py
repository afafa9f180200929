"""Disclosure control: what may be said of a group of people, and how.

The method is the *cell key method* (Fraser and Wooton 2005; Thompson, Broadfoot and Elazar 2013;
Giessing and Tent 2019) with noise that has no end, a threshold that is uncertain upwards, and a
second, sticky layer of noise as in *Diffix* (Francis et al. 2022). Every number is protected by
itself, totals included; what is published does not add up, and should not.

For a cell with the set of units S, n of them:

- It is **hidden** when n < 10 + h. h >= 0 is drawn from the key of S, geometric, without an end.
- Else it is n + e + f, rounded to a multiple of 5, and 10 at least. e is drawn from the key of S,
  f from the name of the cell (right, measure, dimension, category): both discrete Laplace, without
  an end. The key of S is the sum of its units' secret keys, so that the same people always get the
  same answer, in whatever table, and asking again tells nothing new.
- A **sum of money** is treated as a count of contributions: divided by the largest amount that the
  right gives anyone (rounded up to 1, 2 or 5 times a power of ten), protected as above, and
  multiplied again; its key depends on the amounts too. It is hidden where its count is.
- A **category of fewer than 100** units in all is hidden whole.

*What this guarantees.* A cell that is published has at least 10 units. Nothing that is published
ever gives an upper bound to a cell: h, e and f take every value (to about 40 times their scale,
beyond which the chance is under 2^-50), so every answer is possible with one unit more in any
hidden cell. An exact number needs an upper bound; so no subtraction of totals, of tables, of before
and after, or of simulations that differ a little, gives the number of a hidden cell with certainty.
Deterministic rounding, and random rounding between the two neighbours (Fellegi 1975), do not have
this: both bound every cell, and a row of simulations that each add one unit finds it exactly.

*What it does not.* It is not certainty but likelihood that remains:

- Who can vary a simulation so that one known person more or less is in it, again and again, can
  average e away (Dinur and Nissim 2003; Asghar and Kaafar 2020): of differences under 10 it then
  finds one in three with ten simulations on either side, two in three with a hundred. f remains,
  for a cell by itself. So simulations are for staff, and few are published.
- That two answers differ says that two sets differ; that all answers about a cell stay the same
  says, nearly surely, that nobody in it changed. That nobody is in a cell is not kept secret.
- A category that is hidden whole is smaller than 100, as population figures tell anyway.
- Who knows of all but one what they get may guess about that one, and never be certain.
- Who holds the secret holds everything.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from vanzelf.population.statistics.grouping import Grouping
from vanzelf.population.statistics.keys import Keys, Secret, discrete_laplace, geometric

LEAST = 10
"""Fewer units than this are never shown."""
BASE = 5
"""What is shown is a multiple of this."""
SMALLEST_CATEGORY = 100
SCALE = 1.5
"""Of the noise by set and of that by name; together a standard deviation of 3.0."""
DOUBT = 2.0
"""Of the threshold: on average 1.5 units more than LEAST are needed."""

Cells = tuple[int | None, ...]
"""Published numbers by category; None: hidden."""
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Column:
    """What was counted or added up: published by dimension."""

    cells: Mapping[str, Cells]

    def as_data(self) -> dict[str, list[int | None]]:
        return {dimension: list(cells) for dimension, cells in self.cells.items()}


@dataclass(frozen=True, slots=True)
class Publisher:
    """Publishes numbers about the units of one right, by one set of groupings."""

    secret: Secret
    subject: str
    """What the numbers are about: the right. Names of cells begin with it."""
    keys: Keys
    """The secret key of every unit."""
    groupings: tuple[Grouping, ...]
    _sizes: dict[str, NDArray[np.int64]] = field(default_factory=dict)

    def counts(self, measure: str, units: Mask) -> Column:
        """How many units the mask holds, by every grouping."""
        chosen = np.flatnonzero(units)
        keys = self.keys[chosen]
        return Column({group.dimension: self._counts(measure, group, chosen, keys)
                       for group in self.groupings})  # fmt: skip

    def sums(self, measure: str, units: Mask, cents: NDArray[np.int64], largest: int) -> Column:
        """What these units get together, in cents; `largest` is the most that anyone gets."""
        chosen = np.flatnonzero(units & (cents != 0))
        unit = contribution(largest)
        amounts = cents[chosen]
        keys = self.keys[chosen] * (amounts.astype(np.uint64) * np.uint64(2) + np.uint64(1))
        found: dict[str, Cells] = {}
        for group in self.groupings:
            shown = self._counts(measure, group, chosen, self.keys[chosen])
            totals = _added(amounts, group.codes[chosen], len(group))
            marks = _added(keys, group.codes[chosen], len(group))
            found[group.dimension] = tuple(
                None if cell is None else
                unit * self._noisy(measure, group, place, totals[place] / unit, int(marks[place]))
                for place, cell in enumerate(shown)
            )  # fmt: skip
        return Column(found)

    def _counts(self, measure: str, group: Grouping, chosen: NDArray[np.intp], keys: Keys) -> Cells:
        codes = group.codes[chosen]
        counts = np.bincount(codes, minlength=len(group))
        marks = _added(keys, codes, len(group))
        sizes = self._size(group)
        return tuple(
            None if sizes[place] < SMALLEST_CATEGORY else
            self._count(measure, group, place, int(counts[place]), int(marks[place]))
            for place in range(len(group))
        )  # fmt: skip

    def _count(
        self, measure: str, group: Grouping, place: int, count: int, mark: int
    ) -> int | None:
        if count < LEAST:  # whatever the doubt is
            return None
        doubt = geometric(self.secret.draws("doubt", mark, count=1)[0], DOUBT)
        if count < LEAST + doubt:
            return None
        return max(LEAST, self._noisy(measure, group, place, count, mark))

    def _noisy(self, measure: str, group: Grouping, place: int, number: float, mark: int) -> int:
        """With the noise of the set and that of the cell's name, as a multiple of BASE."""
        of_set = discrete_laplace(self.secret.draws("set", mark, count=2), SCALE)
        named = (self.subject, measure, group.dimension, group.categories[place])
        of_name = discrete_laplace(self.secret.draws("name", *named, count=2), SCALE)
        return max(0, BASE * round((number + of_set + of_name) / BASE))

    def _size(self, group: Grouping) -> NDArray[np.int64]:
        if group.dimension not in self._sizes:
            self._sizes[group.dimension] = np.bincount(group.codes, minlength=len(group))
        return self._sizes[group.dimension]


def contribution(largest: int) -> int:
    """The largest amount, rounded up to 1, 2 or 5 times a power of ten; 1 at least.

    The order of magnitude of what a right gives stands in its regulation, and is no secret.
    """
    power = 1
    while power * 10 < largest:
        power *= 10
    return next(step * power for step in (1, 2, 5, 10) if step * power >= largest)


def _added(values: NDArray[np.generic], codes: NDArray[np.intp], count: int) -> NDArray[np.generic]:
    """Sums by code; unsigned ones wrap around."""
    sums = np.zeros(count, values.dtype)
    np.add.at(sums, codes, values)
    return sums
