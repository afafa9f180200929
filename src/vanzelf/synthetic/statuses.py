"""Social statuses: living wage, allowances, budget help, and increased reimbursement.

Increased reimbursement (VT) follows the household: holder, partner and dependants have it
together. Exact: the residents with VT and with a living wage. The number of households is steered
by how strongly large households are held back, until the households entitled to waste bags are as
many as the city counted.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from vanzelf.synthetic import published
from vanzelf.synthetic.ages import People
from vanzelf.synthetic.draw import (
    Bools,
    Floats,
    Ints,
    best,
    bisect,
    fill_groups,
    gumbel_key,
    shares,
)
from vanzelf.synthetic.incomes import Incomes
from vanzelf.synthetic.structure import (
    CHILD,
    COUPLE,
    FAMILY,
    INMATE,
    LONE,
    REFERENCE,
    SINGLE,
    Structure,
)

# Residents with a status for which no figure was found (full size of the city): invented.
ELDERLY_GUARANTEE, REPLACEMENT, INTEGRATION, CARE_BUDGET = 2_400, 3_900, 4_100, 3_100
PARKING_CARDS = 7_400
GUIDANCE, MANAGEMENT, MEDIATION, SETTLEMENT = 1_500, 1_100, 900, 500
CITY_PUPILS = 12_500  # "more than 12,500 children" (stad Gent, school en opvang)
VT_IN_COLLECTIVE = 0.30
VT_LIMIT, VT_PER_PERSON = 28_054.93, 5_193.74  # income test, requests of 2026 (unverified)


@dataclass
class Statuses:
    """Per person: which statuses hold on the reference day; months of living wage so far."""

    flags: dict[str, Bools] = field(default_factory=dict)
    living_wage_months: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))

    def __getitem__(self, name: str) -> Bools:
        return self.flags[name]


def reimbursement_rates(persons: Ints, total: int) -> Floats:
    """VT per resident by neighbourhood: a line through the OCMW client shares that meets the total
    and the published third of Nieuw Gent."""
    places = published.NEIGHBOURHOODS
    clients = np.array([place.clients for place in places])
    highest = next(i for i, place in enumerate(places) if place.name.startswith("Nieuw Gent"))
    mean = total / persons.sum()
    centre = float((clients * persons).sum() / persons.sum())
    slope = (published.NEW_GHENT_RATE - mean) / (clients[highest] - centre)
    return np.asarray(np.maximum(mean + slope * (clients - centre), 0.01))


@dataclass(frozen=True, slots=True)
class _Chance:
    """Draws holders of a status: weighted, by number at full size, or exactly."""

    rng: np.random.Generator
    scale: float
    place: Floats  # log of the OCMW client share where a person lives
    alone: Floats  # who lives alone or raises children alone has more need of help

    def pick(self, count: int, allowed: Bools, weight: Floats) -> Bools:
        return best(gumbel_key(self.rng, weight), round(count * self.scale), allowed)


def draw_statuses(
    rng: np.random.Generator,
    structure: Structure,
    people: People,
    *,
    living_wage: int,
    scale: float,
) -> Statuses:
    """Everything but increased reimbursement, which needs the incomes."""
    clients = np.array([place.clients for place in published.NEIGHBOURHOODS])
    kind = structure.kind
    alone = np.select(
        [kind == SINGLE, kind == LONE, kind == COUPLE, kind == FAMILY], [1.2, 1.3, -1.0, -1.2], 0.0
    )
    place = np.log(clients)[structure.neighbourhood]
    chance = _Chance(rng, scale, place[structure.household], alone[structure.household])
    statuses = Statuses()
    _living_wage(chance, statuses, structure, people, living_wage)
    _allowances(chance, statuses, structure, people)
    _budget_help(chance, statuses, structure)
    _schools(rng, statuses, people.age, round(CITY_PUPILS * scale))
    return statuses


def _living_wage(
    chance: _Chance, statuses: Statuses, structure: Structure, people: People, total: int
) -> None:
    """A third under 25, 47 % under 30 (OCMW 2019); for one month up to five years so far."""
    age, role, rng = people.age, structure.role, chance.rng
    wage = np.zeros(len(age), dtype=bool)
    home = np.where(role == CHILD, -1.5, 0.0)
    key = gumbel_key(rng, 0.9 * chance.place + chance.alone + home)
    for count, low, high in zip(
        shares(total, [0.33, 0.14, 0.53]), (18, 25, 30), (25, 30, 65), strict=True
    ):
        wage |= best(key, int(count), (age >= low) & (age < high) & (role != INMATE))
    months = np.where(wage, 1 + np.floor(60 * rng.random(len(age)) ** 2.2), 0)
    statuses.flags["living_wage"] = wage
    statuses.living_wage_months = months.astype(np.int64)


def _allowances(chance: _Chance, statuses: Statuses, structure: Structure, people: People) -> None:
    age, place, alone, flags = people.age, chance.place, chance.alone, statuses.flags
    guarantee = chance.pick(ELDERLY_GUARANTEE, age >= 66, 0.8 * place + alone)
    flags["elderly_income_guarantee"] = guarantee
    grown = (age >= 21) & (age < 65) & ~flags["living_wage"]
    replaced = chance.pick(REPLACEMENT, grown, 0.5 * place + 0.5 * alone)
    flags["income_replacement_allowance"] = replaced
    integrated = chance.pick(INTEGRATION, grown, 0.4 * place + 3.5 * replaced)
    flags["integration_allowance"] = integrated
    frail = 1.2 * (age >= 80) + 1.0 * (structure.role == INMATE)
    flags["elderly_care_budget"] = chance.pick(CARE_BUDGET, age >= 65, 0.4 * place + frail)
    ill = 4.0 * integrated + 0.03 * age
    flags["disability_parking_card"] = chance.pick(PARKING_CARDS, age >= 5, ill)


def _budget_help(chance: _Chance, statuses: Statuses, structure: Structure) -> None:
    need = 0.8 * chance.place + 0.4 * chance.alone + 1.2 * statuses["living_wage"]
    for name, count in (
        ("budget_guidance", GUIDANCE),
        ("budget_management", MANAGEMENT),
        ("debt_mediation", MEDIATION),
        ("collective_debt_settlement", SETTLEMENT),
    ):
        statuses.flags[name] = chance.pick(count, structure.role == REFERENCE, need)


def _schools(rng: np.random.Generator, statuses: Statuses, age: Ints, pupils: int) -> None:
    city = best(rng.random(len(age)) + np.where(age < 3, -0.2, 0.0), pupils, age < 12)
    statuses.flags["city_school_or_childcare"] = city
    statuses.flags["other_school"] = (age >= 3) & (age < 18) & ~city & (rng.random(len(age)) < 0.97)


def untaxed_benefits(structure: Structure, statuses: Statuses) -> Floats:
    """Yearly benefits that are not taxed, in euro per household (orders of size)."""
    return np.asarray(
        14_500.0 * structure.total(statuses["living_wage"])
        + 12_500.0 * structure.total(statuses["income_replacement_allowance"])
        + 9_000.0 * structure.total(statuses["elderly_income_guarantee"])
    )


def strain(structure: Structure, statuses: Statuses) -> Floats:
    """How far statuses pull a household's income down, in standard deviations."""
    return np.asarray(
        2.6 * np.minimum(1, structure.total(statuses["living_wage"]))
        + 1.4 * np.minimum(1, structure.total(statuses["elderly_income_guarantee"]))
        + 1.0 * np.minimum(1, structure.total(statuses["income_replacement_allowance"]))
        + 0.7 * np.minimum(1, structure.total(statuses["budget_guidance"]))
    )


