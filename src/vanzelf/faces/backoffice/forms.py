"""What the back office fills in: which run, and why something is approved or undone."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from vanzelf.city import clock
from vanzelf.faces.look.forms import Form
from vanzelf.faces.look.language import current
from vanzelf.faces.look.regulations import regulations

LEAST = 20
REASON = {
    "required": gettext_lazy("Write down why, so that a colleague understands it later."),
    "min_length": gettext_lazy("Write at least %(limit_value)s characters."),
}


class StartForm(Form):
    regulation = forms.ChoiceField(label=gettext_lazy("Which right?"))
    on = forms.DateField(
        label=gettext_lazy("For which day?"),
        help_text=gettext_lazy("Day-month-year, for example 15-01-2026."),
        input_formats=["%d-%m-%Y", "%d/%m/%Y", "%Y-%m-%d"],
        widget=forms.DateInput({"autocomplete": "off"}, format="%d-%m-%Y"),
        error_messages={
            "required": gettext_lazy("Fill in a day."),
            "invalid": gettext_lazy("That is not a day. Write it as 15-01-2026."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            (one.id, one.name(current())) for one in regulations().values() if not one.advice_only
        ]
        self.fields["regulation"].choices = choices  # type: ignore[attr-defined]  # a choice field
        self.fields["on"].initial = clock.today()


class ReasonForm(Form):
    reason = forms.CharField(
        label=gettext_lazy("Why?"),
        min_length=LEAST,
        max_length=2000,
        error_messages=REASON,
        widget=forms.Textarea({"rows": 3}),
    )


class RequestForm(Form):
    """Asking approval; a reason only where the run looks unlike the last one."""

    override_reason = forms.CharField(
        label=gettext_lazy(
            "This run differs a lot from the last one. Why is it right all the same?"
        ),
        min_length=LEAST,
        max_length=2000,
        error_messages=REASON,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, *args: Any, breaker: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not breaker:
            del self.fields["override_reason"]


class ApproveForm(Form):
    """Approval is bound to the list as it was shown."""

    list_hash = forms.CharField(widget=forms.HiddenInput)
