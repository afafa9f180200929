"""Answering a question that a recheck asks: a named person, with a written reason."""

from __future__ import annotations

from django.db import transaction

from vanzelf.city import clock
from vanzelf.city.access.domain import record
from vanzelf.city.awards.domain import end_award
from vanzelf.city.awards.models import Award
from vanzelf.city.people.models import Person
from vanzelf.city.reasons import written
from vanzelf.city.rechecks.models import OPEN, Question
from vanzelf.city.rechecks.queries import subjects
from vanzelf.city.runs.states import NotNow
from vanzelf.city.staff.models import StaffMember
from vanzelf.city.staff.permissions import require

PURPOSE = "hercontrole"
NOT_OPEN = "Deze vraag staat niet meer open: herlaad de lijst."
WHY_NOT = {
    Question.Answer.KEPT: "De toekenning is intussen beëindigd: kies dat de vraag vervalt.",
    Question.Answer.ENDED: "Er is geen toekenning (meer) om te beëindigen: kies iets anders.",
    Question.Answer.LAPSED: "De toekenning loopt nog: kies of ze blijft of eindigt.",
}


@transaction.atomic
def answer(*, question: Question, by: StaffMember, answer: str, reason: str) -> Question:
    """Closes a question: the award stays, or ends with this reason, which those covered can read;
    or the question lapsed, since the award had ended already.

    Raises ReasonError for a reason that is none, and NotNow when someone answered before, when a
    later recheck took its place, or when this answer does not fit how the award stands by now.
    """
    require(by, "rechecks.answer")
    reason = written(reason)
    kind = Question.Answer(answer)
    found = Question.objects.select_for_update(of=("self",)).filter(OPEN, pk=question.pk).first()
    if found is None:
        raise NotNow(NOT_OPEN)
    _require_fits(found, kind)
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


def _require_fits(question: Question, answer: Question.Answer) -> None:
    """Raises NotNow when the award stands otherwise than this answer says."""
    if question.award is not None:  # whoever would end it meanwhile waits
        question.award = Award.objects.select_for_update().get(pk=question.award.pk)
    if answer not in question.answers:
        raise NotNow(WHY_NOT[answer])


def _ended(question: Question, by: StaffMember, reason: str) -> list[Person]:
    covered = end_award(award=question.award, by=by, reason=reason) if question.award else []
    return list(Person.objects.filter(pk__in=covered))
