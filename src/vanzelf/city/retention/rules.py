"""By class of data what brings it back to its term, in the order in which it must happen: what
points to something goes before it."""

from __future__ import annotations

from collections.abc import Mapping

from vanzelf.city.retention.elsewhere import Backups, Elsewhere
from vanzelf.city.retention.forgetting import ExplanationValues, FactValues
from vanzelf.city.retention.persons import Persons
from vanzelf.city.retention.rows import Rows, Rule

DECLARED = "t.source LIKE 'declared/%%'"
LEFT = """greatest(t.at,
    (SELECT max(i.at) FROM people_presence p JOIN people_populationimport i ON i.id = p.until_id
     WHERE {same}))"""
GONE = """NOT EXISTS (SELECT FROM people_presence p WHERE {same} AND p.until_id IS NULL)
  AND NOT EXISTS (SELECT FROM people_membership p
                  WHERE {same} AND p.valid_until IS NULL AND p.known_until IS NULL)"""
SAME = (
    "(p.household_id = t.household_id AND t.person_id IS NULL"
    " OR p.person_id = t.person_id AND t.household_id IS NULL)"
)
# A run writes only what changed: what it found the same, it looked at again all the same.
LOOKED_AGAIN = """greatest(t.at, (SELECT max(r.finished_at) FROM runs_run r
    WHERE r.regulation = t."right" AND r.state = 'done' AND r.rechecks_id IS NULL))"""
RUN_ENDED = """(SELECT coalesce(r.finished_at, r.withdrawn_at, r.approved_at, r.requested_at,
    r.created_at) FROM runs_run r WHERE r.id = t.run_id)"""
QUESTION_CLOSED = """coalesce(t.closed_at,
    (SELECT r.created_at FROM runs_run r WHERE r.id = t.superseded_by_id),
    (SELECT r.withdrawn_at FROM runs_run r WHERE r.id = t.run_id))"""
EXPLAINED = (
    "awards_award", "awards_advice", "awards_latestverdict", "runs_runverdict", "rechecks_question",
)  # fmt: skip
UNUSED = " AND ".join(
    f"NOT EXISTS (SELECT FROM {table} x WHERE x.explanation_id = t.id)" for table in EXPLAINED
)
NOBODY_UNDER_WAY = "NOT EXISTS (SELECT FROM registrations_registration r WHERE r.file_id = t.id)"
ADDRESS_OF_NOBODY = """(t.street <> '' OR t.postcode <> '' OR t.register_number IS NOT NULL)
  AND NOT EXISTS (SELECT FROM people_membership m WHERE m.household_id = t.id)
  AND NOT EXISTS (SELECT FROM people_presence p WHERE p.household_id = t.id AND p.until_id IS NULL)
  AND NOT EXISTS (SELECT FROM awards_award a WHERE a.household_id = t.id)"""
JOB_ENDED = """coalesce((SELECT max(e.at) FROM procrastinate_events e WHERE e.job_id = t.id),
    t.scheduled_at)"""

