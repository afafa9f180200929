"""What the preview of a recheck shows: what it proposes, what it asks, what stays open."""

from __future__ import annotations

from typing import Any

from django.db import connection

from vanzelf.city.people.presence import MEMBERS
from vanzelf.city.rechecks.comparing import stayed
from vanzelf.city.rechecks.models import Question
from vanzelf.city.rechecks.raising import other_rules
from vanzelf.city.runs.models import Run

# What was awarded already is not paid twice: of a raise only the difference counts; and what was
# given or ended since, by another recheck in the same period too, is not proposed any more.
PROPOSED = f"""
SELECT count(*) FILTER (WHERE r.verdict_id IS NULL), count(r.verdict_id),
       coalesce(sum(v.amount_cents - coalesce(a.amount_cents, 0)), 0)::bigint,
       count(*) FILTER (WHERE v.amount_cents IS NULL), bool_or(v.amount_cents IS NOT NULL)
FROM runs_runverdict v
LEFT JOIN rechecks_raise r ON r.verdict_id = v.id LEFT JOIN awards_award a ON a.id = r.award_id
WHERE v.run_id = %(run)s AND CASE WHEN r.verdict_id IS NOT NULL THEN a.known_until IS NULL
    ELSE NOT EXISTS (
        SELECT 1 FROM ({MEMBERS}) m JOIN awards_awardcover c ON c.person_id = m.person_id
            AND c."right" = %(right)s AND c.period = %(period)s AND c.known_until IS NULL
        WHERE m.household_id = v.household_id
          AND (v.person_id IS NULL OR v.person_id = m.person_id)) END
"""  # noqa: S608 - put together from constants


def measured(run: Run) -> dict[str, Any]:
    """The figures of a recheck that are not those of an ordinary run."""
    values = {
        "run": run.pk,
        "delivery": run.delivery_id,
        "personal": run.personal,
        "right": run.regulation,
        "period": run.period,
    }
    with connection.cursor() as cursor:
        cursor.execute(PROPOSED, values)
        more, raised, cents, unpriced, priced = cursor.fetchone()
    asked = Question.objects.filter(run=run)
    unknown, gone = stayed(run)
    return {
        "new": more + raised,
        "cost_sure_cents": cents if priced else None,
        "cost_bound_cents": cents if priced else None,
        "unpriced": unpriced,
        "recheck": {
            "more": more,
            "raised": raised,
            "less": asked.filter(kind=Question.Kind.LESS).count(),
            "differs": asked.filter(kind=Question.Kind.DIFFERS).count(),
            "unknown": unknown,
            "gone": gone,
            "other_rules": other_rules(run),
        },
    }
