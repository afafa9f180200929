"""Tags and filters that every page may use: `{% load look %}`."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.utils.safestring import SafeString

from vanzelf.faces.look import icons, wording

register = template.Library()

MARKS = {"yes": "yes", "unknown": "ask", "no": "no"}


@register.simple_tag
def icon(name: str) -> SafeString:
    """One of the drawn marks."""
    return icons.icon(name)


@register.filter
def mark(outcome: object) -> str:
    """The mark of an outcome (YES, NO, UNKNOWN, in any form): yes, no or ask."""
    return MARKS[str(outcome).lower()]


@register.filter
def euro(cents: int | None) -> str:
    """Euro cents as money."""
    return "" if cents is None else wording.euro(cents)


@register.filter
def euro_short(cents: int | None) -> str:
    """A large sum in millions."""
    return "" if cents is None else wording.euro_short(cents)


@register.filter
def number(value: int | Decimal | None) -> str:
    """A whole number with its thousands apart."""
    return "" if value is None else wording.number(value)


@register.filter
def signed(value: int) -> str:
    """A difference with its sign."""
    return wording.signed(value)


@register.filter
def day(value: date | datetime | None) -> str:
    """A day in words."""
    return "" if value is None else wording.day(value)


@register.filter
def moment(value: datetime | None) -> str:
    """A day and an hour in words."""
    return "" if value is None else wording.moment(value)


@register.inclusion_tag("look/_tag.html")
def tag(kind: str, word: str) -> dict[str, Any]:
    """A state as mark, word and colour; `kind` is yes, ask, no or stop."""
    return {"kind": kind, "word": word}
