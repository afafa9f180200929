"""Ages and sexes: children first, parents to fit them, then the rest up to the published shares."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vanzelf.synthetic.draw import Bools, Floats, Ints, ages, best, bisect
from vanzelf.synthetic.insz import Days
from vanzelf.synthetic.structure import (
    ADULT,
    CHILD,
    COLLECTIVE,
    COUPLE,
    FAMILY,
    INMATE,
    LONE,
    OTHER,
    REFERENCE,
    SINGLE,
    Structure,
)

YEAR = 365.2425
# Curves of (age, weight), invented in shape; the shares under 20 and from 65 on are published.
YOUNG_SINGLE = ((20, 3.0), (24, 9.0), (30, 10.0), (38, 6.0), (50, 5.5), (64, 5.5))
OLD_SINGLE = ((65, 5.5), (75, 6.0), (85, 4.0), (92, 1.2), (99, 0.05))
YOUNG_COUPLE = ((20, 0.4), (24, 5.0), (30, 9.0), (37, 3.0), (45, 2.0), (55, 6.0), (64, 8.0))
OLD_COUPLE = ((65, 8.0), (75, 7.0), (85, 2.0), (95, 0.1))
CARE_HOME = ((65, 0.5), (75, 2.0), (86, 7.0), (93, 3.0), (99, 0.3))
ADULTS = ((20, 6.0), (30, 8.0), (45, 4.0), (64, 2.0), (80, 1.0), (88, 0.1))


@dataclass(frozen=True, slots=True)
class People:
    """Per person: birth date, age in whole years on the reference day, and sex."""

    born: Days
    age: Ints
    female: Bools


@dataclass(frozen=True, slots=True)
class AgeTargets:
    """How many residents under 20, from 65 on, from 100 on, and born in the last year."""

    under_20: int
    over_64: int
    centenarians: int
    births: int


class Calendar:
    """Ages in days on the reference day: `turned[a]` days ago one would have turned 0 to be a."""

    def __init__(self, on: np.datetime64) -> None:
        month = on.astype("datetime64[M]")
        months = month - 12 * np.arange(130)
        last = (months + 1).astype("datetime64[D]") - np.timedelta64(1, "D")
        birthdays = np.minimum(months.astype("datetime64[D]") + (on - month), last)
        self.turned = (on - birthdays).astype(np.int64)

    def days(self, rng: np.random.Generator, age: Ints) -> Ints:
        """A random age in days for each whole age in years."""
        low = self.turned[age]
        return np.asarray(low + rng.random(len(age)) * (self.turned[age + 1] - low), dtype=np.int64)

    def age(self, days: Ints) -> Ints:
        """The whole age in years of an age in days."""
        return np.asarray(np.searchsorted(self.turned, days, side="right") - 1)


def draw_people(
    rng: np.random.Generator, structure: Structure, targets: AgeTargets, on: np.datetime64
) -> People:
    """Birth dates and sexes; within rounding exactly the targets."""
    calendar = Calendar(on)
    role, kind = structure.role, structure.kind[structure.household]
    single = np.flatnonzero(kind == SINGLE)
    students = round(0.012 * len(single))
    inmates = np.flatnonzero(role == INMATE)
    minors = round(0.03 * len(inmates))
    days = np.zeros(len(role), dtype=np.int64)
    days[inmates] = calendar.days(rng, _inmates(rng, len(inmates), minors))
    others = role == ADULT
    days[others] = calendar.days(rng, ages(rng, int(others.sum()), ADULTS))
    female = rng.random(len(role)) < np.where(days > 65 * YEAR, 0.66, 0.48)
    _children(rng, structure, days, targets, targets.under_20 - students - minors, calendar)
    _parents(rng, structure, days, female)
    _couples(rng, structure, days, female, calendar)
    reference = (kind == OTHER) & (role == REFERENCE)
    days[reference] = calendar.days(rng, ages(rng, int(reference.sum()), ADULTS))
    old = targets.over_64 - int((days >= calendar.turned[65]).sum())
    alone, woman = _singles(rng, len(single), students, old, calendar)
    days[single], female[single] = alone, woman
    _centenarians(rng, structure, days, targets.centenarians, calendar)
    return People(on - days.astype("timedelta64[D]"), calendar.age(days), female)


def _inmates(rng: np.random.Generator, count: int, minors: int) -> Ints:
    old = round(0.62 * count)
    drawn = np.concatenate(
        (
            rng.integers(3, 18, minors),
            ages(rng, old, CARE_HOME),
            ages(rng, count - minors - old, ((20, 5.0), (30, 2.0), (64, 1.0))),
        )
    )
    return rng.permutation(drawn)


def _children(
    rng: np.random.Generator,
    structure: Structure,
    days: Ints,
    targets: AgeTargets,
    under_20: int,
    calendar: Calendar,
) -> None:
    """Siblings: the youngest's age, then gaps; stretched until the share under 20 is met."""
    index = np.flatnonzero(structure.role == CHILD)
    family, first, sibling = np.unique(
        structure.household[index], return_index=True, return_inverse=True
    )
    gap = np.where(rng.random(len(index)) < 0.015, 0.0, 0.95 + rng.exponential(1.9, len(index)))
    older = np.cumsum(gap)
    older -= older[first][sibling]
    spread = np.maximum.reduceat(older, first)
    older *= np.minimum(1.0, 22 / np.maximum(spread, 1e-9))[sibling]
    born = best(rng.random(len(family)), round(targets.births * 0.99))
    youngest = 1 - 14.0 * np.log1p(-rng.random(len(family)) * 0.86)  # an exponential, cut at 27
    newborn = rng.random(len(family))

    def stretched(factor: float) -> Ints:
        base = np.where(born, newborn, 1 + (youngest - 1) * factor)
        return np.asarray((base[sibling] + older) * YEAR, dtype=np.int64)

    limit = calendar.turned[20]
    factor = bisect(lambda f: -int((stretched(f) < limit).sum()), -under_20, 0.2, 2.5)
    drawn = stretched(factor)
    extra = int((drawn < limit).sum()) - under_20  # close exactly, on those nearest to twenty
    near = np.argsort(
        np.abs(drawn - limit) + (drawn < limit if extra < 0 else drawn >= limit) * 1e6
    )
    near = near[: abs(extra)]
    aside = rng.integers(3, 300, len(near))
    drawn[near] = limit + aside if extra > 0 else limit - aside
    days[index] = drawn


