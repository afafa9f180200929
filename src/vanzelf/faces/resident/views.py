"""A resident's own pages. No address names a person: it is always the one who is signed in."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from vanzelf.city.access.queries import looks_of
from vanzelf.city.awards import queries as awards
from vanzelf.city.awards.declaring import Question, declare, question_of
from vanzelf.city.evidence.kinds import EvidenceError
from vanzelf.city.people.models import Person
from vanzelf.faces.look.actor import person_of
from vanzelf.faces.resident import facts as my_facts
from vanzelf.faces.resident.cards import award_card, maybe_card, no_card, pending_card
from vanzelf.faces.resident.evidence import beside, held_back, mine
from vanzelf.faces.resident.forms import AnswerForm
from vanzelf.faces.resident.looks import of_others, shown, visits
from vanzelf.faces.resident.questions import open_questions
from vanzelf.faces.resident.why import Why
from vanzelf.faces.resident.year import Year

FEW, MANY = 3, 300


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """What I get, what I may still get, what I do not get, and who looked."""
    person = person_of(request)
    found = awards.overview(person, viewer=person)
    pending = [pending_card(row) for row in found.pending]
    mine = [row for row in found.maybe if question_of(row, person)]
    maybe = [maybe_card(row, mine=row in mine) for row in found.maybe]
    questions = open_questions(mine)
    context = {
        "person": person,
        "lead": _lead(len(found.awards), len(maybe)),
        "year": Year.of(found.awards),
        "awards": [award_card(row) for row in found.awards],
        "pending": [card for card in pending if not card.elsewhere],
        "elsewhere": [card for card in pending if card.elsewhere],
        "questions": questions[:FEW],
        "more_questions": questions[FEW:],
        "unsure": [card for card in maybe if not card.can_answer],
        "not_entitled": [no_card(row) for row in found.not_entitled],
        "visits": visits(of_others(found.looks, person))[:FEW],
    }
    return render(request, "resident/overview.html", context)


def _lead(awarded: int, unsure: int) -> str:
    if awarded:
        return ngettext(
            "Your household gets %(count)s benefit. You need not do anything for it.",
            "Your household gets %(count)s benefits. You need not do anything for them.",
            awarded,
        ) % {"count": awarded}
    if unsure:
        return ngettext(
            "We do not know enough yet of %(count)s right. Your answer would help.",
            "We do not know enough yet of %(count)s rights. Your answer would help.",
            unsure,
        ) % {"count": unsure}
    return _("We check for you what you are entitled to. You need not do anything for it.")


@require_safe
def why(request: HttpRequest, right: str) -> HttpResponse:
    """The steps that led to the answer on one right."""
    found = Why.of(person_of(request), right)
    if found is None:
        raise Http404
    return render(request, "resident/why.html", found.context())


def question(request: HttpRequest, right: str) -> HttpResponse:
    """The one question that would tell, and the place to answer it."""
    person = person_of(request)
    rows = awards.overview(person, viewer=person).maybe
    row = next((row for row in rows if row.right == right), None)
    asked = question_of(row, person) if row else None
    if row is None or asked is None:
        raise Http404
    form = AnswerForm(request.POST or None, request.FILES or None, question=asked, person=person)
    if request.method == "POST" and form.is_valid() and _answered(person, asked, form):
        messages.success(request, _("Thank you. We checked your rights again with your answer."))
        if held_back(form.cleaned_data["evidence"]):
            messages.info(request, _("Your evidence is kept. We still scan it for viruses."))
        return redirect("resident:overview")
    context = {"form": form, "card": maybe_card(row, mine=True)}
    return render(request, "resident/question.html", context, status=422 if form.errors else 200)


def _answered(person: Person, asked: Question, form: AnswerForm) -> bool:
    """Keeps the answer with its evidence, both or neither; what is wrong goes to the form."""
    given = form.cleaned_data["evidence"]
    try:
        with transaction.atomic():
            declare(person=person, question=asked, value=form.value())
            if given is not None:
                beside(person, asked, given)
    except EvidenceError as error:
        form.add_error("evidence", str(error))
        return False
    return True


@require_safe
def facts(request: HttpRequest) -> HttpResponse:
    """What the city knows of me and my household, and from whom."""
    person = person_of(request)
    context = {"known": my_facts.known(person), "evidence": mine(person)}
    return render(request, "resident/facts.html", context)


@require_safe
def looks(request: HttpRequest) -> HttpResponse:
    """Everyone who looked at my data."""
    person = person_of(request)
    found = looks_of(person, limit=MANY)
    others = of_others(found, person)
    context = {
        "visits": visits(others),
        "own": len(found) - len(others),
        "all_looks": [shown(look, person) for look in found],
    }
    return render(request, "resident/looks.html", context)
