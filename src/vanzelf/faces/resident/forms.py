"""A resident's answer to one question, in the kind of answer that the fact asks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vanzelf.city.awards.declaring import Question
from vanzelf.city.evidence.kinds import LARGEST, EvidenceError
from vanzelf.city.evidence.scanning import Received, receive
from vanzelf.city.people.models import Person
from vanzelf.faces.look.forms import Form
from vanzelf.faces.look.regulations import regulations, said
from vanzelf.faces.look.wording import PER

YES_NO = [("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))]


class AnswerForm(Form):
    """One field, made for the fact that is asked, and a file as evidence for who has one.
    `value()` is of that fact's type."""

    def __init__(self, *args: Any, question: Question, person: Person, **kwargs: Any) -> None:
        self.fact = regulations().facts.at(question.path)
        super().__init__(*args, **kwargs)
        field = self.fields["answer"] = _field(self.fact.type, self.fact.values)
        self.fields["evidence"] = forms.FileField(
            label=_("Do you have evidence?"),
            help_text=_("You need not add any. A PDF or a photo, of at most 5 MB."),
            required=False,
            widget=forms.FileInput({"accept": ".pdf,.jpg,.jpeg,.png"}),
            error_messages={"empty": _("This file is empty. Choose another one.")},
        )
        self.dress()
        field.label = said(self.fact.question)
        if question.about and question.about != person:
            field.label = f"{question.about.first_name}: {field.label}"
        field.help_text = _help(self.fact.type, self.fact.per)
        field.error_messages["required"] = _("Give an answer, or go back: you need not answer.")

    def clean_evidence(self) -> Received | None:
        """The file, when it is of a kind that is taken and nothing harmful was found in it."""
        given: UploadedFile[Any] | None = self.cleaned_data["evidence"]
        if given is None:
            return None
        try:
            return receive(name=given.name or "", content=given.read(LARGEST + 1))
        except EvidenceError as error:
            raise forms.ValidationError(str(error)) from None

    def value(self) -> Any:
        """The answer as the fact's type has it; money in euros."""
        answer = self.cleaned_data["answer"]
        return answer == "yes" if self.fact.type == "boolean" else answer


def _field(kind: str, values: tuple[str, ...]) -> forms.Field:
    if kind == "boolean":
        return forms.ChoiceField(choices=YES_NO, widget=forms.RadioSelect)
    if kind in ("money", "number"):
        attributes = {"inputmode": "decimal", "autocomplete": "off"}
        return forms.DecimalField(
            min_value=0,
            max_value=10_000_000,
            decimal_places=2,
            localize=True,
            widget=forms.TextInput(attributes),
        )
    if kind == "date":
        return forms.DateField(widget=forms.TextInput({"autocomplete": "off"}), localize=True)
    if values:
        return forms.ChoiceField(choices=[(v, v) for v in values], widget=forms.RadioSelect)
    return forms.CharField(max_length=100)


def _help(kind: str, per: str | None) -> str:
    if kind == "money":
        period = f" {_(PER[per])}" if per else ""
        return _("In euro%(per)s, for example 650,50.") % {"per": period}
    if kind == "date":
        return _("For example 31-12-2026.")
    return ""
