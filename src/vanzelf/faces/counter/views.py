"""At the counter: check one person, read the advice with its reasons, decide."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vanzelf.city import clock
from vanzelf.city.awards import domain
from vanzelf.city.awards import queries as awards
from vanzelf.city.awards.held import standing
from vanzelf.city.awards.models import Advice, PointCheck
from vanzelf.city.awards.undoing import undo as take_back
from vanzelf.city.checks import domain as checks
from vanzelf.city.checks.queries import open_requests, request_of
from vanzelf.city.reasons import ReasonError
from vanzelf.faces.counter.card import SAID, asking_helper, helper
from vanzelf.faces.counter.contradicted import beside, contradicted
from vanzelf.faces.counter.forms import CheckForm, DecisionForm, UndoForm
from vanzelf.faces.counter.own import own_check
from vanzelf.faces.counter.shown import (
    advice_card,
    checked,
    decided,
    grouped,
    had,
    lead,
    missing,
    not_asked,
)
from vanzelf.faces.counter.waited import waited
from vanzelf.faces.look.actor import staff_of
from vanzelf.faces.look.cards import elsewhere
from vanzelf.faces.look.regulations import regulations, said
from vanzelf.faces.look.tree import explained


def search(request: HttpRequest) -> HttpResponse:
    """Whom, why and which rights. The number goes in the body, never in an address.

    The sources are asked by a worker; the next page shows how far it is.
    """
    form = CheckForm(request.POST or None, initial=_again(request))
    if request.method == "POST" and form.is_valid():
        try:
            asked = checks.ask(
                insz=form.cleaned_data["insz"],
                on=clock.today(),
                by=staff_of(request),
                reason=form.cleaned_data["reason"],
                rights=form.cleaned_data["rights"],
            )
            return redirect("counter:waiting", number=asked.pk)
        except ReasonError as error:
            form.add_error("reason", str(error))
    status = 422 if form.is_bound else 200
    card = {"helper": helper(), "today": clock.today().isoformat(), "said": SAID}
    context = {"form": form, "card": card}
    return asking_helper(render(request, "counter/search.html", context, status=status))


@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """The checks that this clerk made today, and what they still wait for."""
    staff, day = staff_of(request), clock.today()
    context = {
        "open": [waited(one) for one in open_requests(staff, on=day)],
        "checks": [checked(one) for one in awards.checks_of(staff, on=day)],
    }
    return render(request, "counter/today.html", context)


@require_safe
def advice(request: HttpRequest, check: int) -> HttpResponse:
    """The advice per right, what can be awarded first."""
    found = own_check(request, check)
    context = {
        "check": checked(found),
        "lead": lead(found),
        "contradicted": contradicted(found, staff_of(request)),
        "evidence": beside(found),
        "groups": grouped(found),
    }
    return render(request, "counter/advice.html", context)


def decide(request: HttpRequest, check: int, number: int) -> HttpResponse:
    """One advice with its steps, and the decision on it."""
    found = own_check(request, check)
    one = _advice(found, number)
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _decided(request, one, form):
        return redirect("counter:decide", check=check, number=number)
    return render(
        request,
        "counter/decide.html",
        _context(request, found, one, form),
        status=422 if form.errors else 200,
    )


def undo(request: HttpRequest, check: int, number: int) -> HttpResponse:
    """Taking back an award of today; what to do instead when that is not possible."""
    found = own_check(request, check)
    one = _advice(found, number)
    staff = staff_of(request)
    last = one.decisions.filter(kind="award").order_by("-id").first()
    if last is None:
        raise Http404
    form = UndoForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            take_back(decision=last, by=staff, reason=form.cleaned_data["reason"])
            messages.success(request, _("Undone. You can decide again."))
            return redirect("counter:decide", check=check, number=number)
        except (ValueError, PermissionDenied) as error:
            form.add_error(None, str(error))
    context = {
        "check": checked(found),
        "card": advice_card(one),
        "decision": decided(last, staff),
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "counter/undo.html", context, status=status)


def _again(request: HttpRequest) -> dict[str, object]:
    """What was filled in for a check that came to nothing; not the number: that is gone."""
    before = request.GET.get("opnieuw", "")
    found = request_of(staff_of(request), int(before)) if before.isdecimal() else None
    return {"reason": found.reason, "rights": found.rights} if found else {}


def _advice(check: PointCheck, number: int) -> Advice:
    """The advice of this check with this number."""
    one = check.advices.filter(pk=number).first()
    if one is None or one.right not in regulations():
        raise Http404
    return one


def _decided(request: HttpRequest, one: Advice, form: DecisionForm) -> bool:
    try:
        domain.decide(
            advice=one,
            by=staff_of(request),
            decision=form.cleaned_data["decision"],
            motivation=form.cleaned_data["motivation"].strip(),
        )
    except ValueError as error:
        form.add_error(None, str(error))
        return False
    messages.success(request, _("Decided. The person can see it from now on."))
    return True


def _context(
    request: HttpRequest, found: PointCheck, one: Advice, form: DecisionForm
) -> dict[str, object]:
    regulation = regulations()[one.right]
    data = awards.why(one, viewer=staff_of(request))
    staff = staff_of(request)
    decisions = [decided(decision, staff) for decision in one.decisions.order_by("id")]
    has = had(one)
    return {
        "check": checked(found),
        "card": advice_card(one),
        "contradicted": contradicted(found, staff, one.right),
        "nodes": explained(regulation, data) if data else [],
        "missing": missing(one),
        "left": not_asked(one),
        "decisions": decisions,
        "had": has,
        "form": None if has or standing(one).exists() or regulation.advice_only else form,
        "elsewhere": elsewhere(regulation),
        "appeal": said(regulation.authority.appeal_clause),
    }
