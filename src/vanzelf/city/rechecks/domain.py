"""Answering a question that a recheck asks: a named person, with a written reason."""

from __future__ import annotations

from django.db import transaction

from vanzelf.city import clock
from vanzelf.city.access.domain import record
from vanzelf.city.awards.domain import end_award
from vanzelf.city.people.models import Person
from vanzelf.city.reasons import written
from vanzelf.city.rechecks.models import OPEN, Question
from vanzelf.city.rechecks.queries import subjects
from vanzelf.city.runs.states import NotNow
from vanzelf.city.staff.models import StaffMember
from vanzelf.city.staff.permissions import require

PURPOSE = "hercontrole"


@transaction.atomic
def answer(*, question: Question, by: StaffMember, answer: str, reason: str) -> Question:
    """Closes a question: the award stays, or ends with this reason, which those covered can read.

    Raises ReasonError for a reason that is none, and NotNow when someone answered before, when a
    later recheck took its place, or when there is no award (any more) to end.
    """
    require(by, "rechecks.answer")
    reason = written(reason)
    kind = Question.Answer(answer)
    found = Question.objects.select_for_update(of=("self",)).filter(OPEN, pk=question.pk).first()
    if found is None:
        raise NotNow("Deze vraag staat niet meer open: herlaad de lijst.")
    concerned = subjects(found)
    if kind == Question.Answer.ENDED:
        concerned += _ended(found, by, reason)
    found.answer, found.closed_reason = kind, reason
    found.closed_by, found.closed_at = by, clock.now()
    found.save(update_fields=["answer", "closed_reason", "closed_by", "closed_at"])
    record(
        actor=by,
        subjects=concerned,
        purpose="intrekking" if kind == Question.Answer.ENDED else PURPOSE,
        right=found.run.regulation,
        reason=reason,
    )
    return found


def _ended(question: Question, by: StaffMember, reason: str) -> list[Person]:
    covered = end_award(award=question.award, by=by, reason=reason) if question.award else []
    if not covered:
        raise NotNow("Er is geen toekenning (meer) om te beëindigen: kies dat alles blijft.")
    return list(Person.objects.filter(pk__in=covered))
