"""Taking back by file, when there are more than go by message: what waits is put in files.

Who is in a file is told nothing by message until it was answered or its term is past: a message
that overtakes a file would be undone by it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from secrets import token_hex

from django.db import transaction
from django.db.models import F, Q, QuerySet

from vanzelf.city import clock
from vanzelf.city.bulk.looks import log
from vanzelf.city.database import advisory_lock
from vanzelf.city.people.models import InszAlias
from vanzelf.city.registrations.grounds import Grounds, Identity
from vanzelf.city.registrations.models import LOCK, OUT_OF, DeregistrationFile, Registration
from vanzelf.sources import Endpoints, NoAuthorisation, Reason
from vanzelf.sources.lawfulness import Permit
from vanzelf.sources.magda.bulk import BulkSettings, file_names
from vanzelf.sources.magda.bulk.deregistrations import PREFIX
from vanzelf.sources.magda.registreer_uitschrijving import SERVICE

REASON = f"Uitgeschreven per bestand ({SERVICE.name})."


def line_reference(file: DeregistrationFile, line: int) -> str:
    """By which MAGDA knows one line of a file."""
    return f"{file.reference}-{line:06d}"


def file_what_waits(*, endpoints: Endpoints, settings: BulkSettings) -> int:
    """Puts what is to be taken back in files, when it is more persons than go by message; returns
    how many registrations. Sends nothing.

    Each file is made wholly or not at all; whom it is about sees it in the log before it is sent.
    While someone else plans or tells, nothing happens. Raises `DataError` when the authorisations
    cannot be read.
    """
    begun = clock.now()
    with advisory_lock(LOCK) as mine:
        if not mine:
            return 0
        give_up(begun)
        persons = _waiting(begun).values("person").distinct().count()
        if persons <= settings.by_message:
            return 0
        filer = _Filer(Grounds(endpoints, clock.today()), settings, begun)
        return sum(filer.file(right, identity) for right, identity in _kinds(begun))


def give_up(now: datetime) -> int:
    """Lets go of who is in a file that was not answered in time; returns how many registrations.
    They are told anew; an answer that comes later still counts."""
    with transaction.atomic():
        late = DeregistrationFile.objects.filter(ended_at=None, until__lte=now)
        rows = Registration.objects.filter(file__in=late, ended_at=None)
        let_go = rows.update(file=None, problem=str(Reason.NOT_ANSWERED))
        late.update(ended_at=now)
    return let_go


def _waiting(begun: datetime) -> QuerySet[Registration]:
    """What is to be taken back, is in no file, and was not tried since."""
    not_yet = Q(tried_at=None) | Q(tried_at__lt=begun)
    return Registration.objects.filter(not_yet, ended_at=None, file=None).exclude(ending="")


def _kinds(begun: datetime) -> Iterator[tuple[str, Identity]]:
    """What goes together: one right, under one identity."""
    names = ("right", "identification", "capacity")
    for right, *identity in _waiting(begun).values_list(*names).order_by(*names).distinct():
        yield right, (identity[0], identity[1])


class _Filer:
    def __init__(self, grounds: Grounds, settings: BulkSettings, begun: datetime) -> None:
        self._grounds, self._settings, self._begun = grounds, settings, begun

    def file(self, right: str, identity: Identity) -> int:
        """Files of all that waits for a right under an identity; returns how many."""
        permit = self._permit(right, identity)
        rows = _waiting(self._begun).filter(
            right=right, identification=identity[0], capacity=identity[1]
        )
        if permit is None:
            self._not_now(rows, Reason.NO_AUTHORISATION)
            return 0
        filed, some = 0, rows.order_by("person_id", "pk").values_list("pk", "person_id")
        while batch := dict(some[: self._settings.persons_per_file]):
            filed += self._one(batch, right, identity, permit)
        return filed

    def _permit(self, right: str, identity: Identity) -> Permit | None:
        permit = self._grounds.of(right).get(identity)
        try:
            if permit is not None:
                permit.check(SERVICE.name, clock.today())
        except NoAuthorisation:
            return None
        return permit

    @transaction.atomic
    def _one(self, batch: dict[int, int], right: str, identity: Identity, permit: Permit) -> int:
        """One file of these registrations, each with its person."""
        numbered = set(_in_use().filter(person__in=batch.values()).values_list("person", flat=True))
        lines = [pk for pk, person in batch.items() if person in numbered]
        nameless = Registration.objects.filter(pk__in=batch.keys() - set(lines))
        self._not_now(nameless, Reason.IDENTITY)
        if not lines:
            return 0
        names = DeregistrationFile.objects.order_by("-name").values_list("name", flat=True)
        (name,) = file_names(PREFIX, self._begun, 1, after=names.first() or "")
        file = DeregistrationFile.objects.create(
            reference=token_hex(10),
            name=name,
            identification=identity[0],
            capacity=identity[1],
            authorisation=permit.authorisation.reference,
            registrations=lines,
            outcomes=[""] * len(lines),
            at=self._begun,
            until=self._begun + timedelta(days=self._settings.answer_within),
        )
        rows = Registration.objects.filter(pk__in=lines)
        rows.update(file=file, tried_at=self._begun, tries=F("tries") + 1)
        persons = (batch[pk] for pk in lines)
        log(actor=None, persons=persons, purpose=OUT_OF, rights=[right], facts=[], reason=REASON)
        return len(lines)

    def _not_now(self, rows: QuerySet[Registration], reason: Reason) -> None:
        rows.update(problem=str(reason), tried_at=self._begun, tries=F("tries") + 1)


def _in_use() -> QuerySet[InszAlias]:
    return InszAlias.objects.filter(valid_until=None, known_until=None)
