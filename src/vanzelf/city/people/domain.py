"""Taking people in: the whole register, or one household from a source."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from django.db import transaction

from vanzelf.city import clock, reasons
from vanzelf.city.people import delivery, register
from vanzelf.city.people.models import PopulationImport
from vanzelf.city.staff.models import StaffMember
from vanzelf.city.staff.permissions import require

SHRINK_PERCENT = 10
"""So much smaller a delivery may be than the one before without a reason; moves and deaths take
some two percent of a city in a quarter."""


class NotFound(LookupError):
    """No source knows this number, and neither do we."""


class NotAnswered(NotFound):
    """We do not know this number, and the sources do not answer now."""


class HasFolder(Protocol):
    """What an import needs of a population: where its files are."""

    @property
    def folder(self) -> Path: ...


class Shrunk(register.RegisterError):
    """A delivery with far fewer people than the one before: it may be half a file."""


def import_population(
    *, population: HasFolder, by: StaffMember | None = None, reason: str = ""
) -> PopulationImport:
    """Takes in a delivery of the register, wholly or not at all; the same one again: nothing.

    Who is known keeps their id; who moved gets a new membership and the old one ends; who is no
    longer delivered belongs to no household any more. Raises RegisterError on a bad delivery, and
    of these Shrunk when more than SHRINK_PERCENT of the people are gone, unless someone (`by`)
    who may take lists in writes down why that is right (ReasonError when it is too short).
    """
    if reason or by:
        if by is None:
            raise ValueError("a reason needs someone who gives it: name a member of staff")
        require(by, "lists.take")
        reason = reasons.written(reason, "waarom er zoveel minder mensen in staan")
    with transaction.atomic(), clock.fixed(clock.now()):  # all of it is known from one moment on
        delivery.lock()
        latest = PopulationImport.objects.order_by("-id").first()
        if latest is not None and latest.digest == register.digest_of(population.folder):
            return latest
        delivered = register.read(population.folder)
        _check_size(latest, delivered, confirmed=bool(reason))
        taken_in = PopulationImport.objects.create(
            digest=delivered.digest,
            persons=len(delivered.persons),
            households=len(delivered.households),
            at=clock.now(),
            by=by,
            reason=reason,
        )
        delivery.take_in(delivered, taken_in)
        return taken_in


def _check_size(
    latest: PopulationImport | None, delivered: register.Register, *, confirmed: bool
) -> None:
    if latest is None or confirmed:
        return
    before, now = latest.persons, len(delivered.persons)
    if (before - now) * 100 > SHRINK_PERCENT * before:
        raise Shrunk(
            f"Er staan {now} mensen in deze levering van het register, en in de vorige {before}."
            " Is het bestand heel? Neem ze anders in gebruik met een reden:"
            " vanzelf register take --by NAAM --because REDEN"
        )
