"""The state of the installation in words, and in figures. Neither asks a source anything."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from vanzelf.city.operations import metering
from vanzelf.city.operations.condition import Condition, seen
from vanzelf.city.operations.finding import Area, Level
from vanzelf.city.operations.metrics import CONTENT_TYPE, exposition
from vanzelf.city.operations.tasks import queue_probe
from vanzelf.faces.look.actor import staff_of
from vanzelf.faces.look.condition import AREAS, told


@require_safe
def state(request: HttpRequest) -> HttpResponse:
    """What is in order, what is to be done, and what is broken: the worst first."""
    found = seen(viewer=staff_of(request))
    areas = [_area(found, area) for area in Area if found.of(area)]
    context = {"at": found.at, "lead": _lead(found), "areas": areas}
    return render(request, "operations/state.html", context)


@require_POST
def probe(request: HttpRequest) -> HttpResponse:
    """Lets the worker knock at the sources now; nobody waits for them here."""
    queue_probe(by=staff_of(request))
    messages.success(request, _("We knock at the sources. Look again in a few seconds."))
    return redirect("operations:state")


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Figures in OpenMetrics form, for who has the token or is on this machine."""
    if not metering.lets_in(request.META):
        raise Http404
    return HttpResponse(exposition(), content_type=CONTENT_TYPE)


def _area(found: Condition, area: Area) -> dict[str, object]:
    shown = [told(one) for one in found.of(area)]
    return {
        "id": area,
        "title": _(AREAS[area]),
        "wrong": [one for one in shown if one.level is not Level.WELL],
        "well": [one for one in shown if one.level is Level.WELL],
    }


def _lead(found: Condition) -> str:
    broken, soon = (sum(one.level is level for one in found.findings) for level in LEVELS)
    if broken:
        return _("Broken: %(broken)s. To do: %(soon)s.") % {"broken": broken, "soon": soon}
    if soon:
        return _("Everything works. To do: %(soon)s.") % {"soon": soon}
    return _("Everything works, and there is nothing to do.")


LEVELS = (Level.BROKEN, Level.SOON)
