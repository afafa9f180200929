"""What every right would cost if everyone asked, how many miss it, and where most."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from vanzelf.population.checking import check
from vanzelf.population.reader import Population
from vanzelf.population.simulation.effect import Spread
from vanzelf.population.simulation.overlap import Overlap, overlap_of
from vanzelf.population.simulation.side import Side
from vanzelf.population.simulation.take_up import Costs, TakeUp
from vanzelf.population.statistics import TOTAL, Column, Dimensions, Publisher, Secret
from vanzelf.rights import Regulation, Regulations

MOST = 3
"""Categories named per dimension."""


@dataclass(frozen=True, slots=True)
class Place:
    """A category in which the right is missed."""

    category: str
    missed: tuple[int, int]
    """Bounds of how many have it and do not ask."""
    per_hundred: float
    """Of a hundred units there, how many have the right."""


@dataclass(frozen=True, slots=True)
class Reach:
    """One right: who has it, who may, what it costs, and where it is missed most.

    All from protected numbers (statistics/protect.py): None is hidden.
    """

    right: str
    unit: str
    categories: Mapping[str, tuple[str, ...]]
    counts: Mapping[str, Column]
    """By measure: `all`, `yes`, `unknown`, `unpriced`."""
    cost: Spread | None
    per: str | None
    take_up: TakeUp
    missed: tuple[int, int] | None
    """Bounds of how many have the right, or may have it, and do not ask."""
    costs: Costs | None
    """What it costs now, and by itself."""
    most: Mapping[str, tuple[Place, ...]]
    """Per dimension the categories where most miss it, by their share of those who live there."""

    def count(self, measure: str) -> int | None:
        """Of everyone."""
        return self.counts[measure].cells[TOTAL][0]

    def as_data(self) -> dict[str, Any]:
        return {
            "right": self.right,
            "unit": self.unit,
            "categories": {name: list(values) for name, values in self.categories.items()},
            "counts": {name: column.as_data() for name, column in self.counts.items()},
            "per": self.per,
            "cost": self.cost and {"sure": self.cost.sure, "at_most": self.cost.at_most},
            "take_up": [self.take_up.low, self.take_up.high],
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


@dataclass(frozen=True, slots=True)
class Report:
    """Every right of a city on a day."""

    on: date
    rights: tuple[Reach, ...]
    overlap: Overlap

    def as_data(self) -> dict[str, Any]:
        return {
            "on": self.on.isoformat(),
            "rights": [right.as_data() for right in self.rights],
            "overlap": self.overlap.as_data(),
        }


def report(
    population: Population,
    regulations: Iterable[Regulation] | Regulations,
    on: date,
    secret: Secret,
    take_up: Mapping[str, TakeUp] | None = None,
) -> Report:
    """The report on a day; `take_up` by right, and an assumption for the others.

    Raises NotColumnar and PopulationError.
    """
    rights = tuple(regulations.values() if isinstance(regulations, Mapping) else regulations)
    results = check(population, rights, on, why=False, worth=True)
    dimensions = Dimensions(population, on)
    reaches = []
    for right in rights:
        side = Side.of(results, right)
        publisher = Publisher(
            secret,
            right.id,
            secret.record_keys(right.unit, side.units),
            dimensions.of(right.unit, side.units),
        )
        reaches.append(_reach(right, side, publisher, (take_up or {}).get(right.id, TakeUp())))
    return Report(on, tuple(reaches), overlap_of(population, rights, results, secret))


def _reach(right: Regulation, side: Side, publisher: Publisher, take_up: TakeUp) -> Reach:
    masks = {
        "all": np.ones(len(side.units), np.bool_),
        "yes": side.yes,
        "unknown": side.unknown,
        "unpriced": side.unpriced,
    }
    counts = {name: publisher.counts(name, mask) for name, mask in masks.items()}
    cost = None
    if side.per is not None:
        sums = [
            publisher.sums(f"cost {name}", units, side.cents, side.largest).cells[TOTAL][0]
            for name, units in (("sure", side.yes), ("open", side.unknown))
        ]
        cost = Spread(*sums)
    categories = {group.dimension: group.categories for group in publisher.groupings}
    return Reach(
        right=right.id,
        unit=right.unit,
        categories=categories,
        counts=counts,
        cost=cost,
        per=side.per,
        take_up=take_up,
        missed=take_up.missed(counts["yes"].cells[TOTAL][0], counts["unknown"].cells[TOTAL][0]),
        costs=None if cost is None else take_up.costs(cost),
        most={
            dimension: _most(counts, dimension, names, take_up)
            for dimension, names in categories.items() if dimension != TOTAL
        },
    )  # fmt: skip


def _most(
    counts: Mapping[str, Column], dimension: str, names: tuple[str, ...], take_up: TakeUp
) -> tuple[Place, ...]:
    columns = (counts[name].cells[dimension] for name in ("all", "yes", "unknown"))
    found = [
        Place(name, missed, 100 * yes / people)
        for name, people, yes, unknown in zip(names, *columns, strict=True)
        if people and yes and (missed := take_up.missed(yes, unknown)) is not None
    ]
    return tuple(sorted(found, key=lambda place: -place.per_hundred)[:MOST])
