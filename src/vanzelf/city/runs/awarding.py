"""From the frozen list to awards: one piece at a time, each in one transaction."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from django.db import connection, transaction

from vanzelf.city import clock
from vanzelf.city.people.presence import MEMBERS
from vanzelf.city.rechecks import raising
from vanzelf.city.runs import findings
from vanzelf.city.runs.changes import DIFFERS, SAME_UNIT
from vanzelf.city.runs.models import Run, RunChunk
from vanzelf.city.runs.writing import mark_done
from vanzelf.city.verdicts.models import Outcome


class Piece(NamedTuple):
    """A piece of the findings, as they were kept, with so many units to write."""

    number: int
    units: int


# What there is to write, once for the whole run: what is on the list, and of whom something else
# stands than was found. When that came to stand after the run was evaluated, what stood then holds
# again, which an earlier run told.
FINDING = """
DROP TABLE IF EXISTS finding;
CREATE TEMPORARY TABLE finding AS
SELECT f.*, CASE WHEN f.outcome <> %(no)s THEN coalesce(f.verdict_id, (
    SELECT v.id FROM runs_runverdict v JOIN runs_run ON runs_run.id = v.run_id
    WHERE runs_run.regulation = %(right)s AND v.run_id < %(run)s AND v.outcome = f.outcome
      AND v.household_id = f.household_id AND v.person_id IS NOT DISTINCT FROM f.person_id
      AND coalesce(v.amount_cents, v.upper_cents) IS NOT DISTINCT FROM f.cents
      AND v.reasons = r.texts
    ORDER BY v.run_id DESC LIMIT 1)) END AS told_id
FROM found f
JOIN runs_said r ON r.id = f.reasons
JOIN runs_said m ON m.id = f.missing
LEFT JOIN awards_latestverdict l ON l."right" = %(right)s AND {same_unit}
WHERE f.verdict_id IS NOT NULL OR {differs}
"""
PIECES = "SELECT piece, count(*) FROM finding GROUP BY piece ORDER BY piece"
# An award gets its id first, so that the unique key on who is covered decides whether it is made.
CANDIDATES = """
CREATE TEMPORARY TABLE candidate ON COMMIT DROP AS
SELECT nextval(pg_get_serial_sequence('awards_award', 'id')) AS award_id, v.id AS verdict_id,
       v.household_id, v.person_id
FROM finding f JOIN runs_runverdict v ON v.id = f.verdict_id
WHERE f.piece = %(piece)s AND v.outcome = %(yes)s
"""
CANDIDATE_MEMBERS = f"""
CREATE TEMPORARY TABLE candidate_member ON COMMIT DROP AS
SELECT c.award_id, m.person_id
FROM candidate c JOIN ({MEMBERS}) m USING (household_id)
WHERE c.person_id IS NULL
UNION ALL
SELECT award_id, person_id FROM candidate WHERE person_id IS NOT NULL
"""  # noqa: S608 - put together from constants
COVERS = """
INSERT INTO awards_awardcover (award_id, "right", period, person_id)
SELECT award_id, %(right)s, %(period)s, person_id FROM candidate_member
ORDER BY person_id
ON CONFLICT DO NOTHING
"""
# Someone of the household is covered already, here or elsewhere: no second award, a person looks.
COVERED_ALREADY = """
DELETE FROM candidate WHERE award_id NOT IN (
    SELECT m.award_id FROM candidate_member m
    LEFT JOIN awards_awardcover a ON a.award_id = m.award_id AND a.person_id = m.person_id
    GROUP BY m.award_id HAVING bool_and(a.id IS NOT NULL))
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
# What stands gives way where something else was found, unless that is about a later day.
LATEST = """
INSERT INTO awards_latestverdict (
    "right", household_id, person_id, "on", at, outcome, amount_cents, amounts, delivery, reasons,
    missing, settled_by, next_question, regulation_hash, explanation_id, run_id, worth,
    mark)
SELECT %(right)s, CASE WHEN f.person_id IS NULL THEN f.household_id END, f.person_id, %(on)s,
       %(now)s, f.outcome, v.amount_cents, coalesce(v.amounts, '[]'), coalesce(v.delivery, ''),
       r.texts, coalesce(v.missing, m.texts), coalesce(v.settled_by, '{}'),
       coalesce(v.next_question, ''), %(hash)s, v.explanation_id, %(run)s, f.worth, f.mark
FROM finding f
JOIN runs_said r ON r.id = f.reasons
JOIN runs_said m ON m.id = f.missing
LEFT JOIN runs_runverdict v ON v.id = f.told_id
WHERE f.piece = %(piece)s
ORDER BY f.household_id, f.person_id
ON CONFLICT ("right", household_id, person_id) DO UPDATE
SET "on" = excluded."on", at = excluded.at, outcome = excluded.outcome,
    amount_cents = excluded.amount_cents, amounts = excluded.amounts,
    delivery = excluded.delivery, reasons = excluded.reasons, missing = excluded.missing,
    settled_by = excluded.settled_by, next_question = excluded.next_question,
    regulation_hash = excluded.regulation_hash, explanation_id = excluded.explanation_id,
    run_id = excluded.run_id, worth = excluded.worth, mark = excluded.mark,
    advice_id = NULL
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


def pieces(run: Run) -> list[Piece]:
    """The pieces of the run in which there is something to write. What that is, stays in the
    temporary table `finding` of this connection, from which `award_piece` writes it."""
    statement = FINDING.format(
        same_unit=SAME_UNIT[run.personal],
        differs="false" if run.rechecks_id else DIFFERS,
    )
    values: dict[str, str | int] = {
        "run": run.pk,
        "no": Outcome.NO,
        "right": run.regulation,
        "hash": run.regulation_hash,
    }
    with findings.loaded(run), connection.cursor() as cursor:
        cursor.execute(statement, values)
        cursor.execute("CREATE INDEX ON finding (piece); ANALYZE finding")
        cursor.execute(PIECES)
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
    values: dict[str, str | int | date | datetime | None] = {
        "run": run.pk,
        "piece": piece.number,
        "delivery": run.delivery_id,
        "personal": run.personal,
        "yes": Outcome.YES,
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
    who = (CANDIDATES, CANDIDATE_MEMBERS, "ANALYZE candidate, candidate_member")
    what = (COVERS, COVERED_ALREADY, RELEASE, AWARDS, LATEST, LOOK)
    with connection.cursor() as cursor:
        for statement in who:
            cursor.execute(statement, values)
        if run.rechecks_id:
            raising.end_raised(run, values)
        for statement in what:
            cursor.execute(statement, values)
        if run.rechecks_id:
            raising.note_raised()
        cursor.execute("DROP TABLE candidate, candidate_member")
