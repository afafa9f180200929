"""The list that is approved, and the hash that binds the approval to it."""

from __future__ import annotations

import hashlib

from django.db import connection

from vanzelf.city.people.presence import MEMBERS
from vanzelf.city.runs.models import Run
from vanzelf.city.verdicts.models import Outcome

LIST = f"""
SELECT concat_ws('|', v.household_id, coalesce(v.person_id, 0), coalesce(v.amount_cents, -1),
                 v.amounts::text, v.delivery, v.explanation_id,
                 CASE WHEN v.person_id IS NULL THEN m.persons ELSE v.person_id::text END,
                 'raises ' || r.award_id)
FROM runs_runverdict v LEFT JOIN rechecks_raise r ON r.verdict_id = v.id
LEFT JOIN (
    SELECT household_id, string_agg(person_id::text, ',' ORDER BY person_id) AS persons
    FROM ({MEMBERS}) members
    WHERE household_id IN (
        SELECT household_id FROM runs_runverdict WHERE run_id = %(run)s AND outcome = %(yes)s)
    GROUP BY household_id
) m USING (household_id)
WHERE v.run_id = %(run)s AND v.outcome = %(yes)s
ORDER BY v.household_id, v.person_id
"""  # noqa: S608 - put together from constants


def list_hash(run: Run) -> str:
    """SHA-256 over everything that would be awarded: to whom, how much, how, by which rules."""
    digest = hashlib.sha256()
    head = (run.pk, run.regulation, run.regulation_hash, run.on, run.period)
    digest.update("|".join(map(str, head)).encode())
    with connection.cursor() as cursor:
        values = {"run": run.pk, "yes": Outcome.YES}
        cursor.execute(LIST, {**values, "delivery": run.delivery_id, "personal": run.personal})
        for (line,) in cursor.fetchall():
            digest.update(b"\n" + line.encode())
    return digest.hexdigest()