def draw_reimbursement(
    rng: np.random.Generator,
    structure: Structure,
    people: People,
    statuses: Statuses,
    incomes: Incomes,
    *,
    total: int,
    households: int,
) -> None:
    """VT for exactly `total` residents, so that about `households` are entitled to waste bags."""
    role, household = structure.role, structure.household
    unit = (role == REFERENCE) | (role == 1) | ((role == CHILD) & (people.age < 25))
    size = np.where(structure.private, structure.total(unit), 0)
    inmates = best(
        rng.random(len(role)) + 2.0 * statuses["elderly_care_budget"],
        round(VT_IN_COLLECTIVE * int((role == INMATE).sum())),
        role == INMATE,
    )
    persons = np.bincount(structure.neighbourhood, weights=structure.size)
    rates = reimbursement_rates(persons.astype(np.int64), total)
    targets = shares(total - int(inmates.sum()), persons * rates)
    key = gumbel_key(rng, _leaning(structure, statuses, incomes))
    other = structure.private & (_other_ground(structure, statuses))

    def chosen(held_back: float) -> Bools:
        return fill_groups(key - held_back * size, size, structure.neighbourhood, targets)

    held_back = bisect(lambda h: float((chosen(h) | other).sum()), households, -2.0, 4.0, steps=14)
    holders = chosen(held_back)
    statuses.flags["increased_reimbursement"] = (holders[household] & unit) | inmates
    statuses.flags["family_increased_reimbursement"] = (
        statuses["increased_reimbursement"]
        | (holders[household] & (role == CHILD) & (people.age < 18))
        | ((role == CHILD) & (people.age < 18) & (rng.random(len(role)) < 0.004))
    )


def _other_ground(structure: Structure, statuses: Statuses) -> Bools:
    return np.asarray(
        structure.total(
            statuses["budget_guidance"]
            | statuses["budget_management"]
            | statuses["collective_debt_settlement"]
        )
        > 0
    )


def _leaning(structure: Structure, statuses: Statuses, incomes: Incomes) -> Floats:
    """Log weight of a household for VT: automatic statuses first, then income by the test."""
    settled = statuses["living_wage"] & (statuses.living_wage_months > 3)
    automatic = (
        settled
        | statuses["elderly_income_guarantee"]
        | statuses["income_replacement_allowance"]
        | statuses["integration_allowance"]
        | statuses["elderly_care_budget"]
    )
    limit = VT_LIMIT + VT_PER_PERSON * (structure.size - 1)
    ratio = incomes.gross / limit
    return np.asarray(
        8.0 * (structure.total(automatic) > 0)
        + 1.3 * _other_ground(structure, statuses)
        - 2.2 * np.clip((ratio - 0.9) * 3.0, -1.5, 3.0)
    )
