"""From two sides to what is published about them."""

from __future__ import annotations

from datetime import date

import numpy as np

from vanzelf.population.results import NO, UNKNOWN, YES
from vanzelf.population.simulation.change import Change
from vanzelf.population.simulation.effect import COSTS, FLOWS, LEVELS, WORTH, Effect
from vanzelf.population.simulation.side import Side
from vanzelf.population.statistics import Column, Publisher
from vanzelf.population.statistics.protect import Mask
from vanzelf.rights import Regulation

_FLOWS = {
    (YES, YES): "stay yes", (NO, YES): "gain", (YES, NO): "lose", (NO, NO): "stay no",
    (YES, UNKNOWN): "become unknown", (NO, UNKNOWN): "become unknown",
    (UNKNOWN, UNKNOWN): "stay unknown",
    (UNKNOWN, YES): "settled yes", (UNKNOWN, NO): "settled no",
}  # fmt: skip
_NUMBERS = np.array([FLOWS.index(_FLOWS[old, new]) for old in range(3) for new in range(3)])
_OUTCOMES = {"yes": YES, "no": NO, "unknown": UNKNOWN}


def effect_of(
    regulation: Regulation,
    on: date,
    change: Change,
    before: Side,
    after: Side,
    publisher: Publisher,
) -> Effect:
    """The effect, every number protected. Both sides are about the same units, in one order."""
    masks = _masks(before, after)
    return Effect(
        right=regulation.id,
        unit=regulation.unit,
        on=on,
        change=change.as_data(),
        categories={group.dimension: group.categories for group in publisher.groupings},
        counts={
            name: publisher.counts(_named(name), masks[name]) for name in (*FLOWS, *LEVELS, *WORTH)
        },
        costs=_costs(before, after, publisher) if before.per else {},
        per=before.per,
    )


def _named(measure: str) -> str:
    """The same people before and after get the same number."""
    when, _, what = measure.partition(" ")
    return what if when in ("before", "after", "stay") else measure


def _masks(before: Side, after: Side) -> dict[str, Mask]:
    """Per measure the units that it counts."""
    flow = _NUMBERS[before.outcomes * 3 + after.outcomes]
    masks = {name: flow == number for number, name in enumerate(FLOWS)}
    for when, side in (("before", before), ("after", after)):
        for name, outcome in _OUTCOMES.items():
            masks[f"{when} {name}"] = side.outcomes == outcome
        masks[f"{when} unpriced"] = side.unpriced
    more, less = after.differs(before)
    masks["more"], masks["less"] = masks["stay yes"] & more, masks["stay yes"] & less
    return masks


def _costs(before: Side, after: Side, publisher: Publisher) -> dict[str, Column]:
    found: dict[str, Column] = {}
    for when, side in (("before", before), ("after", after)):
        for name, units in (("sure", side.yes), ("open", side.unknown)):
            measure = f"{when} {name}"
            found[measure] = publisher.sums(f"cost {name}", units, side.cents, side.largest)
    assert tuple(found) == COSTS
    return found
