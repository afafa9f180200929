"""What was saved: with a name and a note, to read again, compare, print, or put away."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from vanzelf.city import clock
from vanzelf.city.simulations import domain, queries
from vanzelf.city.simulations.basis import NoPopulation, OwnHand
from vanzelf.city.simulations.budget import BudgetSpent
from vanzelf.city.simulations.models import NAME, NOTE, SavedSimulation
from vanzelf.city.simulations.workbench import NotReady
from vanzelf.faces.look.actor import staff_of
from vanzelf.faces.look.forms import Form
from vanzelf.faces.look.paper import effect_pdf
from vanzelf.faces.look.regulations import name_of, regulations
from vanzelf.faces.look.tables import effect_csv
from vanzelf.faces.policy import shown
from vanzelf.faces.policy.asked import AUTO, REMOVED, Asked, KnobError
from vanzelf.faces.policy.drawing import bars, share_map
from vanzelf.faces.policy.files import csv_file, pdf_file
from vanzelf.population.statistics.dimensions import AGE, DECILE, HOUSEHOLD


class SaveForm(Form):
    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=NAME,
        error_messages={"required": gettext_lazy("Give it a name, to find it again.")},
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        help_text=gettext_lazy("Why this change, and what you conclude. You may leave it empty."),
        max_length=NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


def save(request: HttpRequest, right: str) -> HttpResponse:
    """The change of this address, under a name. The numbers stay as they are today."""
    asked = Asked.of(right, request.GET)
    form = SaveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            kept = domain.save(
                by=staff_of(request),
                name=form.cleaned_data["name"],
                note=form.cleaned_data["note"],
                right=asked.right,
                on=asked.on,
                change=asked.change,
            )
        except (KnobError, NotReady, NoPopulation, OwnHand, BudgetSpent, ValueError) as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("policy:saved", number=kept.pk)
    context = {"form": form, "name": name_of(right), "right": right, "query": asked.query}
    return render(request, "policy/save.html", context, status=422 if form.errors else 200)


@require_safe
def saved(request: HttpRequest, number: int) -> HttpResponse:
    """One of them, as it was when it was saved."""
    one = _one(request, number)
    others = [other for other in queries.saved(staff_of(request)) if other.pk != number]
    context = {"one": one, "others": others, **_sides(one)}
    return render(request, "policy/saved.html", context)


def rename(request: HttpRequest, number: int) -> HttpResponse:
    """Another name and note for one of them."""
    one = _one(request, number)
    form = SaveForm(request.POST or None, initial={"name": one.name, "note": one.note})
    if request.method == "POST" and form.is_valid():
        try:
            domain.rename(simulation=one, by=staff_of(request), **form.cleaned_data)
        except ValueError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("policy:saved", number=number)
    context = {"form": form, "one": one}
    return render(request, "policy/rename.html", context, status=422 if form.errors else 200)


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Two of them, side by side."""
    chosen = [
        _one(request, int(text))
        for text in request.GET.getlist("met")
        if text.isascii() and text.isdigit()
    ]
    if len(chosen) != 2:
        messages.warning(request, _("Choose two to compare."))
        return redirect("policy:choose")
    context = {"sides": [{"one": one, **_sides(one)} for one in chosen]}
    return render(request, "policy/compare.html", context)


@require_safe
def table(request: HttpRequest, number: int) -> HttpResponse:
    """Its numbers as CSV."""
    one = _one(request, number)
    return csv_file(one.right, effect_csv(one.effect))


@require_safe
def paper(request: HttpRequest, number: int) -> HttpResponse:
    """It as a document; with another beside it (`met`), a comparison."""
    one = _one(request, number)
    text = request.GET.get("met", "")
    other = _one(request, int(text)).effect if text.isascii() and text.isdigit() else None
    made = effect_pdf(one.effect, regulations()[one.right], other, made=clock.today())
    return pdf_file(one.right, made)


@require_POST
def remove(request: HttpRequest, number: int) -> HttpResponse:
    """Puts it away; the next page can take it back."""
    one = _one(request, number)
    domain.remove(simulation=one, by=staff_of(request))
    request.session[REMOVED] = number
    return redirect("policy:choose")


@require_POST
def restore(request: HttpRequest, number: int) -> HttpResponse:
    """Takes back what was put away."""
    one = queries.find(number, staff_of(request))
    if one is None:
        raise Http404
    domain.restore(simulation=one, by=staff_of(request))
    messages.success(request, _("It is back."))
    return redirect("policy:saved", number=number)


def _one(request: HttpRequest, number: int) -> SavedSimulation:
    found = queries.find(number, staff_of(request))
    if found is None or found.removed_at or found.right not in regulations():
        raise Http404
    return found


def _sides(one: SavedSimulation) -> dict[str, Any]:
    effect = one.effect
    return {
        "right": name_of(one.right),
        **shown.figures(effect, regulations()[one.right]),
        "map": share_map(effect, shown.mapped(effect, AUTO)),
        "bars": [bars(effect, name) for name in (HOUSEHOLD, AGE, DECILE)],
        "places": shown.places(effect),
    }