RULES: Mapping[str, tuple[Rule, ...]] = {
    "raw-values": (ExplanationValues(), FactValues()),
    "questions": (Rows("rechecks_question", QUESTION_CLOSED),),
    "runs": (
        Rows(
            "runs_runverdict",
            RUN_ENDED,
            goes_with=(("rechecks_raise", "verdict_id"), ("runs_sampledossier", "verdict_id")),
        ),
        Rows("runs_findings", RUN_ENDED, key="ctid"),
        Rows("rechecks_limit", RUN_ENDED, key="run_id"),
    ),
    "dossiers": (
        Rows(
            "awards_award",
            "coalesce(t.known_until, t.known_from)",
            goes_with=(
                ("rechecks_raise", "award_id"),
                ("rechecks_raise", "became_id"),
                ("awards_awardcover", "award_id"),
            ),
            lets_go=(("rechecks_question", "award_id"),),
        ),
        Rows(
            "awards_decision",
            "t.at",
            only="NOT EXISTS (SELECT FROM awards_award a WHERE a.decision_id = t.id)",
        ),
    ),
    "checks": (
        Rows(
            "awards_advice",
            "(SELECT c.at FROM awards_pointcheck c WHERE c.id = t.check_ref_id)",
            only="NOT EXISTS (SELECT FROM awards_decision d WHERE d.advice_id = t.id)",
            lets_go=(("awards_latestverdict", "advice_id"),),
        ),
        Rows(
            "awards_pointcheck",
            "t.at",
            only="NOT EXISTS (SELECT FROM awards_advice a WHERE a.check_ref_id = t.id)",
            goes_with=(
                ("awards_pointcheck_facts", "pointcheck_id"),
                ("checks_checkrequest", "check_ref_id"),
                ("disputes_dispute", "check_ref_id"),
                ("unasked_leftout", "check_ref_id"),
            ),
        ),
    ),
    "requests": (Rows("checks_checkrequest", "t.ended_at", only="t.check_ref_id IS NULL"),),
    "facts": (
        Rows(
            "people_fact",
            "t.known_from",
            only=f"NOT {DECLARED}",
            goes_with=(("awards_pointcheck_facts", "fact_id"),),
        ),
        Rows(
            "inquiries_inquiry",
            "t.at",
            goes_with=(
                ("inquiries_stage", "inquiry_id"),
                ("inquiries_leftout", "inquiry_id"),
            ),
        ),
    ),
    "declared": (
        Rows(
            "people_fact",
            "t.known_from",
            only=DECLARED,
            goes_with=(("awards_pointcheck_facts", "fact_id"),),
        ),
    ),
    "latest": (Rows("awards_latestverdict", LOOKED_AGAIN),),
    "latest-gone": (
        Rows("awards_latestverdict", LEFT.format(same=SAME), only=GONE.format(same=SAME)),
    ),
    "unused": (Rows("verdicts_explanation", "timestamptz '-infinity'", only=UNUSED),),
    "persons": (
        Rows("people_membership", "t.valid_until::timestamptz", only="t.valid_until IS NOT NULL"),
        Persons(),
        Rows(
            "people_household",
            "timestamptz '-infinity'",
            only=ADDRESS_OF_NOBODY,
            empties="street = '', number = '', postcode = '', register_number = NULL,"
            " delivered = NULL",
        ),
    ),
    "presence": (
        Rows(
            "people_presence",
            "(SELECT i.at FROM people_populationimport i WHERE i.id = t.until_id)",
            key="ctid",
        ),
    ),
    "access-log": (
        Rows(
            "access_look",
            "t.at",
            # The database refuses younger ones by its own clock, so nothing else is tried.
            also="t.at < now() - interval '10 years'",
            goes_with=(("access_looksubject", "look_id"),),
        ),
    ),
    "simulations": (
        Rows("simulations_trial", "t.at"),
        Rows("simulations_firsttried", "t.at"),
        Rows("simulations_savedsimulation", "t.removed_at"),
    ),
    "sessions": (Rows("django_session", "t.expire_date", key="session_key"),),
    "jobs": (
        Rows(
            "procrastinate_jobs",
            JOB_ENDED,
            only="t.status NOT IN ('todo', 'doing')",
            goes_with=(
                ("procrastinate_periodic_defers", "job_id"),
                ("procrastinate_events", "job_id"),
            ),
        ),
    ),
    "evidence": (Elsewhere("vanzelf.city.evidence.domain"),),
    "own-lists": (Elsewhere("vanzelf.city.lists.domain"),),
    "registrations": (
        Rows("registrations_registration", "t.ended_at", only="t.ended_at IS NOT NULL"),
        Rows(
            "registrations_deregistrationfile",
            "t.at",
            only=NOBODY_UNDER_WAY,
            lets_go=(("registrations_registration", "file_id"),),
        ),
    ),
    "bulk-files": (Elsewhere("vanzelf.city.bulk.domain"),),
    "backups": (Backups(),),
}
"""A class that stands here and not in `retention.yaml`, or the other way round, fails the tests;
those that nothing takes away (`replaced`, `always`) stand only there."""
