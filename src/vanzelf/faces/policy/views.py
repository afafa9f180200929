"""What if: choose a right, turn its parameters, and see what it would do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from vanzelf.city import clock
from vanzelf.city.simulations import domain, queries
from vanzelf.city.simulations.basis import NoPopulation, OwnHand
from vanzelf.city.simulations.budget import BudgetSpent
from vanzelf.city.simulations.workbench import NotReady
from vanzelf.faces.look.actor import staff_of
from vanzelf.faces.look.paper import effect_pdf
from vanzelf.faces.look.regulations import regulations, said
from vanzelf.faces.look.tables import effect_csv
from vanzelf.faces.policy import family, shown
from vanzelf.faces.policy.asked import REMOVED, Asked, KnobError
from vanzelf.faces.policy.files import csv_file, pdf_file
from vanzelf.population import NotColumnar
from vanzelf.population.simulation import ChangeError, Effect

REFUSED = (KnobError, ChangeError, NotColumnar, NoPopulation, OwnHand)
DONE, WARMING, SPENT, WRONG = 200, 202, 429, 422


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Which right; and what was saved before."""
    rights = [
        {
            "id": one.id,
            "name": said(one.content.names),
            "authority": said(one.content.authority.names),
        }
        for one in regulations().values()
    ]
    staff = staff_of(request)
    removed = queries.find(request.session.pop(REMOVED, 0), staff)
    context = {"rights": rights, "saved": shown.saved(queries.saved(staff)), "removed": removed}
    return render(request, "policy/choose.html", context)


@require_safe
def workbench(request: HttpRequest, right: str) -> HttpResponse:
    """The sliders with the picture beside them: also without a script, by its button."""
    asked = Asked.of(right, request.GET)
    context = {"name": said(asked.regulation.content.names), **shown.controls(asked)}
    status, found = _found(request, asked)
    if status == DONE:
        found["family"] = _drawn(asked)
    context = {**context, **shown.choices(asked), **found}
    return render(request, "policy/workbench.html", context, status=status)


@require_safe
def picture(request: HttpRequest, right: str) -> HttpResponse:
    """The parts of the workbench that follow a slider."""
    asked = Asked.of(right, request.GET)
    status, found = _found(request, asked)
    return render(request, "policy/_answer.html", {**found, "fresh": True}, status=status)


@require_safe
def line(request: HttpRequest, right: str) -> HttpResponse:
    """The invented family's line, that follows a moment later: nobody's data are in it."""
    asked = Asked.of(right, request.GET)
    try:
        found = {"family": _drawn(asked)}
    except REFUSED:
        found = {}  # the picture says why
    return render(request, "policy/_line.html", found, status=DONE if found else WRONG)


@require_safe
def table(request: HttpRequest, right: str) -> HttpResponse:
    """Every number of this change as CSV."""
    asked = Asked.of(right, request.GET)
    return _file(request, asked, lambda effect: csv_file(right, effect_csv(effect)))


@require_safe
def paper(request: HttpRequest, right: str) -> HttpResponse:
    """This change as a document."""
    asked = Asked.of(right, request.GET)
    regulation, on = asked.regulation, clock.today()
    return _file(
        request,
        asked,
        lambda effect: pdf_file(right, effect_pdf(effect, regulation, made=on)),
    )


def _file(
    request: HttpRequest, asked: Asked, made: Callable[[Effect], HttpResponse]
) -> HttpResponse:
    """A file of the effect; where there is none, the page that says why."""
    try:
        return made(_effect(request, asked))
    except (*REFUSED, NotReady, BudgetSpent):
        return redirect(f"{reverse('policy:workbench', args=[asked.right])}?{asked.query}")


def _drawn(asked: Asked) -> dict[str, Any]:
    return family.drawn(asked.regulation, asked.change, asked.household, asked.on)


def _effect(request: HttpRequest, asked: Asked) -> Effect:
    return domain.try_out(by=staff_of(request), right=asked.right, on=asked.on, change=asked.change)


def _found(request: HttpRequest, asked: Asked) -> tuple[int, dict[str, Any]]:
    """The status and the parts: the effect, or why there is none."""
    about: dict[str, Any] = {"right": asked.right, "query": asked.query}
    try:
        effect = _effect(request, asked)
    except NotReady:
        return WARMING, {**about, "warming": True}
    except BudgetSpent as error:
        return SPENT, {**about, "refused": str(error)}
    except REFUSED as error:
        return WRONG, {**about, "refused": str(error)}
    about["left"] = queries.left(staff_of(request), asked.right).now
    about |= shown.lists([asked.regulation], asked.on)
    return DONE, {**about, **shown.picture(effect, asked)}
