"""What planning left out of everyone, and why: a column over the rows of a population."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from vanzelf.population import UNKNOWN
from vanzelf.population.kernel.column import UNKNOWN_COLUMN
from vanzelf.population.kernel.people import Block, FactKey
from vanzelf.population.kernel.planes import spread
from vanzelf.sources.planning.people import Marks, Rows, Who
from vanzelf.sources.planning.planner import Planner
from vanzelf.sources.planning.questions import MEMBER, Asked
from vanzelf.sources.types import Why


def left_out(
    planner: Planner, known: Block, asked: Asked, who: Who
) -> Iterator[tuple[str, Why, Rows]]:
    """Per fact and reason the rows (of persons, or of households) of whom a fact that might have
    been asked was not, once nothing is asked any more. What was known beforehand is not told."""
    settled = planner.outcomes(known, who) != UNKNOWN
    told = planner.with_families(known, who)
    for path, fact in _looked_at(planner).items():
        length = _length(known, path)
        open_ = _rows_looked_at(planner, known, path) & _unknown(planner, known, path, length)
        open_ &= ~asked.get(fact, np.zeros(length, dtype=bool))
        by_family = open_ & ~_unknown(planner, told, path, length)
        stands = _of_rows(planner, known, settled, path)
        for why, rows in (
            (Why.SETTLED, open_ & ~by_family & stands),
            (Why.BY_FAMILY, by_family),
            (Why.CANNOT_CHANGE, open_ & ~by_family & ~stands),
        ):
            if rows.any():
                yield fact, why, np.flatnonzero(rows)


def everything(planner: Planner, known: Block) -> dict[str, Rows]:
    """Of whom asking everything would ask each fact: the rows that the right looks at."""
    return {
        fact: np.flatnonzero(_rows_looked_at(planner, known, path))
        for path, fact in _looked_at(planner).items()
    }


def _looked_at(planner: Planner) -> dict[str, str]:
    """The facts that may be asked, by the widest path on which the right looks at them."""
    found: dict[str, str] = {}
    for path in sorted(planner.askable, key=lambda one: not one.startswith(MEMBER)):
        found.setdefault(planner.fact_at(path), path)
    return {path: fact for fact, path in found.items()}


def _length(known: Block, path: str) -> int:
    of_home = path.startswith("gezin.") and not path.startswith(MEMBER)
    return known.households if of_home else known.persons


def _unknown(planner: Planner, known: Block, path: str, length: int) -> Marks:
    column = known.facts.get(FactKey(path, planner.reference), UNKNOWN_COLUMN)
    return spread(column.unknown, length)


def _rows_looked_at(planner: Planner, known: Block, path: str) -> Marks:
    private = np.arange(known.households) < known.private
    if path.startswith(MEMBER):
        listed = private & ~spread(known.unlisted, known.households)
        return listed[known.home]
    if path.startswith("gezin."):
        return private
    return np.ones(known.persons, dtype=bool)


def _of_rows(planner: Planner, known: Block, units: Marks, path: str) -> Marks:
    """From units to the rows of a fact: of a right of persons a household stands when all who
    live there do."""
    of_home = path.startswith("gezin.") and not path.startswith(MEMBER)
    if planner.regulation.unit == "persoon":
        if not path.startswith("gezin."):
            return units
        homes = np.ones(known.households, dtype=bool)
        homes[known.home[~units]] = False
    else:
        homes = np.zeros(known.households, dtype=bool)
        homes[: len(units)] = units
    return homes if of_home else homes[known.home]
