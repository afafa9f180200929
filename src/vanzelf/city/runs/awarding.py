"""From the frozen list to awards: one piece at a time, each in one transaction."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from django.db import connection, transaction

from vanzelf.city import clock
from vanzelf.city.runs.models import Run, RunChunk
from vanzelf.city.runs.writing import mark_done
from vanzelf.city.verdicts.models import Outcome


class Piece(NamedTuple):
    """The households with ids from `first` up to and including `last`."""

    number: int
    first: int
    last: int
    units: int


PIECES = """
SELECT piece, min(household_id), max(household_id), count(*)
FROM (
    SELECT household_id, (dense_rank() OVER (ORDER BY household_id) - 1) / %(size)s AS piece
    FROM runs_runverdict WHERE run_id = %(run)s
) ranked
GROUP BY piece ORDER BY piece
"""
# An award gets its id first, so that the unique key on who is covered decides whether it is made.
CANDIDATES = """
CREATE TEMPORARY TABLE candidate ON COMMIT DROP AS
SELECT nextval(pg_get_serial_sequence('awards_award', 'id')) AS award_id, v.id AS verdict_id,
       v.household_id, v.person_id
FROM runs_runverdict v
WHERE v.run_id = %(run)s AND v.outcome = %(yes)s
  AND v.household_id BETWEEN %(first)s AND %(last)s
"""
MEMBERS = """
CREATE TEMPORARY TABLE candidate_member ON COMMIT DROP AS
SELECT c.award_id, m.person_id
FROM candidate c JOIN runs_runmember m ON m.household_id = c.household_id AND m.run_id = %(run)s
WHERE c.person_id IS NULL
UNION ALL
SELECT award_id, person_id FROM candidate WHERE person_id IS NOT NULL
"""
COVERS = """
INSERT INTO awards_awardcover (award_id, "right", period, person_id)
SELECT award_id, %(right)s, %(period)s, person_id FROM candidate_member
ORDER BY person_id
ON CONFLICT DO NOTHING
"""
# Someone of the household is covered already, here or elsewhere: no second award, a person looks.
COVERED_ALREADY = """
DELETE FROM candidate c
WHERE (SELECT count(*) FROM awards_awardcover a WHERE a.award_id = c.award_id)
   IS DISTINCT FROM
      nullif((SELECT count(*) FROM candidate_member m WHERE m.award_id = c.award_id), 0)
"""
RELEASE = """
DELETE FROM awards_awardcover a USING candidate_member m
WHERE a.award_id = m.award_id
  AND NOT EXISTS (SELECT 1 FROM candidate c WHERE c.award_id = m.award_id)
"""
AWARDS = """
INSERT INTO awards_award (
    id, "right", period, household_id, person_id, valid_from, known_from, regulation_hash,
    engine_version, amount_cents, amounts, delivery, explanation_id, run_id, decided_by_id,
    approved_by_id, ended_reason)
SELECT c.award_id, %(right)s, %(period)s, CASE WHEN c.person_id IS NULL THEN c.household_id END,
       c.person_id, %(on)s, %(now)s, %(hash)s, %(engine)s, v.amount_cents, v.amounts, v.delivery,
       v.explanation_id, %(run)s, %(requested)s, %(approved)s, ''
FROM candidate c JOIN runs_runverdict v ON v.id = c.verdict_id
"""
LATEST = """
INSERT INTO awards_latestverdict (
    "right", household_id, person_id, "on", at, outcome, amount_cents, amounts, delivery, reasons,
    missing, settled_by, next_question, regulation_hash, explanation_id, run_id)
SELECT %(right)s, CASE WHEN person_id IS NULL THEN household_id END, person_id, %(on)s, %(now)s,
       outcome, amount_cents, amounts, delivery, reasons, missing, settled_by, next_question,
       %(hash)s, explanation_id, run_id
FROM runs_runverdict
WHERE run_id = %(run)s AND household_id BETWEEN %(first)s AND %(last)s
ORDER BY household_id, person_id
ON CONFLICT ("right", household_id, person_id) DO UPDATE
SET "on" = excluded."on", at = excluded.at, outcome = excluded.outcome,
    amount_cents = excluded.amount_cents, amounts = excluded.amounts,
    delivery = excluded.delivery, reasons = excluded.reasons, missing = excluded.missing,
    settled_by = excluded.settled_by, next_question = excluded.next_question,
    regulation_hash = excluded.regulation_hash, explanation_id = excluded.explanation_id,
    run_id = excluded.run_id, advice_id = NULL
WHERE awards_latestverdict."on" <= excluded."on"
"""
LOOK = """
WITH look AS (
    INSERT INTO access_look
        (at, actor_kind, actor, service, staff_id, purpose, "right", facts, reason)
    VALUES (%(now)s, 'run', %(approver)s, %(service)s, %(approved)s, 'toekenning', %(right)s, '{}',
            %(why)s)
    RETURNING id
)
INSERT INTO access_looksubject (look_id, person_id)
SELECT DISTINCT look.id, m.person_id
FROM look, candidate c JOIN candidate_member m USING (award_id)
"""


def pieces(run: Run, size: int) -> list[Piece]:
    """The frozen list cut by household; the same each time, because the list is frozen."""
    with connection.cursor() as cursor:
        cursor.execute(PIECES, {"run": run.pk, "size": size})
        return [Piece(*row) for row in cursor.fetchall()]


@transaction.atomic
def award_piece(run: Run, piece: Piece) -> None:
    """Awards, covered persons, latest verdicts, log and progress: all of it or nothing."""
    write_awards(run, piece)
    mark_done(run, RunChunk.Phase.AWARD, piece.number, piece.units)


def write_awards(run: Run, piece: Piece) -> None:
    """The awards of a piece, without the mark that it is done."""
    approver = run.approved_by
    if approver is None or run.requested_by_id is None:
        raise ValueError(f"run {run.pk} was not approved")
    values: dict[str, str | int | date | datetime] = {
        "run": run.pk,
        "yes": Outcome.YES,
        "first": piece.first,
        "last": piece.last,
        "right": run.regulation,
        "period": run.period,
        "on": run.on,
        "now": clock.now(),
        "hash": run.regulation_hash,
        "engine": run.engine_version,
        "requested": run.requested_by_id,
        "approved": approver.pk,
        "approver": approver.name,
        "service": approver.service,
        "why": f"toegekend na de controle van iedereen op {run.on:%d-%m-%Y}",
    }
    statements = (
        CANDIDATES, MEMBERS, COVERS, COVERED_ALREADY, RELEASE, AWARDS, LATEST, LOOK,
        "DROP TABLE candidate, candidate_member",
    )  # fmt: skip
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement, values)
