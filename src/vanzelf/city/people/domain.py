"""Taking people in: the whole register, or one household from a source."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from django.db import transaction

from vanzelf.city import clock
from vanzelf.city.people import delivery, register
from vanzelf.city.people.models import PopulationImport


class NotFound(LookupError):
    """No source knows this number, and neither do we."""


class NotAnswered(NotFound):
    """We do not know this number, and the sources do not answer now."""


class HasFolder(Protocol):
    """What an import needs of a population: where its files are."""

    @property
    def folder(self) -> Path: ...


def import_population(*, population: HasFolder) -> PopulationImport:
    """Takes in a delivery of the register, wholly or not at all; the same one again: nothing.

    Who is known keeps their id; who moved gets a new membership and the old one ends; who is no
    longer delivered belongs to no household any more. Raises RegisterError on a bad delivery.
    """
    with transaction.atomic(), clock.fixed(clock.now()):  # all of it is known from one moment on
        delivery.lock()
        latest = PopulationImport.objects.order_by("-id").first()
        if latest is not None and latest.digest == register.digest_of(population.folder):
            return latest
        delivered = register.read(population.folder)
        taken_in = PopulationImport.objects.create(
            digest=delivered.digest,
            persons=len(delivered.persons),
            households=len(delivered.households),
            at=clock.now(),
        )
        delivery.take_in(delivered, taken_in)
        return taken_in
