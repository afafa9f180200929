"""A check of a whole population."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from vanzelf.population.reader import Population
from vanzelf.population.results import Results
from vanzelf.rights import Regulation, Regulations


def check(
    population: Population,
    regulations: Iterable[Regulation] | Regulations,
    on: date,
    *,
    why: bool = True,
    worth: bool = False,
) -> Results:
    """What every right gives for everyone on a day, as `Regulation.check` would give it.

    Rights of a household cover the private households, rights of a person everyone. Facts are
    looked at as they were on each regulation's reference date. Raises NotColumnar for a
    regulation that cannot run in columns, PopulationError for files that cannot be read.
    """
    raise NotImplementedError
