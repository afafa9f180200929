"""A check of a whole population."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from vanzelf.population.plan import Plan, lower
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
    reasons: bool = False,
) -> Results:
    """What every right gives for everyone on a day, as `Regulation.check` would give it.

    Rights of a household cover the private households, rights of a person everyone. Facts are
    looked at as they were on each regulation's reference date. Without `why` it is not found out
    which facts are missing; with `worth` amounts are calculated for an UNKNOWN too, with
    `reasons` which criteria decided. Raises NotColumnar for a
    regulation that cannot run in columns, PopulationError for files that cannot be read.
    """
    plan = lower(regulations, on, population.catalogue)
    return run(population, plan, why=why, worth=worth, reasons=reasons)


def run(
    population: Population,
    plan: Plan,
    *,
    why: bool = True,
    worth: bool = False,
    reasons: bool = False,
) -> Results:
    """The results of a plan for everyone in a population: columns are read once and kept."""
    people = population.people
    return plan.run(
        people.block(plan.wanted),
        households=lambda: people.households[: people.private],
        persons=lambda: people.persons,
        why=why,
        worth=worth,
        reasons=reasons,
    )
