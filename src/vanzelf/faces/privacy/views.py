"""Authorisations: which hold, which run out, what stops then, and what was asked under each."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from vanzelf.city import clock
from vanzelf.city.lawfulness import domain, queries
from vanzelf.city.lawfulness.needs import lost, needed
from vanzelf.city.regulations import regulations
from vanzelf.faces.look.actor import staff_of
from vanzelf.faces.privacy import shown
from vanzelf.faces.privacy.forms import EndForm, ReasonForm
from vanzelf.sources.data import DataError


def authorisations(request: HttpRequest) -> HttpResponse:
    """Every authorisation with its state; while they stand in a file only, taking them in."""
    staff = staff_of(request)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            domain.take_in(file=queries.named_file(), by=staff, reason=form.cleaned_data["reason"])
        except (ValueError, DataError) as error:
            form.add_error("reason", str(error))
        else:
            messages.success(request, _("Taken in. From now on they are kept here."))
            return redirect("privacy:authorisations")
    try:
        found = queries.in_force()
    except DataError as error:  # then nothing is asked at all; the officer must know why
        context: dict[str, Any] = {"problem": str(error)}
        return render(request, "privacy/authorisations.html", context, status=503)
    context = {
        **shown.overview(found, queries.asked(viewer=staff), clock.today()),
        "in_file": queries.taken_in() is None,
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "privacy/authorisations.html", context, status=status)


def authorisation(request: HttpRequest, reference: str) -> HttpResponse:
    """One authorisation: what it covers, what stops without it, what was asked, who changed it."""
    staff, today = staff_of(request), clock.today()
    found = queries.in_force()
    one = next((each for each in found.all if each.reference == reference), None)
    if one is None:
        raise Http404
    versions = queries.history(reference, viewer=staff)
    form = EndForm(request.POST or None, initial={"until": one.valid_until})
    if request.method == "POST" and form.is_valid():
        try:
            domain.change_end(reference=reference, by=staff, **form.cleaned_data)
        except (ValueError, LookupError) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Changed. The reason stands with it."))
            return redirect("privacy:authorisation", reference=reference)
    context = {
        **shown.authorisation(one, found, today),
        "losses": shown.losses(lost(one, found.all, today, needed(regulations()))),
        "asked": shown.asked(queries.asked_of(reference, viewer=staff)),
        "versions": shown.versions(versions),
        "form": form if versions else None,
    }
    status = 422 if form.errors else 200
    return render(request, "privacy/authorisation.html", context, status=status)
