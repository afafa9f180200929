"""Who gets which rights together: a matrix over the private households."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vanzelf.population.reader import Population
from vanzelf.population.results import YES, Results
from vanzelf.population.statistics import TOTAL, Publisher, Secret, everyone
from vanzelf.rights import Regulation

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Overlap:
    """Households by the rights that they have for sure, protected: None is hidden."""

    rights: tuple[str, ...]
    matrix: tuple[tuple[int | None, ...], ...]
    """Households with both rights; on the diagonal those with the one."""
    by_number: tuple[int | None, ...]
    """Households with 0, 1, 2, … of these rights."""

    def as_data(self) -> dict[str, Any]:
        return {
            "rights": list(self.rights),
            "matrix": [list(row) for row in self.matrix],
            "by_number": list(self.by_number),
        }


def overlap_of(
    population: Population, regulations: Sequence[Regulation], results: Results, secret: Secret
) -> Overlap:
    """From the results of a check of these regulations. A right of a person counts for a
    household when a member has it."""
    people = population.people
    numbers = people.households[: people.private]
    publisher = Publisher(
        secret, "overlap", secret.record_keys("gezin", numbers), (everyone(len(numbers)),)
    )
    held = {
        right.id: _held(right, results, people.starts[: people.private + 1])
        for right in regulations
    }
    rights = tuple(held)
    shown: dict[tuple[str, str], int | None] = {}
    for one, other in (*((right, right) for right in rights), *combinations(rights, 2)):
        units = held[one] & held[other]
        count = publisher.counts(f"{one} {other}", units).cells[TOTAL][0]
        shown[one, other] = shown[other, one] = count
    together = np.sum(list(held.values()), axis=0) if held else np.zeros(len(numbers), np.int64)
    return Overlap(
        rights,
        tuple(tuple(shown[one, other] for other in rights) for one in rights),
        tuple(
            publisher.counts(f"{number} rights", together == number).cells[TOTAL][0]
            for number in range(len(rights) + 1)
        ),
    )


def _held(right: Regulation, results: Results, starts: NDArray[np.int64]) -> Flags:
    """Per private household whether it has the right, or a member has."""
    yes = results.outcomes(right.id) == YES
    if right.unit == "gezin":
        return np.asarray(yes)
    summed = np.concatenate(([0], np.cumsum(yes)))
    return np.asarray(summed[starts[1:]] > summed[starts[:-1]])
