"""One right: who has it, who may, what it costs, how many miss it, and where most."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vanzelf.population.simulation.effect import Spread
from vanzelf.population.simulation.side import Side
from vanzelf.population.simulation.take_up import Costs, TakeUp
from vanzelf.population.statistics import TOTAL, Cells, Column, Publisher
from vanzelf.population.statistics.protect import Mask
from vanzelf.rights import Regulation

MOST = 3
"""Categories named per dimension."""


@dataclass(frozen=True, slots=True)
class Place:
    """A category in which the right is missed."""

    category: str
    missed: tuple[int, int]
    """Bounds of how many have it, or may, and do not get it."""
    per_hundred: float
    """As `Reach.per_hundred`."""


@dataclass(frozen=True, slots=True)
class Reach:
    """One right on a day. All from protected numbers (statistics/protect.py): None is hidden."""

    right: str
    unit: str
    categories: Mapping[str, tuple[str, ...]]
    counts: Mapping[str, Column]
    """By measure: `all`, `yes`, `unknown`, `unpriced`; where awards are known also `reached` and
    `missed`: units with a YES that got it, and that did not. Each has noise of its own."""
    cost: Spread | None
    per: str | None
    take_up: TakeUp | None
    """What is assumed of who asks; None where the awards that were made tell it."""
    costs: Costs | None
    """What it costs now, and by itself. Now: those who got it, by the regulation as it is."""

    def count(self, measure: str) -> int | None:
        """Of everyone."""
        return self.counts[measure].cells[TOTAL][0]

    def by(self, measure: str, dimension: str) -> Cells:
        """By category of a dimension."""
        return self.counts[measure].cells[dimension]

    @property
    def measured(self) -> bool:
        """Whether awards tell who gets it; else an assumption does."""
        return self.take_up is None

    @property
    def missed(self) -> tuple[int, int] | None:
        """Bounds of how many have the right, or may have it, and do not get it; less than 10 stands
        for fewer than 10, or about so. None when it cannot be said."""
        return self.missed_by(TOTAL)[0]

    def missed_by(self, dimension: str) -> tuple[tuple[int, int] | None, ...]:
        """The same by category."""
        unknown = self.by("unknown", dimension)
        if self.take_up is not None:
            pairs = zip(self.by("yes", dimension), unknown, strict=True)
            return tuple(self.take_up.missed(yes, open_) for yes, open_ in pairs)
        # Who missed it is hidden when they are few; only in a category that is hidden whole can
        # nobody say anything.
        columns = self.by("all", dimension), self.by("missed", dimension), unknown
        return tuple(
            None if everyone is None else (missed or 0, (missed or 0) + (open_ or 0))
            for everyone, missed, open_ in zip(*columns, strict=True)
        )

    def per_hundred(self, dimension: str) -> tuple[float | None, ...]:
        """By category, of a hundred units there: how many miss it for sure; where that is only
        assumed, how many have the right."""
        chosen = self.by("missed" if self.measured else "yes", dimension)
        return tuple(
            None if part is None or not people else min(100.0, 100 * part / people)
            for part, people in zip(chosen, self.by("all", dimension), strict=True)
        )

    @property
    def most(self) -> Mapping[str, tuple[Place, ...]]:
        """Per dimension the categories where most miss it, by their share of those there."""
        return {dimension: self._most(dimension) for dimension in self.categories
                if dimension != TOTAL}  # fmt: skip

    def _most(self, dimension: str) -> tuple[Place, ...]:
        columns = self.categories[dimension], self.missed_by(dimension), self.per_hundred(dimension)
        found = [
            Place(name, missed, share)
            for name, missed, share in zip(*columns, strict=True)
            if missed is not None and share
        ]
        return tuple(sorted(found, key=lambda place: -place.per_hundred)[:MOST])

    def as_data(self) -> dict[str, Any]:
        return {
            "right": self.right,
            "unit": self.unit,
            "categories": {name: list(values) for name, values in self.categories.items()},
            "counts": {name: column.as_data() for name, column in self.counts.items()},
            "per": self.per,
            "cost": self.cost and {"sure": self.cost.sure, "at_most": self.cost.at_most},
            "take_up": self.take_up and [self.take_up.low, self.take_up.high],
            "missed": self.missed and list(self.missed),
            "costs": self.costs and self.costs.as_data(),
            "most": {
                dimension: [
                    {"category": one.category, "missed": list(one.missed),
                     "per_hundred": round(one.per_hundred, 1)}
                    for one in places
                ]
                for dimension, places in self.most.items()
            },
        }  # fmt: skip


def reach_of(
    right: Regulation,
    side: Side,
    publisher: Publisher,
    take_up: TakeUp,
    reached: NDArray[np.int64] | None,
) -> Reach:
    """`reached`: the numbers of the units that got it, None when that is not known."""
    masks = {
        "all": np.ones(len(side.units), np.bool_),
        "yes": side.yes,
        "unknown": side.unknown,
        "unpriced": side.unpriced,
    }
    got = None if reached is None else side.yes & np.isin(side.units, reached)
    if got is not None:
        masks |= {"reached": got, "missed": side.yes & ~got}
    cost = costs = None
    if side.per is not None:
        cost = Spread(
            _spent(publisher, side, "cost sure", side.yes),
            _spent(publisher, side, "cost open", side.unknown),
        )
        if got is None:
            costs = take_up.costs(cost)
        elif (
            cost.sure is not None
            and (now := _spent(publisher, side, "cost reached", got)) is not None
        ):
            costs = Costs((now, now), (cost.sure, cost.at_most))
    return Reach(
        right=right.id,
        unit=right.unit,
        categories={group.dimension: group.categories for group in publisher.groupings},
        counts={name: publisher.counts(name, mask) for name, mask in masks.items()},
        cost=cost,
        per=side.per,
        take_up=None if reached is not None else take_up,
        costs=costs,
    )


def _spent(publisher: Publisher, side: Side, name: str, units: Mask) -> int | None:
    """What these units get together, in cents."""
    return publisher.sums(name, units, side.cents, side.largest).cells[TOTAL][0]
