"""The city's own lists: how they stand, a delivery looked at, taken in, and taken back."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST, require_safe

from vanzelf.city.lists import domain, queries
from vanzelf.city.lists.layouts import layout
from vanzelf.city.lists.models import Delivery, State
from vanzelf.city.runs.states import NotNow
from vanzelf.city.staff.models import StaffMember
from vanzelf.faces.backoffice import lists_shown as shown
from vanzelf.faces.backoffice.forms import ReasonForm
from vanzelf.faces.backoffice.lists_forms import DeliverForm, TakeForm, ViewForm
from vanzelf.faces.backoffice.uploading import InMemory
from vanzelf.faces.look.actor import staff_of
from vanzelf.faces.look.language import current
from vanzelf.sources.data import DataError
from vanzelf.sources.lists import Layout
from vanzelf.sources.lists.layout import VIEW
from vanzelf.sources.lists.problems import table

Done = Callable[[], Delivery | None]


@require_safe
def lists(request: HttpRequest) -> HttpResponse:
    """Every list of this city, and whether it still says anything."""
    found = [shown.standing(one) for one in queries.standings()]
    return render(request, "backoffice/lists.html", {"lists": found})


@require_safe
def one_list(request: HttpRequest, name: str) -> HttpResponse:
    """One list: what is in use, and what was delivered before."""
    found = _layout(name)
    standing = next(one for one in queries.standings() if one.layout.name == name)
    context = {
        "list": shown.standing(standing),
        "columns": shown.columns(found),
        "deliveries": [shown.line(one) for one in queries.deliveries(name)],
    }
    return render(request, "backoffice/list.html", context)


@csrf_exempt  # checked below, once the file is sure to stay in memory
def deliver(request: HttpRequest, name: str) -> HttpResponse:
    """A delivery: a file, or the view as it is now. Nothing is in use yet."""
    request.upload_handlers = [InMemory(request)]
    response: HttpResponse = _deliver(request, name)
    return response


@csrf_protect
def _deliver(request: HttpRequest, name: str) -> HttpResponse:
    found, staff = _layout(name), staff_of(request)
    kind = ViewForm if found.format == VIEW else DeliverForm
    form = kind(request.POST or None, request.FILES or None, layout=found)
    if request.method == "POST" and form.is_valid():
        made = _tried(form, lambda: _delivered(name, form, staff))
        if made is not None:
            return redirect("backoffice:delivery", number=made.pk)
    context = {"form": form, "list": found.called(current()), "name": name, **shown.asked(found)}
    return render(
        request, "backoffice/list_deliver.html", context, status=422 if form.errors else 200
    )


def _delivered(name: str, form: DeliverForm | ViewForm, by: StaffMember) -> Delivery:
    complete = form.cleaned_data["complete"] == "yes"
    if not isinstance(form, DeliverForm):
        return domain.read_view(name=name, complete=complete, by=by)
    file = form.cleaned_data["file"]
    return domain.deliver(
        name=name,
        data=file.read(),
        file_name=file.name,
        as_of=form.cleaned_data["as_of"],
        complete=complete,
        by=by,
    )


def delivery(request: HttpRequest, number: int) -> HttpResponse:
    """A delivery: what is wrong with it, or what it would change; and taking it in."""
    found, staff = _delivery(request, number), staff_of(request)
    doubts = queries.doubts(found) if found.state == State.PREVIEW else []
    sent = request.POST if request.method == "POST" else None  # without a doubt it has no fields
    form = TakeForm(sent, doubts=bool(doubts))
    if request.method == "POST" and form.is_valid():
        try:
            domain.take_in(delivery=found, by=staff, reason=form.cleaned_data.get("reason", ""))
        except NotNow as error:  # someone was first: the page shows how it stands
            messages.warning(request, str(error))
            return redirect("backoffice:delivery", number=number)
        except (ValueError, PermissionDenied) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("In use. Checks and runs look in this list from now on."))
            return redirect("backoffice:list", name=found.name)
    problems = queries.problems(found, viewer=staff)
    context = {**shown.delivery(found, problems, doubts), "form": form}
    return render(request, "backoffice/list_delivery.html", context, status=_status(form))


@require_POST
def discard(request: HttpRequest, number: int) -> HttpResponse:
    """It is not taken in; what it held goes."""
    found = _delivery(request, number)
    try:
        domain.discard(delivery=found, by=staff_of(request))
    except NotNow as error:
        messages.warning(request, str(error))
        return redirect("backoffice:delivery", number=number)
    messages.success(request, _("Thrown away. Nothing changed."))
    return redirect("backoffice:list", name=found.name)


@require_safe
def problems(request: HttpRequest, number: int) -> HttpResponse:
    """Everything that is wrong with a delivery, to hand back to who made it."""
    found = _delivery(request, number)
    rows = shown.problem_rows(queries.problems(found, viewer=staff_of(request)))
    text = table((_("Row"), _("Column"), _("What to do")), rows)
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{found.name}-{number}.csv"'
    return response


def undo(request: HttpRequest, number: int) -> HttpResponse:
    """Back to the delivery before this one, with a reason."""
    found = _delivery(request, number)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason, staff = form.cleaned_data["reason"], staff_of(request)
        if _tried(form, lambda: (domain.undo(delivery=found, by=staff, reason=reason), found)[1]):
            messages.success(request, _("Taken back. The reason stands with the delivery."))
            return redirect("backoffice:list", name=found.name)
    context = {"delivery": shown.line(found), "name": found.name, "form": form}
    context |= {"list": layout(found.name).called(current())}
    return render(request, "backoffice/list_undo.html", context, status=_status(form))


def _layout(name: str) -> Layout:
    try:
        return layout(name)
    except LookupError:
        raise Http404 from None


def _delivery(request: HttpRequest, number: int) -> Delivery:
    found = queries.delivery(number, viewer=staff_of(request))
    if found is None:
        raise Http404
    _layout(found.name)
    return found


def _tried(form: DeliverForm | ViewForm | TakeForm | ReasonForm, act: Done) -> Delivery | None:
    """What the domain function gives; a refusal becomes an error on the form."""
    try:
        return act()
    except (NotNow, ValueError, DataError, PermissionDenied) as error:
        form.add_error(None, str(error))
        return None


def _status(form: TakeForm | ReasonForm) -> int:
    return 422 if form.errors else 200
