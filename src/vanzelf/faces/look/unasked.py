"""What no source was asked, in words: no more was wanted of people than was needed."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from vanzelf.faces.look.regulations import fact_name, regulations
from vanzelf.sources.types import Why

WHY = {
    Why.SETTLED: gettext_noop("The outcome was sure without it."),
    Why.BY_FAMILY: gettext_noop("The answer about the family told it."),
    Why.CANNOT_CHANGE: gettext_noop("The answer could not settle what is still open."),
}


class Unasked(NamedTuple):
    """One line for `look/_unasked.html`."""

    what: str
    why: str


def unasked(what: str, why: Why) -> Unasked:
    """In the language of this moment."""
    return Unasked(what, _(WHY[why]))


def source_fact(name: str) -> str:
    """What a fact is called that sources know by its bare name: of a person, or of a household."""
    of_person = f"persoon.{name}"
    return fact_name(of_person if of_person in regulations().facts else f"gezin.{name}")
