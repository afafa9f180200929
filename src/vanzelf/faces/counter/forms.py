"""What a clerk fills in: whom, why, which rights; and a decision with its motivation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from vanzelf.faces.look.forms import LEAST, Form, ReasonField
from vanzelf.faces.look.language import current
from vanzelf.faces.look.regulations import regulations
from vanzelf.sources.insz import InszError, parse

ERRORS = {
    "characters": gettext_noop("A national number has only digits. Leave out letters."),
    "length": gettext_noop("A national number has 11 digits. Count them again."),
    "date": gettext_noop("The first six digits are not a date of birth. Check them again."),
    "test-number": gettext_noop("This number is of an invented person and only works in a demo."),
    "check-digits": gettext_noop("The last two digits do not fit the others. Is there a typo?"),
}
DECISIONS = [
    ("award", gettext_lazy("Award: the person gets it")),
    ("ask", gettext_lazy("Ask more: we wait for an answer")),
    ("refuse", gettext_lazy("Refuse: the person does not get it, and gets your reason")),
]


class CheckForm(Form):
    insz = forms.CharField(
        label=gettext_lazy("National number"),
        help_text=gettext_lazy("Eleven digits; spaces, dots and dashes may stay."),
        max_length=40,
        error_messages={"required": gettext_lazy("Fill in a national number.")},
        widget=forms.TextInput(
            {"inputmode": "numeric", "autocomplete": "off", "spellcheck": "false"}
        ),
    )
    reason = forms.CharField(
        label=gettext_lazy("Why do you look?"),
        help_text=gettext_lazy("The person reads this: for example “came to the counter”."),
        max_length=200,
        min_length=5,
        error_messages={
            "required": gettext_lazy("Write why you look: the person will read it."),
            "min_length": gettext_lazy("Write a little more: the person must understand it."),
        },
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    rights = forms.MultipleChoiceField(
        label=gettext_lazy("Which rights?"),
        error_messages={"required": gettext_lazy("Choose at least one right.")},
        widget=forms.CheckboxSelectMultiple({"columns": True}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(one.id, one.name(current())) for one in regulations().values()]
        self.fields["rights"].choices = choices  # type: ignore[attr-defined]  # a choice field
        self.fields["rights"].initial = [right for right, _name in choices]

    def clean_insz(self) -> str:
        """The eleven digits, when they can be a number."""
        try:
            typed = self.cleaned_data["insz"]
            return parse(typed, allow_test=settings.VANZELF_DEMO).number
        except InszError as error:
            raise ValidationError(_(ERRORS[error.code])) from None


class DecisionForm(Form):
    decision = forms.ChoiceField(
        label=gettext_lazy("What do you decide?"),
        choices=DECISIONS,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what you decide.")},
    )
    motivation = ReasonField(
        help_text=gettext_lazy("Needed when you refuse. The person reads it: write it for them."),
        required=False,
        min_length=None,  # only a refusal asks for so many
    )

    def clean(self) -> dict[str, Any]:
        """A refusal needs a reason in words."""
        data = super().clean() or {}
        if data.get("decision") == "refuse" and len(data.get("motivation", "").strip()) < LEAST:
            self.add_error(
                "motivation",
                _("Write in at least %(least)s characters why you refuse.") % {"least": LEAST},
            )
        return data


class UndoForm(Form):
    """Why an award is taken back."""

    reason = ReasonField(
        help_text=gettext_lazy("The person reads it: write it for them."),
        when_empty=gettext_lazy("Write why you take it back: the person will read it."),
    )
