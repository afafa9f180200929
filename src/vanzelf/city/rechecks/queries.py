"""Reading the questions of rechecks. What shows a person's data logs the look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from vanzelf.city.access.domain import record
from vanzelf.city.people.models import Person
from vanzelf.city.people.presence import members_of
from vanzelf.city.rechecks.models import OPEN, Question
from vanzelf.city.runs.models import Run
from vanzelf.city.staff.models import StaffMember
from vanzelf.city.staff.permissions import require
from vanzelf.city.verdicts.queries import explanation
from vanzelf.city.verdicts.sealing import bare, used_facts

PURPOSE = "hercontrole"


@dataclass(frozen=True)
class Opened:
    """A question with everything that an answer rests on.

    `then` are those who lived there according to the run that is rechecked, `members` those now.
    """

    question: Question
    explanation: dict[str, Any] | None
    members: list[Person]
    then: list[Person]


def questions(*, closed: bool = False, limit: int = 200) -> list[Question]:
    """The questions that wait, the oldest first; or those that were answered, the newest first."""
    found = Question.objects.select_related("run__rechecks", "award", "closed_by")
    if closed:
        return list(found.filter(closed_at__isnull=False).order_by("-closed_at", "-pk")[:limit])
    return list(found.filter(OPEN).order_by("pk")[:limit])


def waiting() -> int:
    """How many questions wait."""
    return Question.objects.filter(OPEN).count()


@transaction.atomic
def opened(question: Question, viewer: StaffMember) -> Opened:
    """Opens a question; the look is logged for everyone in it."""
    require(viewer, "rechecks.see")
    data = explanation(question)
    members = _there(question, question.run)
    earlier = question.run.rechecks
    then = _there(question, earlier) if earlier else []
    record(
        actor=viewer,
        subjects=[*members, *then, *_covered(question)],
        purpose=PURPOSE,
        right=question.run.regulation,
        facts=sorted({bare(used["path"]) for used in used_facts(data or {})}),
        reason=f"vraag {question.pk} van hercontrole {question.run_id}",
    )
    return Opened(question, data, members, then)


def subjects(question: Question) -> list[Person]:
    """Whose data a question is about: who is in the unit, and whom the award covers."""
    return list(dict.fromkeys([*_there(question, question.run), *_covered(question)]))


def _there(question: Question, run: Run) -> list[Person]:
    """Who was in the unit according to the delivery of a run, in its order."""
    if question.person is not None:
        return [question.person]
    if run.delivery is None:
        return []
    there: QuerySet[Any] = members_of(run.delivery, personal=True)
    there = there.filter(household=question.household_id).select_related("person")
    return [one.person for one in there.order_by("place")]


def _covered(question: Question) -> list[Person]:
    if question.award is None:
        return []
    return list(Person.objects.filter(covers__award=question.award).distinct())
