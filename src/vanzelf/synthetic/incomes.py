"""Household incomes: ranked by circumstances, drawn from a skewed curve, poverty exact.

Amounts are euro per year. The poor are exactly as many residents as asked; below the line incomes
crowd towards it, above it they have a long tail.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vanzelf.synthetic import published
from vanzelf.synthetic.ages import People
from vanzelf.synthetic.draw import Bools, Floats, fill
from vanzelf.synthetic.structure import (
    COLLECTIVE,
    COUPLE,
    FAMILY,
    LONE,
    OTHER,
    SINGLE,
    Structure,
)

SIGMA = 0.478  # with a median of the line / 0.6 this leaves one in seven under the line
CHILD_BENEFIT = 2_100.0  # euro per minor and year, not taxed (order of size; invented)
# From net income per earner to taxable income per earner, in euro a year: the shape of the tax.
NET = (0.0, 12_000.0, 18_000.0, 25_000.0, 35_000.0, 50_000.0, 100_000.0, 500_000.0)
TAXABLE = (0.0, 12_000.0, 19_500.0, 31_000.0, 48_000.0, 75_000.0, 168_000.0, 930_000.0)


@dataclass(frozen=True, slots=True)
class Incomes:
    """Per household, euro a year: net, taxable and gross taxable; and who is under the line."""

    net: Floats
    taxable: Floats
    gross: Floats
    poor: Bools


def draw_incomes(
    rng: np.random.Generator,
    structure: Structure,
    people: People,
    *,
    untaxed: Floats,
    strain: Floats,
    poor: int,
) -> Incomes:
    """`untaxed`: yearly benefits outside tax per household; `strain`: what pulls an income down."""
    private = structure.private
    rank = _welfare(rng, structure, people, strain)
    under = fill(-rank, np.where(private, structure.size, 0), poor)
    net_per_unit = _amounts(rng, rank, under, private)
    units = _consumption_units(structure, people)
    net = np.where(private, net_per_unit * units, 0.0)
    minors = structure.total(people.age < 18)
    taxed = np.maximum(0.0, net - CHILD_BENEFIT * minors - untaxed)
    earners = np.clip(structure.total((people.age >= 20) & (people.age < 100)), 1, 2)
    taxable = np.interp(taxed / earners, NET, TAXABLE) * earners
    working = structure.total((people.age >= 20) & (people.age < 65)) > 0
    gross = taxable + np.where(working, np.minimum(taxable * 0.2, 5_500.0 * earners), 0.0)
    return Incomes(net, taxable, gross, under)


def _welfare(
    rng: np.random.Generator, structure: Structure, people: People, strain: Floats
) -> Floats:
    clients = np.array([place.clients for place in published.NEIGHBOURHOODS])
    kinds = {SINGLE: -0.25, COUPLE: 0.35, FAMILY: 0.2, LONE: -0.55, OTHER: -0.1, COLLECTIVE: 0.0}
    kind = np.array([kinds[k] for k in range(len(kinds))])
    age = people.age[structure.start]
    life = np.interp(age, [18, 25, 32, 55, 68, 90], [-1.0, -0.5, 0.15, 0.25, -0.2, -0.3])
    large = -0.15 * np.maximum(0, structure.size - 4)
    place = -7.0 * (clients[structure.neighbourhood] - 0.08)
    noise = rng.normal(0.0, 0.9, len(structure.kind))
    return np.asarray(kind[structure.kind] + life + large + place - strain + noise)


def _amounts(rng: np.random.Generator, rank: Floats, under: Bools, private: Bools) -> Floats:
    line = float(published.POVERTY_LINE)
    drawn = np.sort(np.exp(rng.normal(np.log(line / 0.6), SIGMA, 3 * len(rank) + 200)))
    cut = int(np.searchsorted(drawn, line))
    amount = np.zeros(len(rank))
    for mask, pool in ((under, drawn[:cut]), (private & ~under, drawn[cut:])):
        chosen = np.flatnonzero(mask)
        values = np.sort(rng.choice(pool, size=len(chosen)))
        amount[chosen[np.argsort(rank[chosen], kind="stable")]] = values
    return np.asarray(np.maximum(amount, 6_000.0 * private))


def _consumption_units(structure: Structure, people: People) -> Floats:
    """1 for the first adult, 0.5 for each other from 14 on, 0.3 for each child (modified OECD)."""
    small = structure.total(people.age < 14)
    grown = structure.size - small
    return np.asarray(1.0 + 0.5 * np.maximum(grown - 1, 0) + 0.3 * small)
