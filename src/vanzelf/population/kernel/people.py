"""People in columns: what the kernel is given, whole or a block of households at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from vanzelf.population.kernel.column import Column
from vanzelf.population.kernel.planes import Plane, Rows


class FactKey(NamedTuple):
    """A fact as regulations name it (`gezin.leden[].leefloon`), as it was on a day."""

    path: str
    on: date


@dataclass(frozen=True, slots=True)
class Block:
    """Households with those who live there, sorted together.

    Persons `starts[h]` up to `starts[h + 1]` live in household h. The first `private` households
    can hold a right of a household. Of which it is not known (or null) who lives there,
    `unlisted` (or `no_list`) tells. A fact that is not in `facts` is not known of anyone.
    """

    starts: NDArray[np.int64]
    facts: Mapping[FactKey, Column]
    private: int
    unlisted: Plane = False
    no_list: Plane = False
    _made: dict[str, NDArray[Any]] = field(default_factory=dict, compare=False, repr=False)
    _parts: dict[int, Sequence[Block]] = field(default_factory=dict, compare=False, repr=False)

    @property
    def households(self) -> int:
        return len(self.starts) - 1

    @property
    def persons(self) -> int:
        return int(self.starts[-1] - self.starts[0])

    @property
    def sizes(self) -> NDArray[np.int32]:
        """The number of members of each household."""
        if "sizes" not in self._made:
            self._made["sizes"] = np.diff(self.starts).astype(np.int32)
        return self._made["sizes"]

    @property
    def home(self) -> NDArray[np.int64]:
        """The household of each person, counted within the block."""
        if "home" not in self._made:
            self._made["home"] = np.repeat(np.arange(self.households), self.sizes)
        return self._made["home"]

    @property
    def edges(self) -> NDArray[np.int64]:
        """`starts`, counted within the block."""
        if "edges" not in self._made:
            self._made["edges"] = self.starts - self.starts[0]
        return self._made["edges"]

    def part(self, low: int, high: int) -> Block:
        """The households from `low` up to `high`."""
        homes = Rows(slice(low, high))
        people = Rows(slice(int(self.edges[low]), int(self.edges[high])))
        cut: dict[int, Column] = {}  # a column may bear several facts
        for key, column in self.facts.items():
            if id(column) not in cut:
                cut[id(column)] = column.rows(people if of_person(key.path) else homes)
        return replace(
            self,
            starts=self.starts[low : high + 1],
            facts={key: cut[id(column)] for key, column in self.facts.items()},
            private=min(max(self.private - low, 0), high - low),
            unlisted=homes.of(self.unlisted),
            no_list=homes.of(self.no_list),
            _made={},
            _parts={},
        )

    def parts(self, persons: int) -> Sequence[Block]:
        """Blocks of about so many persons, in order, that together are this one. Cut once."""
        if persons not in self._parts:
            self._parts[persons] = [self.part(*ends) for ends in cuts(self.edges, persons)]
        return self._parts[persons]


def of_person(path: str) -> bool:
    """Whether a fact is told of each person, not of the household."""
    return path.startswith("persoon.") or "[]" in path


def cuts(edges: NDArray[np.int64], persons: int) -> list[tuple[int, int]]:
    """Households in runs of about so many persons, none split over two runs."""
    last, low = len(edges) - 1, 0
    found: list[tuple[int, int]] = []
    while low < last:
        high = int(np.searchsorted(edges, edges[low] + persons, side="right")) - 1
        high = min(
            max(high, low + 1, min(low + persons, last) if edges[high] == edges[low] else 0), last
        )
        found.append((low, high))
        low = high
    return found or [(0, 0)]
