"""Taking back an award that was decided at the counter by mistake.

Only whoever decided it, on a check of their own, on the day itself; it can then be decided again.
"""

from __future__ import annotations

from enum import StrEnum

from django.core.exceptions import PermissionDenied
from django.db import transaction

from vanzelf.city import clock
from vanzelf.city.access.domain import record
from vanzelf.city.awards.domain import end_awards
from vanzelf.city.awards.models import Award, Decision
from vanzelf.city.people.models import Person
from vanzelf.city.reasons import written
from vanzelf.city.staff.models import StaffMember
from vanzelf.city.staff.permissions import require


class Obstacle(StrEnum):
    """Why an award cannot be taken back here."""

    NO_AWARD = "no-award"
    ENDED = "ended"
    OTHERS = "others"
    LATER = "later"


REFUSALS = {
    Obstacle.NO_AWARD: "Met deze beslissing werd niets toegekend.",
    Obstacle.ENDED: "Deze toekenning is al beëindigd.",
    Obstacle.OTHERS: "Alleen wie het toekende, kan het ongedaan maken, en enkel op die dag zelf.",
    Obstacle.LATER: "Ongedaan maken kan enkel op de dag van de beslissing zelf.",
}


def obstacle(decision: Decision, *, by: StaffMember) -> Obstacle | None:
    """What stands in the way of taking this decision back; None when nothing does."""
    award = Award.objects.filter(decision=decision).first()
    if award is None:
        return Obstacle.NO_AWARD
    if award.known_until is not None:
        return Obstacle.ENDED
    if decision.by != by or decision.advice.check_ref.by != by:
        return Obstacle.OTHERS
    if decision.at.astimezone(clock.GHENT).date() != clock.today():
        return Obstacle.LATER
    return None


@transaction.atomic
def undo(*, decision: Decision, by: StaffMember, reason: str) -> None:
    """Ends the award of a decision, with who and why, for all whom it covered.

    Raises PermissionDenied for someone else's decision, and ValueError when it is too late, when
    there is nothing to take back, or when the reason is none (`reasons.written`).
    """
    require(by, "awards.decide")
    list(decision.awards.select_for_update())  # whoever comes second finds it ended
    found = obstacle(decision, by=by)
    if found is Obstacle.OTHERS:
        raise PermissionDenied(REFUSALS[found])
    if found is not None:
        raise ValueError(REFUSALS[found])
    reason = written(reason)
    covered = end_awards(of=decision, by=by, reason=reason)
    record(
        actor=by,
        subjects=Person.objects.filter(pk__in=covered),
        purpose="intrekking",
        right=decision.advice.right,
        reason=reason,
        about=decision.advice.check_ref.person,
    )
