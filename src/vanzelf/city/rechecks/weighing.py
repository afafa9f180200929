"""What those of a unit hold already, and whether the same people live there as then."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from vanzelf.city.people.presence import MEMBERS
from vanzelf.city.rechecks.finding import Held
from vanzelf.city.runs.models import Run

Unit = tuple[int, int | None]
"""Household and person; the person is None for a right of households."""

HELD = f"""
WITH unit AS (
    SELECT place, household_id, person_id
    FROM unnest(%(households)s::bigint[], %(persons)s::bigint[])
        WITH ORDINALITY AS unit (household_id, person_id, place)
),
member AS (
    SELECT u.place, m.person_id FROM unit u JOIN ({MEMBERS}) m USING (household_id)
    WHERE u.person_id IS NULL OR u.person_id = m.person_id
),
held AS (
    SELECT m.place, count(*) AS members, count(c.award_id) AS covered,
           min(c.award_id) AS award_id, count(DISTINCT c.award_id) AS awards,
           bool_or(a.valid_from = %(on)s) AS of_this_day
    FROM member m
    LEFT JOIN awards_awardcover c ON c.person_id = m.person_id AND c.known_until IS NULL
        AND c."right" = %(right)s AND c.period = %(period)s
    LEFT JOIN awards_award a ON a.id = c.award_id
    GROUP BY m.place
)
SELECT coalesce(h.members, 0), coalesce(h.covered, 0), coalesce(h.awards, 0),
       coalesce(h.of_this_day, false), h.award_id,
       (SELECT count(*) FROM awards_awardcover c
        WHERE c.award_id = h.award_id AND c.known_until IS NULL), a.amounts
FROM unit u LEFT JOIN held h USING (place) LEFT JOIN awards_award a ON a.id = h.award_id
ORDER BY u.place
"""  # noqa: S608 - put together from constants
OTHERS = """
SELECT household_id FROM (
    SELECT household_id, person_id,
           coalesce(bool_or(
               since_id <= %(then)s AND (until_id IS NULL OR until_id > %(then)s)), false) AS then,
           bool_or(since_id <= %(now)s AND (until_id IS NULL OR until_id > %(now)s)) AS now
    FROM people_presence WHERE household_id = ANY(%(households)s)
    GROUP BY household_id, person_id
) person GROUP BY household_id HAVING bool_or(person.then <> person.now)
"""


@dataclass(frozen=True)
class Holding:
    """What a unit holds: `award` and its amounts when one award covers some of them or all."""

    held: Held
    award: int | None
    amounts: Sequence[dict[str, Any]]


def holdings(run: Run, units: Sequence[Unit]) -> list[Holding]:
    """What each unit holds now of the run's right for its period."""
    values: dict[str, Any] = {
        "households": [household for household, _ in units],
        "persons": [person for _, person in units],
        "delivery": run.delivery_id,
        "personal": True,
        "right": run.regulation,
        "period": run.period,
        "on": run.on,
    }
    with connection.cursor() as cursor:
        cursor.execute(HELD, values)
        return [_holding(*row) for row in cursor.fetchall()]


def _holding(
    members: int,
    covered: int,
    awards: int,
    of_this_day: bool,
    award: int | None,
    covers: int,
    amounts: str | None,
) -> Holding:
    if not covered:
        return Holding(Held.NOTHING, None, ())
    if not of_this_day:
        return Holding(Held.ANOTHER_DAY, None, ())
    exactly = members == covered == covers and awards == 1
    held = Held.SAME if exactly else Held.OTHERWISE
    return Holding(held, award, json.loads(amounts or "[]"))


def others(run: Run, earlier: Run, units: Sequence[Unit]) -> set[int]:
    """The households of which the members are not those that the earlier run looked at; all of
    them when it is so old that its delivery is not known."""
    values = {
        "households": [household for household, _ in units],
        "then": earlier.delivery_id,
        "now": run.delivery_id,
    }
    with connection.cursor() as cursor:
        cursor.execute(OTHERS, values)
        return {household for (household,) in cursor.fetchall()}
