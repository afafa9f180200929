"""An award worth more takes the place of one worth less: never two of them for one person.

Each function runs inside the transaction of its caller, over the temporary tables of
`runs.awarding`: `candidate` and `candidate_member`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import connection

from vanzelf.city import clock
from vanzelf.city.runs.models import Run

WHY = "Verhoogd na %(what)s, goedgekeurd in hercontrole %(run)s."
SOURCE = "een correctie van de bron"
RULES = "een wijziging van het reglement of een correctie van de bron"

# Locked, so that whoever else would end or raise the same award waits, and finds it ended.
RAISED = """
CREATE TEMPORARY TABLE raised ON COMMIT DROP AS
SELECT c.award_id AS new, r.award_id AS old, a.known_until IS NULL AS stands
FROM candidate c JOIN rechecks_raise r ON r.verdict_id = c.verdict_id
JOIN awards_award a ON a.id = r.award_id
FOR UPDATE OF a
"""
# An award that was ended since, or covers others by now, is not raised: a person decided otherwise.
NOT_ANY_MORE = """
DELETE FROM candidate c USING raised r
WHERE c.award_id = r.new AND (NOT r.stands OR
    (SELECT array_agg(person_id ORDER BY person_id) FROM awards_awardcover
     WHERE award_id = r.old AND known_until IS NULL)
    IS DISTINCT FROM
    (SELECT array_agg(person_id ORDER BY person_id) FROM candidate_member WHERE award_id = r.new))
"""
GONE = """
DELETE FROM candidate_member m USING raised r
WHERE m.award_id = r.new AND NOT EXISTS (SELECT 1 FROM candidate c WHERE c.award_id = r.new)
"""
END_COVERS = """
UPDATE awards_awardcover a SET known_until = %(now)s
FROM raised r JOIN candidate c ON c.award_id = r.new
WHERE a.award_id = r.old AND a.known_until IS NULL
"""
END_AWARDS = """
UPDATE awards_award a SET known_until = %(now)s, ended_by_id = %(approved)s, ended_reason = %(why)s
FROM raised r JOIN candidate c ON c.award_id = r.new
WHERE a.id = r.old
"""
BECAME = """
UPDATE rechecks_raise r SET became_id = c.award_id
FROM candidate c WHERE c.verdict_id = r.verdict_id
"""
# What took the place of an award may itself have been put back: then it stands as another award of
# the same run for the same unit. And of what it took the place of, the run may be withdrawn by now:
# then whatever that one took the place of holds again.
STANDING = """
WITH RECURSIVE took AS (
    SELECT v.run_id, became.household_id, became.person_id, r.award_id AS old
    FROM rechecks_raise r
    JOIN runs_runverdict v ON v.id = r.verdict_id
    JOIN awards_award became ON became.id = r.became_id
),
under AS (
    SELECT t.old FROM took t JOIN awards_award a ON a.run_id = t.run_id AND a.known_until IS NULL
        AND a.household_id IS NOT DISTINCT FROM t.household_id
        AND a.person_id IS NOT DISTINCT FROM t.person_id
    WHERE t.run_id = %(run)s
    UNION
    SELECT t.old FROM under u JOIN awards_award a ON a.id = u.old
    JOIN runs_run origin ON origin.id = a.run_id AND origin.state = 'withdrawn'
    JOIN took t ON t.run_id = a.run_id
        AND t.household_id IS NOT DISTINCT FROM a.household_id
        AND t.person_id IS NOT DISTINCT FROM a.person_id
)
SELECT u.old FROM under u JOIN awards_award a ON a.id = u.old
LEFT JOIN runs_run origin ON origin.id = a.run_id
WHERE origin.state IS DISTINCT FROM 'withdrawn'
ORDER BY u.old
"""
COPIED = """
    "right", period, household_id, person_id, valid_from, valid_until, regulation_hash,
    engine_version, amount_cents, amounts, delivery, explanation_id, run_id, decision_id,
    decided_by_id, approved_by_id
"""
BACK = f"""
WITH back AS (
    INSERT INTO awards_award ({COPIED}, known_from, ended_reason)
    SELECT {COPIED}, %(now)s, '' FROM awards_award WHERE id = %(old)s
    RETURNING id, "right", period
)
INSERT INTO awards_awardcover (award_id, "right", period, person_id)
SELECT back.id, back."right", back.period, c.person_id
FROM back, awards_awardcover c WHERE c.award_id = %(old)s
"""  # noqa: S608 - put together from constants


def other_rules(run: Run) -> bool:
    """Whether the regulation is another than that of the run that is rechecked: then what differs
    may come of that, and not of the facts."""
    return run.rechecks is not None and run.rechecks.regulation_hash != run.regulation_hash


def end_raised(run: Run, values: Mapping[str, Any]) -> None:
    """Ends the awards that candidates take the place of, before these are covered; candidates of
    which the award does not stand any more are left out. `values`: `now` and `approved`."""
    why = WHY % {"what": RULES if other_rules(run) else SOURCE, "run": run.pk}
    with connection.cursor() as cursor:
        for statement in (RAISED, NOT_ANY_MORE, GONE, END_COVERS, END_AWARDS):
            cursor.execute(statement, {**values, "why": why})


def note_raised() -> None:
    """Notes which award took the place of which, once the candidates are awarded."""
    with connection.cursor() as cursor:
        cursor.execute(BECAME)
        cursor.execute("DROP TABLE raised")


def raised_by(run: Run) -> list[int]:
    """The awards that hold again without this run: what it raised, as long as what took their place
    stands, and from under runs that were withdrawn before."""
    with connection.cursor() as cursor:
        cursor.execute(STANDING, {"run": run.pk})
        return [award for (award,) in cursor.fetchall()]


def put_back(awards: list[int]) -> None:
    """Gives these awards again as they were: taking back a raise leaves nobody with nothing."""
    with connection.cursor() as cursor:
        for award in awards:
            cursor.execute(BACK, {"old": award, "now": clock.now()})
