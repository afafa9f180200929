"""What a preview shows, measured on the frozen list and kept with the run."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max

from vanzelf.city.awards.models import Award, AwardCover
from vanzelf.city.people.presence import MEMBERS
from vanzelf.city.rechecks import measuring
from vanzelf.city.runs import findings
from vanzelf.city.runs.changes import SAME_UNIT
from vanzelf.city.runs.findings import FOUND
from vanzelf.city.runs.models import Run, State
from vanzelf.city.verdicts.models import Outcome

LARGE = 8  # members from which a household is looked at apart
MANY = 3  # times the median amount
RARE = 0.001  # share of the awards below which an amount is rare

COUNTS = "SELECT outcome, count(*), bool_or(cents IS NOT NULL) FROM found GROUP BY outcome"
# Of who is not on the list, as it stands: the same was found of them.
SETTLES = """
SELECT coalesce(f.settled_by, l.settled_by, '{{}}'), count(*)
FROM found f LEFT JOIN awards_latestverdict l ON l."right" = %(right)s AND {same_unit}
WHERE f.outcome = 2 GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 20
"""
DIFFERENCES = f"""
SELECT a.outcome, b.outcome, ra.texts, rb.texts, count(*)
FROM (SELECT *, coalesce(person_id, 0) AS person FROM ({FOUND.replace("%(run)s", "%(before)s")})
      found) a
FULL JOIN (SELECT *, coalesce(person_id, 0) AS person FROM found) b USING (household_id, person)
LEFT JOIN runs_said ra ON ra.id = a.reasons
LEFT JOIN runs_said rb ON rb.id = b.reasons
WHERE a.outcome IS DISTINCT FROM b.outcome
GROUP BY 1, 2, 3, 4
"""  # noqa: S608 - put together from constants
# Of each unit that gets it or may: its size, how many of its members are covered already.
GETS = f"""
CREATE TEMPORARY TABLE gets ON COMMIT DROP AS
SELECT f.verdict_id, f.outcome, f.cents, count(*) AS members, count(c.id) AS covered
FROM found f
JOIN ({MEMBERS}) m ON m.household_id = f.household_id
    AND (f.person_id IS NULL OR m.person_id = f.person_id)
LEFT JOIN awards_awardcover c ON c.person_id = m.person_id AND c.known_until IS NULL
    AND c."right" = %(right)s AND c.period = %(period)s
WHERE f.outcome IN (1, 2)
GROUP BY f.household_id, f.person_id, f.verdict_id, f.outcome, f.cents
"""  # noqa: S608 - put together from constants
# Of a unit that is covered, even in part, no award is made: it costs nothing.
GAIN = """
SELECT outcome,
       count(*) FILTER (WHERE covered = 0),
       count(*) FILTER (WHERE covered = members),
       count(*) FILTER (WHERE covered > 0 AND covered < members),
       coalesce(sum(cents) FILTER (WHERE covered = 0), 0)::bigint,
       count(*) FILTER (WHERE covered = 0 AND cents IS NULL)
FROM gets WHERE outcome = 2 OR verdict_id IS NOT NULL OR covered = members GROUP BY outcome
"""
OUTLIERS = """
WITH awarded AS (SELECT verdict_id AS id, cents AS amount_cents, members, covered
                 FROM gets WHERE outcome = 1),
