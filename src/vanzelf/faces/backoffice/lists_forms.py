"""What is filled in to deliver a list and to take it in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from vanzelf.city import clock
from vanzelf.faces.backoffice.forms import ReasonForm
from vanzelf.faces.look.forms import Form
from vanzelf.sources.lists import Layout
from vanzelf.sources.lists.layout import XLSX

COMPLETE = (
    ("yes", gettext_lazy("Everyone: who is not on the list, does not have it")),
    ("no", gettext_lazy("Some: of who is not on the list, we know nothing")),
)
ACCEPT = {XLSX: ".xlsx"}


class ViewForm(Form):
    """The view as it is now."""

    complete = forms.ChoiceField(
        label=gettext_lazy("Who is on the list?"),
        choices=COMPLETE,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose who is on the list.")},
    )

    def __init__(self, *args: Any, layout: Layout, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.layout = layout


class DeliverForm(ViewForm):
    """A file, and of which day it is."""

    file = forms.FileField(
        label=gettext_lazy("Which file?"),
        max_length=255,
        error_messages={
            "required": gettext_lazy("Choose the file with the list; 64 MB at most."),
            "empty": gettext_lazy("This file is empty: even a list of nobody has a header."),
        },
    )
    as_of = forms.DateField(
        label=gettext_lazy("Of which day is the list?"),
        help_text=gettext_lazy("Day-month-year, for example 15-01-2026."),
        input_formats=["%d-%m-%Y", "%d/%m/%Y", "%Y-%m-%d"],
        widget=forms.DateInput({"autocomplete": "off"}, format="%d-%m-%Y"),
        error_messages={
            "required": gettext_lazy("Fill in a day."),
            "invalid": gettext_lazy("That is not a day. Write it as 15-01-2026."),
        },
    )
    field_order = ("file", "as_of", "complete")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = ACCEPT.get(self.layout.format, ".csv,.txt")
        self.fields["as_of"].initial = clock.today()


class TakeForm(ReasonForm):
    """A reason only where something asks for it."""

    def __init__(self, *args: Any, doubts: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if doubts:
            self.fields["reason"].label = gettext_lazy("Why is the list right all the same?")
        else:
            del self.fields["reason"]
