"""Forms in the design system's markup, with a summary of errors that says what to do."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

LEAST = 20  # characters of a written reason; the database asks the same

CLASSES = {
    "text": "utrecht-textbox utrecht-textbox--html-input",
    "number": "utrecht-textbox utrecht-textbox--html-input",
    "date": "utrecht-textbox utrecht-textbox--html-input",
    "textarea": "utrecht-textarea utrecht-textarea--html-textarea",
    "select": "utrecht-select utrecht-select--html-select",
}


class Renderer(DjangoTemplates):
    form_template_name = "look/form.html"
    field_template_name = "look/field.html"


class Form(forms.Form):
    """A form of ours: `{{ form }}` renders the summary of errors and every field."""

    default_renderer = Renderer
    required_css_class = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The browser's own bubbles are in its language and vanish; our summary stays.
        self.use_required_attribute = False
        self.dress()

    def dress(self) -> None:
        """Gives every control the classes of the design system."""
        for field in self.fields.values():
            kind = getattr(field.widget, "input_type", None) or type(field.widget).__name__.lower()
            if kind in CLASSES:
                field.widget.attrs.setdefault("class", CLASSES[kind])


class ReasonField(forms.CharField):
    """Why someone does something, in words that another reads: at least LEAST characters.
    `when_empty` says
       what is missing."""

    def __init__(self, *, when_empty: str | Promise | None = None, **kwargs: Any) -> None:
        said: dict[str, str | Promise] = {
            "min_length": gettext_lazy("Write at least %(limit_value)s characters.")
        }
        if when_empty is not None:
            said["required"] = when_empty
        given = {
            "label": gettext_lazy("Why?"),
            "min_length": LEAST,
            "max_length": 2000,
            "error_messages": said,
            "widget": forms.Textarea({"rows": 4}),
        }
        super().__init__(**{**given, **kwargs})
