"""The latest verdict on a right, per household or person."""

from __future__ import annotations

from collections.abc import Collection

from vanzelf.city import clock
from vanzelf.city.access.queries import runs_over
from vanzelf.city.awards.models import Advice, LatestVerdict
from vanzelf.city.people.models import Person
from vanzelf.city.runs.models import State

COPIED = (
    "outcome",
    "amount_cents",
    "amounts",
    "delivery",
    "reasons",
    "missing",
    "settled_by",
    "next_question",
    "explanation",
    "regulation_hash",
)


def keep_latest(advice: Advice, *, personal: bool) -> LatestVerdict:
    """Puts an advice in the place of what we found before on this right for this unit."""
    check = advice.check_ref
    household = None if personal else check.household
    latest, _ = LatestVerdict.objects.update_or_create(
        right=advice.right,
        household=household,
        person=None if household else check.person,
        defaults={
            "on": check.on,
            "at": clock.now(),
            "run": None,
            "advice": advice,
            **{name: getattr(advice, name) for name in COPIED},
        },
    )
    return latest


def date_anew(rows: Collection[LatestVerdict], person: Person) -> None:
    """Gives verdicts the day, moment and run of the last run that looked at this person and found
    the same: a run only writes what changed. Not to be saved."""
    done = runs_over(person).filter(state=State.DONE, regulation__in=[row.right for row in rows])
    runs = list(done.order_by("on", "finished_at"))
    for row in rows:
        for run in runs:
            at = run.finished_at
            if run.regulation == row.right and run.on >= row.on and at and at > row.at:
                row.on, row.at, row.run = run.on, at, run