def _parents(rng: np.random.Generator, structure: Structure, days: Ints, female: Bools) -> None:
    kind, start = structure.kind, structure.start
    child = structure.role == CHILD
    eldest = np.maximum.reduceat(np.where(child, days, 0), start) / YEAR
    least = np.minimum.reduceat(np.where(child, days, 10**6), start) / YEAR
    families = np.flatnonzero(np.isin(kind, (FAMILY, LONE)))
    spread = (eldest - least)[families]
    gap = np.clip(rng.normal(29.3, 4.8, len(families)), 20.0, np.maximum(20.5, 46.0 - spread))
    mother = eldest[families] + gap
    father = np.maximum(mother + rng.normal(2.4, 3.8, len(families)), eldest[families] + 20.0)
    two = kind[families] == FAMILY
    mother_leads = np.where(two, rng.random(len(families)) < 0.35, rng.random(len(families)) < 0.82)
    lead, partner = start[families], start[families][two] + 1
    days[lead] = _lived(rng, np.where(mother_leads, mother, father))
    days[partner] = _lived(rng, np.where(mother_leads, father, mother)[two])
    female[lead] = mother_leads
    same_sex = rng.random(int(two.sum())) < 0.015
    female[partner] = mother_leads[two] == same_sex


def _lived(rng: np.random.Generator, years: Floats) -> Ints:
    """Days lived; who came out younger than 20 or older than 97 is drawn again near that age."""
    again = rng.random(len(years))
    years = np.where(years < 20.1, 20.1 + 2 * again, years)
    return np.asarray(np.where(years > 97, 97 - 8 * again, years) * YEAR, dtype=np.int64)


def _couples(
    rng: np.random.Generator, structure: Structure, days: Ints, female: Bools, calendar: Calendar
) -> None:
    lead = structure.start[structure.kind == COUPLE]
    old = round(0.39 * len(lead))
    drawn = np.concatenate((ages(rng, old, OLD_COUPLE), ages(rng, len(lead) - old, YOUNG_COUPLE)))
    days[lead] = calendar.days(rng, rng.permutation(drawn))
    female[lead] = rng.random(len(lead)) < 0.35
    apart: Floats = rng.normal(np.where(female[lead], 2.3, -2.3), 3.5) * YEAR
    days[lead + 1] = _lived(rng, (days[lead] + apart) / YEAR)
    female[lead + 1] = female[lead] == (rng.random(len(lead)) < 0.025)


def _singles(
    rng: np.random.Generator, count: int, students: int, old: int, calendar: Calendar
) -> tuple[Ints, Bools]:
    drawn = np.concatenate(
        (
            rng.integers(18, 20, students),
            ages(rng, old, OLD_SINGLE),
            ages(rng, count - students - old, YOUNG_SINGLE),
        )
    )
    drawn = rng.permutation(drawn)
    female = rng.random(count) < np.where(drawn >= 65, 0.68, 0.46)
    return calendar.days(rng, drawn), female


def _centenarians(
    rng: np.random.Generator, structure: Structure, days: Ints, count: int, calendar: Calendar
) -> None:
    """The oldest who live alone or in a home become 100 to 106."""
    kind = structure.kind[structure.household]
    free = (days >= calendar.turned[65]) & np.isin(kind, (SINGLE, COLLECTIVE))
    chosen = best(days.astype(np.float64), count, free)
    number = int(chosen.sum())
    days[chosen] = calendar.days(rng, 100 + np.minimum(rng.geometric(0.5, number) - 1, 6))
