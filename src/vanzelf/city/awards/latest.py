"""The latest verdict on a right, per household or person."""

from __future__ import annotations

from vanzelf.city import clock
from vanzelf.city.awards.models import Advice, LatestVerdict

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
