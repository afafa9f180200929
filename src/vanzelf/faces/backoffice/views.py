"""The back office: start a run, read its preview, ask approval, approve, undo."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from vanzelf.city.runs import domain, queries
from vanzelf.city.runs.models import Run, SampleDossier, State
from vanzelf.city.runs.states import NotNow
from vanzelf.city.staff.permissions import may
from vanzelf.faces.backoffice import dossiers, inquiries_shown, shown
from vanzelf.faces.backoffice.forms import ApproveForm, ReasonForm, RequestForm, StartForm
from vanzelf.faces.backoffice.preview import Page
from vanzelf.faces.look.actor import staff_of
from vanzelf.faces.look.regulations import regulations

BUSY = {State.PREPARED, State.EVALUATING, State.APPROVED, State.AWARDING}


@require_safe
def runs(request: HttpRequest) -> HttpResponse:
    """Every run, the newest first."""
    context = {
        "runs": [shown.run(one) for one in queries.runs()],
        "can_start": may(staff_of(request), "runs.prepare"),
    }
    return render(request, "backoffice/runs.html", context)


def start(request: HttpRequest) -> HttpResponse:
    """Which right, for which day."""
    form = StartForm(request.POST or None)
    context: dict[str, object] = {"form": form}
    if request.method == "POST" and form.is_valid():
        regulation, on = form.cleaned_data["regulation"], form.cleaned_data["on"]
        context["period"] = regulations()[regulation].period_label(on)
        if "start" in request.POST:
            made = _tried(
                form,
                lambda: domain.prepare(regulation_id=regulation, on=on, by=staff_of(request)),
            )
            if made is not None:
                return redirect("backoffice:run", number=made.pk)
    return render(request, "backoffice/start.html", context, status=422 if form.errors else 200)


@require_safe
def run(request: HttpRequest, number: int) -> HttpResponse:
    """A run where it stands: its progress, or the preview of what would be awarded."""
    found = _run(number)
    staff = staff_of(request)
    if found.state in BUSY or found.state == State.FAILED or not found.list_hash:
        context = shown.progress(found, staff)
        return render(request, "backoffice/progress.html", context)
    page = Page(found, staff)
    form = RequestForm(breaker=page.preview.breaker is not None)
    return render(request, "backoffice/run.html", _preview(found, page, form))


def dossier(request: HttpRequest, number: int, dossier: int) -> HttpResponse:
    """A dossier of the sample, to read; the people in it see that you looked."""
    found = _run(number)
    one = SampleDossier.objects.filter(run=found, number=dossier).first()
    if one is None:
        raise Http404
    staff = staff_of(request)
    if request.method == "POST":
        try:
            domain.mark_read(run=found, dossier=one, by=staff)
        except NotNow as error:
            messages.warning(request, str(error))
        following = dossiers.following(found)
        if following:
            return redirect("backoffice:dossier", number=number, dossier=following)
        return redirect("backoffice:run", number=number)
    return render(request, "backoffice/dossier.html", dossiers.context(found, one, staff))


@require_POST
def request_approval(request: HttpRequest, number: int) -> HttpResponse:
    """Freezes nothing new: asks a second person to look at the frozen list."""
    found = _run(number)
    if not found.list_hash:
        return redirect("backoffice:run", number=number)
    page = Page(found, staff_of(request))
    form = RequestForm(request.POST, breaker=page.preview.breaker is not None)
    if form.is_valid():
        reason = form.cleaned_data.get("override_reason", "")
        asked = _tried(
            form,
            lambda: domain.request_approval(
                run=found, by=staff_of(request), override_reason=reason
            ),
        )
        if asked is not None:
            messages.success(request, _("A colleague can approve it now."))
            return redirect("backoffice:run", number=number)
    return render(request, "backoffice/run.html", _preview(found, page, form), status=422)


def approve(request: HttpRequest, number: int) -> HttpResponse:
    """The second person: reads the frozen list and approves exactly that one."""
    found = _run(number)
    staff = staff_of(request)
    if found.state != State.REQUESTED:
        return redirect("backoffice:run", number=number)
    form = ApproveForm(request.POST or None, initial={"list_hash": found.list_hash})
    if request.method == "POST" and form.is_valid():
        approved = _tried(
            form,
            lambda: domain.approve(run=found, by=staff, list_hash=form.cleaned_data["list_hash"]),
        )
        if approved is not None:
            messages.success(request, _("Approved. The awards are being written."))
            return redirect("backoffice:run", number=number)
    context = {**Page(found, staff).approval(), "form": form}
    status = 422 if form.errors else 200
    return render(request, "backoffice/approve.html", context, status=status)


def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Undo: before approval nothing was awarded; after it the awards end, with the reason."""
    found = _run(number)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        undone = _tried(
            form, lambda: domain.withdraw(run=found, by=staff_of(request), reason=reason)
        )
        if undone is not None:
            messages.success(request, _("Undone. The reason stands with the run."))
            return redirect("backoffice:run", number=number)
    context = {"run": shown.run(found), "form": form, "lead": shown.undo_lead(found)}
    status = 422 if form.errors else 200
    return render(request, "backoffice/withdraw.html", context, status=status)


def _preview(run: Run, page: Page, form: RequestForm) -> dict[str, Any]:
    asked = inquiries_shown.of_run(run)
    return {**page.context(), "request_form": form, "asked": asked}


def _run(number: int) -> Run:
    found = Run.objects.filter(pk=number).first()
    if found is None or found.regulation not in regulations():
        raise Http404
    return found


def _tried(
    form: RequestForm | StartForm | ApproveForm | ReasonForm, act: Callable[[], Run]
) -> Run | None:
    """What the domain function gives; a refusal becomes an error on the form."""
    try:
        return act()
    except (NotNow, ValueError, PermissionDenied) as error:
        form.add_error(None, str(error))
        return None
