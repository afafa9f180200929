"""A resident's own evidence: beside an answer, in a list, to look at and to take away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from vanzelf.city.awards.declaring import Question
from vanzelf.city.evidence import domain
from vanzelf.city.evidence.kinds import EvidenceError
from vanzelf.city.evidence.models import Evidence, Scan
from vanzelf.city.evidence.queries import of_person
from vanzelf.city.evidence.scanning import Received
from vanzelf.city.people.models import Person
from vanzelf.city.secrets import ForgottenError
from vanzelf.city.verdicts.sealing import bare
from vanzelf.faces.look.actor import person_of
from vanzelf.faces.look.files import attachment
from vanzelf.faces.look.regulations import fact_name


@dataclass(frozen=True)
class Shown:
    number: int
    name: str
    fact: str
    at: datetime
    until: date
    can_go: bool
    opens: bool
    harmful: bool


def mine(person: Person) -> list[Shown]:
    """What this resident added, the latest first."""
    return [
        Shown(
            number=one.pk,
            name=one.name,
            fact=capfirst(fact_name(one.fact)),
            at=one.at,
            until=one.until,
            can_go=one.seen_at is None,
            opens=one.opens,
            harmful=one.scan == Scan.HARMFUL,
        )
        for one in of_person(person)
    ]


def beside(person: Person, asked: Question, file: Received) -> None:
    """Adds a file to the answer on a question. Raises `EvidenceError`."""
    section = "persoon" if asked.about else "gezin"
    fact = f"{section}.{bare(asked.path).rpartition('.')[2]}"
    domain.add(by=person, fact=fact, about=asked.about, file=file)


def held_back(file: Received | None) -> bool:
    """Whether a file that was handed in waits for the scanner."""
    return file is not None and file.scan == Scan.WAITING


@require_safe
def look(request: HttpRequest, number: int) -> HttpResponse:
    """The file, to save."""
    found = _own(request, number)
    try:
        content = domain.own(evidence=found, by=person_of(request))
    except domain.HeldBackError as error:
        messages.warning(request, str(error))
        return redirect("resident:facts")
    except ForgottenError:
        raise Http404 from None
    return attachment(content, found.kind, found.name)


@require_POST
def remove(request: HttpRequest, number: int) -> HttpResponse:
    """Takes it away, as long as nobody of the city looked at it."""
    found = _own(request, number)
    try:
        domain.remove(by=person_of(request), evidence=found)
        messages.success(request, _("Your evidence is removed."))
    except EvidenceError as error:
        messages.error(request, str(error))
    return redirect("resident:facts")


def _own(request: HttpRequest, number: int) -> Evidence:
    """Anyone else's is not there."""
    found = of_person(person_of(request)).filter(pk=number).first()
    if found is None:
        raise Http404
    return found
