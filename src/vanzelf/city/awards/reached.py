"""Whom awards reached, as numbers of the population: for statistics over everyone, no more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from vanzelf.population import Population
from vanzelf.rights import Regulation

# Awards one by one, at a counter, tell of who came; only a run looked at everyone. So the awards
# are those as its last run left them: one that is given or ended since shows with the next.
LAST_RUNS = """
SELECT regulation, max(finished_at) FROM runs_run
WHERE state = 'done' AND finished_at IS NOT NULL GROUP BY regulation
"""
# Whom an award covers may have moved since: the household is the one of now.
COVERED = """
SELECT h.register_number, p.place
FROM awards_awardcover c
JOIN awards_award a ON a.id = c.award_id
JOIN people_presence p ON p.person_id = c.person_id AND p.until_id IS NULL
JOIN people_household h ON h.id = p.household_id
WHERE c.right = %(right)s AND c.period = %(period)s AND a.known_from <= %(known)s
  AND (c.known_until IS NULL OR c.known_until > %(known)s) AND h.register_number IS NOT NULL
"""
RAN = """
SELECT EXISTS (
    SELECT FROM awards_award a
    WHERE a.right = %(right)s AND a.period = %(period)s AND a.run_id IS NOT NULL
      AND a.known_from <= %(known)s AND a.known_until IS NULL)
"""
Numbers = NDArray[np.int64]


def last_runs() -> dict[str, datetime]:
    """By right when its last run over everyone was awarded."""
    with connection.cursor() as cursor:
        cursor.execute(LAST_RUNS)
        return dict(cursor.fetchall())


def reached(
    population: Population,
    regulations: Iterable[Regulation],
    on: date,
    runs: Mapping[str, datetime],
) -> dict[str, Numbers]:
    """By right the households or persons whom an award of the period of that day covered, when the
    last of these `runs` (`last_runs`) was awarded.

    A household is reached when one of its members is. A right that no run awarded in that period
    is left out: who gets it is not known here. `population` is the one that was taken in last.
    """
    found: dict[str, Numbers] = {}
    for regulation in regulations:
        if regulation.id not in runs:
            continue
        covered = _covered(regulation.id, regulation.period_label(on), runs[regulation.id])
        if len(covered):
            households, places = covered.T
            personal = regulation.unit == "persoon"
            found[regulation.id] = (
                _persons(population, households, places) if personal else np.unique(households)
            )
    return found


def _covered(right: str, period: str, known: datetime) -> Numbers:
    """Per person a household's number and the place in it."""
    about: dict[str, str | datetime] = {"right": right, "period": period, "known": known}
    with connection.cursor() as cursor:
        cursor.execute(RAN, about)
        if not cursor.fetchone()[0]:
            return np.zeros((0, 2), np.int64)
        cursor.execute(COVERED, about)
        return np.array(cursor.fetchall(), np.int64).reshape(-1, 2)


def _persons(population: Population, households: Numbers, places: Numbers) -> Numbers:
    people = population.people
    order = np.argsort(people.households)
    found = np.searchsorted(people.households, households, sorter=order)
    position = order[np.minimum(found, len(order) - 1)]
    there = people.households[position] == households
    row = people.starts[position] + places
    there &= row < people.starts[position + 1]
    return np.asarray(people.persons[row[there]], np.int64)
