"""Which units of a run must be written: those of whom it finds something else than what stands,
and those who get something that not everyone of them has."""

from __future__ import annotations

from typing import NamedTuple

from django.db import connection

from vanzelf.city import regulations
from vanzelf.city.people.presence import MEMBERS
from vanzelf.city.runs.models import Run
from vanzelf.city.verdicts.models import Outcome

# Per household of which anyone may get something: who is in it.
HOMES = f"""
DROP TABLE IF EXISTS home;
CREATE TEMPORARY TABLE home AS
SELECT m.household_id, array_agg(m.person_id ORDER BY m.place) AS persons
FROM ({MEMBERS}) m
WHERE m.household_id IN (SELECT household_id FROM finding WHERE outcome <> %(no)s)
GROUP BY m.household_id
"""  # noqa: S608 - put together from constants
HOMES_READY = "ALTER TABLE home ADD PRIMARY KEY (household_id); ANALYZE home"
# The latest verdict on a unit: of a household without a person, of a person without a household.
SAME_UNIT = {
    False: "l.household_id = f.household_id AND l.person_id IS NULL",
    True: "l.person_id = f.person_id AND l.household_id IS NULL",
}
DIFFERS = """
l.id IS NULL OR l.run_id IS NULL OR l.regulation_hash <> %(hash)s
OR l.outcome <> f.outcome OR l.worth IS DISTINCT FROM f.worth
OR l.mark IS DISTINCT FROM f.mark OR l.reasons <> r.texts
OR CASE WHEN f.outcome = 1 THEN f.worth LIKE '%%?%%' ELSE l.missing <> m.texts END
"""
"""What stands (l) is not what was found (f, with its reasons r and what is missing m). A verdict
on the facts of one person, by advice or by an answer, always gives way; and a YES of which an
amount is not known, because columns do not tell which facts that waits for. An UNKNOWN also gives
way when anything else became known: which question would settle it depends on all of it."""
CHANGED = """
SELECT f.unit, f.home, f.household_id, f.person_id
FROM finding f
JOIN runs_said r ON r.id = f.reasons
JOIN runs_said m ON m.id = f.missing
JOIN home ON home.household_id = f.household_id
LEFT JOIN awards_latestverdict l ON l."right" = %(right)s AND {same_unit}
LEFT JOIN verdicts_explanation e ON e.id = l.explanation_id
WHERE f.outcome <> %(no)s AND (
    {differs}
    OR l."on" <> ALL(%(same_period)s)
    OR e.members IS DISTINCT FROM home.persons
    OR (f.outcome = %(yes)s AND NOT {whole} <@ (
        SELECT coalesce(array_agg(c.person_id), '{{}}') FROM awards_awardcover c
        WHERE c."right" = %(right)s AND c.period = %(period)s AND c.known_until IS NULL
          AND c.person_id = ANY({whole}))))
ORDER BY f.unit
"""
WHOLE = {False: "home.persons", True: "ARRAY[f.person_id]"}


class Unit(NamedTuple):
    """A unit of the population: its position and that of its household, and our ids."""

    position: int
    home: int
    household: int
    person: int | None


def changed(run: Run) -> list[Unit]:
    """The staged findings that must be written, in the population's order.

    Leaves who lives in each household that may get something in the temporary table `home`.
    """
    with connection.cursor() as cursor:
        values = {"delivery": run.delivery_id, "personal": run.personal, "no": Outcome.NO}
        cursor.execute(HOMES, values)
        cursor.execute(HOMES_READY)
        cursor.execute(
            CHANGED.format(
                same_unit=SAME_UNIT[run.personal], differs=DIFFERS, whole=WHOLE[run.personal]
            ),
            {
                **values,
                "yes": Outcome.YES,
                "right": run.regulation,
                "period": run.period,
                "hash": run.regulation_hash,
                "same_period": _same_period(run),
            },
        )
        return [Unit(*row) for row in cursor.fetchall()]


def members(households: list[int]) -> dict[int, list[int]]:
    """Who is in each of these households, in the order of delivery: from `home`."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT household_id, persons FROM home WHERE household_id = ANY(%s)", [households]
        )
        return dict(cursor.fetchall())


def _same_period(run: Run) -> list[object]:
    """The days of the verdicts that stand that are in the run's period."""
    label = regulations.regulation(run.regulation).period_label
    with connection.cursor() as cursor:
        cursor.execute(
            'SELECT DISTINCT "on" FROM awards_latestverdict WHERE "right" = %s', [run.regulation]
        )
        return [day for (day,) in cursor.fetchall() if label(day) == run.period]
