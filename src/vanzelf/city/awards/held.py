"""What a household or person has already, and which decision on an advice still stands."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from vanzelf.city import regulations
from vanzelf.city.awards.models import Advice, Award, AwardCover, Decision, PointCheck
from vanzelf.city.people.models import Person

ENDED = Q(kind=Decision.Kind.AWARD, awards__known_until__isnull=False)


@dataclass(frozen=True)
class Held:
    """An award that those of an advice have already for its period, so that none can be made."""

    award: Award
    by: list[Person]
    everyone: bool
    """Whether all of them have it; otherwise `by` are those who do."""


def covered_by(advice: Advice) -> list[Person]:
    """Whom an award would cover: the person, or for a right of a household everyone in it."""
    check = advice.check_ref
    personal = regulations.regulation(advice.right).unit == "persoon"
    return [check.person] if personal or check.household is None else check.household.members


def held(advice: Advice) -> Held | None:
    """The award on this right and period that any of them has; None when nobody does.

    Shows nobody's data but that: who shows it has logged the look at the advice.
    """
    whom = covered_by(advice)
    covers = list(
        AwardCover.objects.filter(
            right=advice.right, period=advice.period, person__in=whom, known_until=None
        )
        .select_related("person", "award__run", "award__approved_by")
        .order_by("award_id", "id")
    )
    if not covers:
        return None
    return Held(covers[0].award, [one.person for one in covers], len(covers) == len(whom))


def taken_back(right: str, period: str, person: Person) -> Award | None:
    """The last award of this right and period that covered someone, when it was ended."""
    given = Award.objects.filter(right=right, period=period, covers__person=person)
    last = given.select_related("ended_by").order_by("-known_from", "-id").first()
    return last if last is not None and last.known_until is not None else None


def standing(advice: Advice) -> QuerySet[Decision]:
    """The final decisions on an advice: a refusal, or an award that was not taken back."""
    return advice.decisions.exclude(kind=Decision.Kind.ASK).exclude(ENDED)


def in_force(advice: Advice) -> Decision | None:
    """The last decision on an advice, a question for more included, unless it was taken back."""
    return advice.decisions.exclude(ENDED).order_by("-id").first()


def decided(check: PointCheck) -> int:
    """How many decisions on a check stand, questions for more included."""
    return Decision.objects.filter(advice__check_ref=check).exclude(ENDED).count()
