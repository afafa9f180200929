"""What a recheck finds, laid beside what the earlier run found: the same day, known later."""

from __future__ import annotations

from typing import NamedTuple

from django.db import connection

from vanzelf.city.people.presence import MEMBERS
from vanzelf.city.rechecks.models import Limit
from vanzelf.city.runs.changes import Unit
from vanzelf.city.runs.findings import FOUND
from vanzelf.city.runs.models import Run
from vanzelf.city.verdicts.models import Outcome

SAME_UNIT = {False: "e.household_id = f.household_id", True: "e.person_id = f.person_id"}
# A household that is new to us only matters with a YES; that other reasons give a NO never does.
CHANGED = """
SELECT f.unit, f.home, f.household_id, f.person_id, e.outcome, coalesce(r.texts, '{{}}')
FROM finding f
LEFT JOIN ({found}) e ON {same_unit}
LEFT JOIN runs_said r ON r.id = e.reasons
WHERE CASE WHEN e.outcome IS NULL THEN f.outcome = %(yes)s
           ELSE e.outcome <> f.outcome OR (f.outcome = %(yes)s AND {other_worth}) END
  AND (%(only)s::bigint[] IS NULL OR f.household_id = ANY(%(only)s))
ORDER BY f.unit
"""
# Runs of before amounts were kept line by line know only what came to in money.
OTHER_WORTH = """
CASE WHEN e.worth IS NULL THEN e.cents IS DISTINCT FROM f.cents ELSE e.worth <> f.worth END
"""
HOMES = f"""
DROP TABLE IF EXISTS home;
CREATE TEMPORARY TABLE home AS
SELECT household_id, array_agg(person_id ORDER BY place) AS persons FROM ({MEMBERS}) m
WHERE household_id = ANY(%(households)s) GROUP BY household_id
"""  # noqa: S608 - put together from constants
STAYED = """
SELECT count(*) FILTER (WHERE e.outcome = %(unknown)s AND f.outcome = %(unknown)s),
       count(*) FILTER (WHERE f.outcome IS NULL)
FROM ({earlier}) e LEFT JOIN ({now}) f ON {same_unit}
"""


class Before(NamedTuple):
    """What the earlier run found of a unit: outcome None when it did not look at it."""

    outcome: int | None
    reasons: list[str]


def changed(run: Run) -> dict[Unit, Before]:
    """The staged findings of a recheck that are not those of the run it rechecks, in order.

    Leaves who lives in each of these households in the temporary table `home`.
    """
    statement = CHANGED.format(
        found=FOUND, same_unit=SAME_UNIT[run.personal], other_worth=OTHER_WORTH
    )
    with connection.cursor() as cursor:
        only = households_of(run)
        cursor.execute(statement, {"run": run.rechecks_id, "yes": Outcome.YES, "only": only})
        found = {Unit(*row[:4]): Before(*row[4:]) for row in cursor.fetchall()}
        households = sorted({unit.household for unit in found})
        values = {"delivery": run.delivery_id, "personal": True, "households": households}
        cursor.execute(HOMES, values)
    return found


def households_of(run: Run) -> list[int] | None:
    """The households to which a recheck is limited; None when it looks at everyone."""
    found = Limit.objects.filter(run=run).values_list("households", flat=True).first()
    return None if found is None else list(found)


def stayed(run: Run) -> tuple[int, int]:
    """How many units are unknown still, and how many are no longer in the register."""
    statement = STAYED.format(
        earlier=FOUND.replace("%(run)s", "%(earlier)s"),
        now=FOUND,
        same_unit=SAME_UNIT[run.personal],
    )
    with connection.cursor() as cursor:
        cursor.execute(
            statement,
            {"earlier": run.rechecks_id, "run": run.pk, "unknown": Outcome.UNKNOWN},
        )
        unknown, gone = cursor.fetchone()
        return int(unknown), int(gone)
