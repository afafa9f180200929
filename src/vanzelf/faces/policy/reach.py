"""Reach: who is entitled to each right, who gets it and who misses it, and what it would cost."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from vanzelf.city import clock
from vanzelf.city.simulations import reach as reports
from vanzelf.city.simulations.basis import NoPopulation, OwnHand
from vanzelf.faces.look.actor import staff_of
from vanzelf.faces.look.paper import report_pdf
from vanzelf.faces.look.regulations import regulations
from vanzelf.faces.look.tables import report_csv
from vanzelf.faces.policy import reach_shown, shown
from vanzelf.faces.policy.files import csv_file, pdf_file
from vanzelf.population.simulation import Report

REACH, ALL = "bereik", "alle-rechten"


@require_safe
def rights(request: HttpRequest) -> HttpResponse:
    """All rights beside each other."""
    try:
        found = reports.reach(staff_of(request))
    except NoPopulation as error:
        return render(request, "policy/reach.html", {"nothing": str(error)})
    except OwnHand as error:
        return render(request, "policy/reach.html", {"refused": str(error)}, status=403)
    return render(request, "policy/reach.html", {**reach_shown.overview(found), **_lists(found)})


@require_safe
def right(request: HttpRequest, right: str) -> HttpResponse:
    """One right: how many, where, and of which households most miss it."""
    found = _of(request, right)
    context = {**reach_shown.one(found), **_lists(found)}
    return render(request, "policy/reach_right.html", context)


@require_safe
def table(request: HttpRequest, right: str = "") -> HttpResponse:
    """Every number as CSV, of all rights or of one."""
    return csv_file(right or ALL, report_csv(_of(request, right)), REACH)


@require_safe
def paper(request: HttpRequest, right: str = "") -> HttpResponse:
    """The same as a document."""
    made = report_pdf(_of(request, right), regulations(), made=clock.today())
    return pdf_file(right or ALL, made, REACH)


def _lists(report: Report) -> dict[str, Any]:
    """The own lists that these rights looked at."""
    chosen = [regulations()[one.right] for one in report.rights if one.right in regulations()]
    return shown.lists(chosen, report.on)


def _of(request: HttpRequest, right: str) -> Report:
    """The report, of one right if that is asked; else Http404."""
    try:
        found = reports.reach(staff_of(request))
    except (NoPopulation, OwnHand):
        raise Http404 from None
    chosen = tuple(one for one in found.rights if right in ("", one.right))
    if not chosen:
        raise Http404
    return replace(found, rights=chosen)
