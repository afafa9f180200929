"""Closing a contradiction at the counter, and looking at the evidence."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from vanzelf.city.awards.declared import Contradiction, contradictions
from vanzelf.city.awards.models import PointCheck
from vanzelf.city.disputes.domain import ClosedError, report, set_aside
from vanzelf.city.evidence.domain import HeldBackError, look
from vanzelf.city.evidence.queries import of_check
from vanzelf.city.reasons import ReasonError
from vanzelf.city.secrets import ForgottenError
from vanzelf.faces.counter.contradicted import Contradicted, beside
from vanzelf.faces.counter.own import own_check
from vanzelf.faces.counter.shown import checked
from vanzelf.faces.look.actor import staff_of
from vanzelf.faces.look.files import attachment
from vanzelf.faces.look.forms import Form, ReasonField

CLOSE = {"report": report, "set-aside": set_aside}
CHOICES = [
    ("report", gettext_lazy("The source has it wrong: tell the source")),
    ("set-aside", gettext_lazy("The source is right: the answer counts no more")),
]


class DisputeForm(Form):
    """Who is right, and why."""

    how = forms.ChoiceField(
        label=gettext_lazy("Who is right?"),
        choices=CHOICES,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose who is right.")},
    )
    reason = ReasonField(
        label=gettext_lazy("What do you know about it?"),
        help_text=gettext_lazy("The person reads it, and so does the source when it is told."),
        when_empty=gettext_lazy("Write what you know about it."),
    )


def dispute(request: HttpRequest, check: int, number: int) -> HttpResponse:
    """One contradiction, with its evidence, and how it ends."""
    found = own_check(request, check)
    one = _contradiction(request, found, number)
    form = DisputeForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _closed(request, found, one, form):
        messages.success(request, _("Kept. Check again to see what it changes."))
        return redirect("counter:advice", check=check)
    context = {
        "check": checked(found),
        "one": Contradicted.of(one, found),
        "evidence": beside(found),
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "counter/dispute.html", context, status=status)


@require_safe
def evidence(request: HttpRequest, check: int, number: int) -> HttpResponse:
    """A file that lies beside an answer, to save; the person sees that it was looked at."""
    found = own_check(request, check)
    one = of_check(found).filter(pk=number).first()
    if one is None:
        raise Http404
    try:
        content = look(evidence=one, check=found, by=staff_of(request))
    except HeldBackError as error:
        messages.warning(request, str(error))
        return redirect("counter:advice", check=check)
    except ForgottenError:
        raise Http404 from None
    return attachment(content, one.kind, one.name)


def _contradiction(request: HttpRequest, check: PointCheck, number: int) -> Contradiction:
    found = contradictions(check, viewer=staff_of(request))
    one = next((one for one in found if one.number == number), None)
    if one is None:
        raise Http404
    return one


def _closed(request: HttpRequest, check: PointCheck, one: Contradiction, form: DisputeForm) -> bool:
    how, reason = form.cleaned_data["how"], form.cleaned_data["reason"]
    try:
        CLOSE[how](check=check, about=one, by=staff_of(request), reason=reason)
    except ReasonError as error:
        form.add_error("reason", str(error))
    except ClosedError as error:
        form.add_error(None, str(error))
    return not form.errors
