"""Everyone asked in stages: how it stands, what was not asked and why, and stopping it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vanzelf.city.inquiries import domain, queries
from vanzelf.city.inquiries.models import Inquiry
from vanzelf.city.runs.states import NotNow
from vanzelf.city.staff.permissions import may
from vanzelf.faces.backoffice import inquiries_shown as shown
from vanzelf.faces.backoffice.forms import ReasonForm
from vanzelf.faces.look.actor import staff_of


@require_safe
def inquiries(request: HttpRequest) -> HttpResponse:
    """Every inquiry, the newest first."""
    found = [shown.line(one) for one in queries.inquiries()]
    return render(request, "backoffice/inquiries.html", {"inquiries": found})


@require_safe
def inquiry(request: HttpRequest, number: int) -> HttpResponse:
    """Its stages, what it waits for, and what was left out."""
    found = _inquiry(number)
    may_stop = may(staff_of(request), "bulk.order") and not found.ended
    return render(
        request, "backoffice/inquiry.html", {**shown.context(found), "may_stop": may_stop}
    )


def stop(request: HttpRequest, number: int) -> HttpResponse:
    """Asks nothing more, with the reason."""
    found = _inquiry(number)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            domain.stop(inquiry=found, by=staff_of(request), reason=reason)
        except (NotNow, ValueError, PermissionDenied) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Stopped. What was sent is still taken in."))
            return redirect("backoffice:inquiry", number=number)
    context = {"inquiry": shown.line(found), "form": form}
    status = 422 if form.errors else 200
    return render(request, "backoffice/inquiry_stop.html", context, status=status)


def _inquiry(number: int) -> Inquiry:
    found = Inquiry.objects.select_related("by", "stopped_by").filter(pk=number).first()
    if found is None:
        raise Http404
    return found
