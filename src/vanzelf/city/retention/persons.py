"""Persons whom the city needs no more: name and numbers go, our own id stays.

So what the log says of them stays whole, and tells nobody who they were.
"""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from vanzelf.city.retention.role import taking_away
from vanzelf.city.retention.rows import BATCH, Found

NAMED = """(t.first_name <> '' OR t.last_name <> '' OR t.birth_date IS NOT NULL
    OR EXISTS (SELECT FROM people_inszalias a WHERE a.person_id = t.id))"""
# Who lives in a household that only a point check told of is not in the register by that.
IN_REGISTER = """(
    EXISTS (SELECT FROM people_presence p WHERE p.person_id = t.id AND p.until_id IS NULL)
    OR EXISTS (SELECT FROM people_membership m JOIN people_household h ON h.id = m.household_id
               WHERE m.person_id = t.id AND m.valid_until IS NULL AND m.known_until IS NULL
                 AND h.register_number IS NOT NULL))"""
HAS_DOSSIER = """(
    EXISTS (SELECT FROM awards_awardcover x WHERE x.person_id = t.id)
    OR EXISTS (SELECT FROM awards_award x WHERE x.person_id = t.id)
    OR EXISTS (SELECT FROM awards_pointcheck x WHERE x.person_id = t.id)
    OR EXISTS (SELECT FROM people_fact x WHERE x.person_id = t.id)
    OR EXISTS (SELECT FROM registrations_registration x
               WHERE x.person_id = t.id AND x.ended_at IS NULL))"""
LEFT = """greatest(t.known_from,
    (SELECT max(i.at) FROM people_presence p JOIN people_populationimport i ON i.id = p.until_id
     WHERE p.person_id = t.id),
    (SELECT max(m.valid_until)::timestamptz FROM people_membership m WHERE m.person_id = t.id))"""
GONE = f"{NAMED} AND NOT {IN_REGISTER} AND NOT {HAS_DOSSIER}"
LOOK = f"""
SELECT count(*), min({LEFT}) FILTER (WHERE {GONE}),
       count(*) FILTER (WHERE {GONE} AND {LEFT} < %(before)s)
FROM people_person t
"""  # noqa: S608 - put together from constants
PAST = f"SELECT t.id FROM people_person t WHERE {GONE} AND {LEFT} < %(before)s LIMIT %(limit)s"  # noqa: S608
FORGET = (
    "DELETE FROM people_inszalias WHERE person_id = ANY(%(who)s)",
    """UPDATE people_person SET first_name = '', last_name = '', birth_date = NULL, deceased = NULL
       WHERE id = ANY(%(who)s)""",
    "DELETE FROM people_membership WHERE person_id = ANY(%(who)s)",
)


class Persons:
    """Everyone who left the register and has no dossier any more."""

    def look(self, before: datetime) -> Found:
        """How many persons there are; since when, and how many, we may not know them any more."""
        with connection.cursor() as cursor:
            cursor.execute(LOOK, {"before": before})
            return Found("people_person", *cursor.fetchone())

    def take(self, before: datetime, limit: int = BATCH) -> int:
        """Makes at most so many nameless."""
        with taking_away() as cursor:
            cursor.execute(PAST, {"before": before, "limit": limit})
            who = [row[0] for row in cursor.fetchall()]
            if who:
                for statement in FORGET:
                    cursor.execute(statement, {"who": who})
        return len(who)
