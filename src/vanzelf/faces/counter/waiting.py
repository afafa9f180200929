"""While the sources are asked: where it stands, leaving and coming back, and stopping it.

No page here waits for a source itself: a worker asks, these pages show how far it is.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from vanzelf.city.checks.domain import cancel
from vanzelf.city.checks.models import CheckRequest, State
from vanzelf.city.checks.queries import request_of
from vanzelf.faces.counter.waited import waited
from vanzelf.faces.look.actor import staff_of


@require_safe
def waiting(request: HttpRequest, number: int) -> HttpResponse:
    """What a check waits for; its advice as soon as that is there."""
    found = _own(request, number)
    if found.state == State.DONE and found.check_ref_id:
        return redirect("counter:advice", check=found.check_ref_id)
    return render(request, "counter/waiting.html", {"asked": waited(found)})


@require_POST
def stop(request: HttpRequest, number: int) -> HttpResponse:
    """Stops it; when it was just answered, the answer is shown."""
    cancel(request=_own(request, number), by=staff_of(request))
    return redirect("counter:waiting", number=number)


def _own(request: HttpRequest, number: int) -> CheckRequest:
    """The request, when this clerk made it; anyone else's is not there."""
    found = request_of(staff_of(request), number)
    if found is None:
        raise Http404
    return found
