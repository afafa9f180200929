"""What the officer fills in: when an authorisation ends, and why something changes."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from vanzelf.faces.look.forms import Form

REASON = {
    "required": gettext_lazy("Write down why, so that a colleague understands it later."),
    "min_length": gettext_lazy("Write at least %(limit_value)s characters."),
}


class ReasonForm(Form):
    reason = forms.CharField(
        label=gettext_lazy("Why?"),
        min_length=20,
        max_length=2000,
        error_messages=REASON,
        widget=forms.Textarea({"rows": 3}),
    )


class EndForm(ReasonForm):
    """Another last day; empty is without an end."""

    until = forms.DateField(
        label=gettext_lazy("Last day"),
        required=False,
        help_text=gettext_lazy(
            "Day-month-year, for example 31-01-2027. Leave it empty when there is no end."
        ),
        input_formats=["%d-%m-%Y", "%d/%m/%Y", "%Y-%m-%d"],
        widget=forms.DateInput({"autocomplete": "off"}, format="%d-%m-%Y"),
        error_messages={"invalid": gettext_lazy("That is not a day. Write it as 31-01-2027.")},
    )
    field_order = ("until", "reason")