amount AS (SELECT amount_cents, count(*) AS times FROM awarded GROUP BY 1),
median AS (SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY amount_cents) AS cents FROM awarded),
total AS (SELECT count(*) AS awards FROM awarded),
marked AS (
    SELECT id, 'large-household' AS code FROM awarded WHERE members >= %(large)s
    UNION ALL
    SELECT id, 'high-amount' FROM awarded, median WHERE amount_cents > %(many)s * median.cents
    UNION ALL
    SELECT id, 'rare-amount' FROM awarded JOIN amount USING (amount_cents), total
    WHERE times < %(rare)s * total.awards
    UNION ALL
    SELECT id, 'no-amount' FROM awarded
    WHERE amount_cents IS NULL AND EXISTS (SELECT 1 FROM awarded WHERE amount_cents IS NOT NULL)
    UNION ALL
    SELECT id, CASE WHEN covered = members THEN 'covered-already' ELSE 'covered-partly' END
    FROM awarded WHERE covered > 0
)
SELECT code, count(*), min(id) FROM marked GROUP BY code ORDER BY code
"""


def previous(run: Run) -> Run | None:
    """The run that is rechecked; else the last of this regulation that was approved, was not
    withdrawn, and is no recheck itself."""
    if run.rechecks is not None:
        return run.rechecks
    approved = Run.objects.filter(
        regulation=run.regulation, approved_at__isnull=False, pk__lt=run.pk, rechecks=None
    )
    return approved.exclude(state=State.WITHDRAWN).order_by("-approved_at").first()


def is_old(run: Run) -> bool:
    """Whether what was measured may have changed: another run was approved, or someone was given
    this right or lost it."""
    before = previous(run)
    if run.result["previous"] != (before.pk if before else None):
        return True
    made = run.chunks.aggregate(at=Max("at"))["at"]  # before it was measured
    if made is None:
        return True
    awards = Award.objects.filter(right=run.regulation, period=run.period)
    covers = AwardCover.objects.filter(right=run.regulation, period=run.period)
    return (
        awards.filter(known_from__gte=made).exists()
        or covers.filter(known_until__gte=made).exists()
    )


@transaction.atomic
def measure(run: Run) -> dict[str, Any]:
    """Counts, what approval would really award and cost, what differs from the last run, and what
    stands out; of a run that is loaded."""
    before = previous(run)
    with connection.cursor() as cursor:
        cursor.execute(GETS, _values(run))
    found = _measured(run, before)
    findings.drop("gets")
    return found | measuring.measured(run) if run.rechecks_id else found


def _measured(run: Run, before: Run | None) -> dict[str, Any]:
    found = _rows(COUNTS, run)
    counts = {Outcome(outcome): units for outcome, units, _ in found}
    yes = counts.get(Outcome.YES, 0)
    return {
        "yes": yes,
        "no": counts.get(Outcome.NO, 0),
        "unknown": counts.get(Outcome.UNKNOWN, 0),
        **_gain(run, priced=any(row[2] for row in found)),
        "previous": before.pk if before else None,
        "differences": _differences(run, before),
        "outliers": [list(row) for row in _rows(OUTLIERS, run)],
        "settles": [
            list(row) for row in _rows(SETTLES.format(same_unit=SAME_UNIT[run.personal]), run)
        ],
        "breaker": _breaker(yes, before),
    }


def _gain(run: Run, *, priced: bool) -> dict[str, int | None]:
    """Of the units with a YES: how many are new, and what these cost; the bound also counts the
    UNKNOWN ones that are not covered yet. Without money (`priced`) there is no cost."""
    gain = {Outcome(row[0]): row[1:] for row in _rows(GAIN, run)}
    new, covered, partly, sure, unpriced = gain.get(Outcome.YES, (0,) * 5)
    *_, possible, unknown_unpriced = gain.get(Outcome.UNKNOWN, (0,) * 5)
    return {
        "new": new,
        "covered": covered,
        "covered_partly": partly,
        "cost_sure_cents": sure if priced else None,
        "cost_bound_cents": sure + possible if priced else None,
        "unpriced": unpriced + unknown_unpriced,
    }


def _differences(run: Run, before: Run | None) -> list[list[Any]]:
    """[outcome before, outcome now, reason code, units]: which criterion turned it."""
    if before is None:
        return []
    found: Counter[tuple[int | None, int | None, str]] = Counter()
    for old, new, old_reasons, new_reasons, units in _rows(DIFFERENCES, run, before=before.pk):
        found[old, new, turned(old_reasons, new_reasons)] += units
    return [[*key, units] for key, units in found.most_common()]


def turned(before: list[str] | None, now: list[str] | None) -> str:
    """The criterion that turned a verdict: one that decided it before and decides it now."""
    if before is None or now is None:
        return "new-unit" if before is None else "gone-unit"
    both = [reason for reason in now if reason in before]
    fresh = [reason for reason in now if reason not in before]
    return (both or fresh or before or [""])[0]


def _breaker(yes: int, before: Run | None) -> dict[str, Any] | None:
    """Set off when the number of awards is far from that of the last run."""
    if before is None:
        return None
    count, limit = before.result["yes"], settings.VANZELF_RUN_BREAKER_PERCENT
    percent = 100 * abs(yes - count) / max(count, 1)
    if percent <= limit:
        return None
    return {"before": count, "now": yes, "percent": round(percent, 1), "limit": limit}


def _rows(statement: str, run: Run, **more: int) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {**_values(run), **more})
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def _values(run: Run) -> dict[str, Any]:
    return {
        "run": run.pk,
        "delivery": run.delivery_id,
        "personal": run.personal,
        "right": run.regulation,
        "period": run.period,
        "large": LARGE,
        "many": MANY,
        "rare": RARE,
    }
