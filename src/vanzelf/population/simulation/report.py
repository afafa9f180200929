"""What every right would cost if everyone asked, how many miss it, and where most."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vanzelf.population.checking import check
from vanzelf.population.reader import Population
from vanzelf.population.simulation.overlap import Overlap, overlap_of
from vanzelf.population.simulation.reach import Reach, reach_of
from vanzelf.population.simulation.side import Side
from vanzelf.population.simulation.take_up import TakeUp
from vanzelf.population.statistics import Dimensions, Publisher, Secret
from vanzelf.rights import Regulation, Regulations


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
    reached: Mapping[str, NDArray[np.int64]] | None = None,
    progress: Callable[[str], None] = lambda right: None,
) -> Report:
    """The report on a day.

    `reached`: by right the numbers of the households or persons that got it, as awards tell;
    `take_up`: by right what is assumed where they do not, else 30 to 60 %. `progress` is told
    each right that is done. Raises NotColumnar and PopulationError.
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
        assumed = (take_up or {}).get(right.id, TakeUp())
        reaches.append(reach_of(right, side, publisher, assumed, (reached or {}).get(right.id)))
        progress(right.id)
    return Report(on, tuple(reaches), overlap_of(population, rights, results, secret))
