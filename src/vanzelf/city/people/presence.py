"""Who was in which household according to which delivery: what a run froze, without copying it.

A run keeps its delivery; whose data it looked at are the presences of that delivery.
"""

from __future__ import annotations

from django.db import connection
from django.db.models import Q, QuerySet

from vanzelf.city.people.models import PopulationImport, Presence

MEMBERS = """
SELECT person_id, household_id, place FROM people_presence
WHERE since_id <= %(delivery)s AND (until_id IS NULL OR until_id > %(delivery)s)
  AND (private OR %(personal)s)
"""
"""SQL for (person_id, household_id, place) of a delivery. It takes `delivery`, an id, and
`personal`: for a right of households (false) only private households are looked at, for a right
of persons everyone."""

# Of the households that changed: who is no longer there as delivered. The place counts too,
# because paths number members by it.
LEFT = """
UPDATE people_presence p SET until_id = %(delivery)s
FROM people_household h
JOIN (SELECT register_number FROM delivered_household
      UNION ALL SELECT register_number FROM gone_household) touched USING (register_number)
WHERE p.household_id = h.id AND p.until_id IS NULL AND NOT EXISTS (
    SELECT 1 FROM delivered_person d JOIN delivered_household dh USING (register_number)
    WHERE d.person_id = p.person_id AND d.register_number = h.register_number
      AND d.place = p.place AND dh.private = p.private)
"""
CAME = """
INSERT INTO people_presence (person_id, household_id, place, private, since_id)
SELECT d.person_id, h.id, d.place, dh.private, %(delivery)s
FROM delivered_person d
JOIN delivered_household dh USING (register_number)
JOIN people_household h USING (register_number)
WHERE NOT EXISTS (
    SELECT 1 FROM people_presence p WHERE p.person_id = d.person_id AND p.until_id IS NULL)
ORDER BY d.person_id
"""


def members_of(delivery: PopulationImport, *, personal: bool) -> QuerySet[Presence]:
    """The presences of a delivery that a run looks at: of everyone for a right of persons, of
    those in private households for a right of households."""
    there = Q(until=None) | Q(until__gt=delivery.pk)
    found = Presence.objects.filter(there, since__lte=delivery.pk)
    return found if personal else found.filter(private=True)


def take_over(delivery: PopulationImport) -> None:
    """Ends and begins presences as the staged delivery has them, in the caller's transaction."""
    with connection.cursor() as cursor:
        for statement in (LEFT, CAME):
            cursor.execute(statement, {"delivery": delivery.pk})
