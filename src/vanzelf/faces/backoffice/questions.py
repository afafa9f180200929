"""What rechecks ask: something was awarded that would be less now, or others live there now."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop
from django.views.decorators.http import require_safe

from vanzelf.city.rechecks import domain, queries
from vanzelf.city.rechecks.models import Question
from vanzelf.city.runs.measure import turned
from vanzelf.city.runs.models import State
from vanzelf.city.runs.states import NotNow
from vanzelf.city.staff.permissions import may
from vanzelf.city.verdicts.models import Outcome
from vanzelf.faces.backoffice import reasons
from vanzelf.faces.backoffice.forms import ReasonForm
from vanzelf.faces.look.actor import staff_of
from vanzelf.faces.look.cards import worths
from vanzelf.faces.look.regulations import name_of, regulations
from vanzelf.faces.look.tree import explained
from vanzelf.faces.look.wording import day

KINDS = {
    Question.Kind.LESS: gettext_noop("Less than awarded"),
    Question.Kind.DIFFERS: gettext_noop("Others live there"),
}
ANSWERS = {
    Question.Answer.KEPT: gettext_noop("Stays as it is"),
    Question.Answer.ENDED: gettext_noop("Award ended"),
    Question.Answer.LAPSED: gettext_noop("Lapsed: the award had ended already"),
}
CHOICES = {
    Question.Answer.KEPT: gettext_noop("Everything stays as it is"),
    Question.Answer.ENDED: gettext_noop("The award ends; whoever got it reads why"),
    Question.Answer.LAPSED: gettext_noop("The question lapses: the award has ended already"),
}


class AnswerForm(ReasonForm):
    """What becomes of it, and why; the reason is for the resident too."""

    answer = forms.ChoiceField(
        label=gettext_lazy("What becomes of it?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose what becomes of it."),
            "invalid_choice": gettext_lazy("The award stands otherwise by now. Choose again."),
        },
    )
    field_order = ("answer", "reason")

    def __init__(self, *args: Any, question: Question, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["answer"]
        choices = [(one, _(CHOICES[one])) for one in question.answers]
        field.choices = choices  # type: ignore[attr-defined]  # a choice field
        if len(choices) == 1:
            field.initial = choices[0][0]


@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    """Every question that waits, and those that were answered last."""
    context = {
        "open": [line(one) for one in queries.questions()],
        "waiting": queries.waiting(),
        "closed": [line(one) for one in queries.questions(closed=True, limit=20)],
    }
    return render(request, "backoffice/questions.html", context)


def question(request: HttpRequest, number: int) -> HttpResponse:
    """One question with everything that an answer rests on, and the answer."""
    found = Question.objects.select_related("run__rechecks", "award").filter(pk=number).first()
    if found is None or found.run.regulation not in regulations():
        raise Http404
    staff = staff_of(request)
    if request.method == "POST" and not _waits(found):
        return _as_it_stands(request, number, domain.NOT_OPEN)
    form = AnswerForm(request.POST or None, question=found)
    if request.method == "POST" and form.is_valid():
        try:
            domain.answer(question=found, by=staff, **form.cleaned_data)
        except NotNow as error:  # someone was first
            return _as_it_stands(request, number, str(error))
        except (ValueError, PermissionDenied) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Answered. The reason stands with it."))
            return redirect("backoffice:questions")
    context = {
        **line(found),
        **_opened(queries.opened(found, staff)),
        "form": form,
        "waits": _waits(found),
        "can_answer": may(staff, "rechecks.answer"),
    }
    return render(request, "backoffice/question.html", context, status=422 if form.errors else 200)


def _as_it_stands(request: HttpRequest, number: int, why: str) -> HttpResponse:
    messages.warning(request, why)
    return redirect("backoffice:question", number=number)


def line(one: Question) -> dict[str, Any]:
    """A question without anyone's name: what was found then and now, and what turned it."""
    regulation = regulations().get(one.run.regulation)
    before = None if one.before_outcome is None else Outcome(one.before_outcome).label
    then = one.before_reasons if one.before_outcome is not None else None
    code = turned(then, one.reasons)
    return {
        "id": one.pk,
        "title": f"{name_of(one.run.regulation)}, {one.run.period}",
        "kind": _(KINDS[Question.Kind(one.kind)]),
        "before": reasons.outcome(before),
        "after": reasons.outcome(one.get_outcome_display()),
        "why": reasons.difference(regulation, code) if regulation else code,
        "on": one.run.on,
        "answer": _(ANSWERS[Question.Answer(one.answer)]) if one.answer else "",
        "closed_by": one.closed_by.name if one.closed_by else "",
        "closed_at": one.closed_at,
        "closed_reason": one.closed_reason,
    }


def _opened(found: queries.Opened) -> dict[str, Any]:
    one = found.question
    regulation = regulations()[one.run.regulation]
    return {
        "nodes": explained(regulation, found.explanation) if found.explanation else [],
        "now": found.members,
        "then": found.then,
        "amounts_now": worths(one.amounts, regulation) if one.outcome == Outcome.YES else [],
        "amounts_then": worths(one.award.amounts, regulation) if one.award else [],
        "award": _award(one),
        "rechecked": one.run.rechecks,
        "run": one.run_id,
    }


def _award(one: Question) -> str:
    award = one.award
    if award is None:
        return _("Nothing was awarded here.")
    if award.known_until is not None:
        return _("The award ended on %(day)s.") % {"day": day(award.known_until)}
    return _("Awarded since %(day)s.") % {"day": day(award.known_from)}


def _waits(one: Question) -> bool:
    return not one.answer and one.superseded_by_id is None and one.run.state != State.WITHDRAWN
