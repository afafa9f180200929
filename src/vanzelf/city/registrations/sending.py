"""Sending files that take registrations back: each once, however often the sending is killed.

As with lists: a file is uploaded under a name that MAGDA does not take, that is written down, and
only then it gets its own name. Who comes back after a kill sees which step was the last.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace

from django.db import transaction

from vanzelf.city import clock
from vanzelf.city.bulk import archive
from vanzelf.city.database import advisory_lock
from vanzelf.city.lawfulness.domain import keep_file
from vanzelf.city.lawfulness.queries import in_force
from vanzelf.city.people.models import InszAlias
from vanzelf.city.registrations.filing import line_reference
from vanzelf.city.registrations.grounds import PURPOSE
from vanzelf.city.registrations.models import DeregistrationFile, Registration
from vanzelf.sources import Authorisation, NoAuthorisation, Sender
from vanzelf.sources.magda.bulk import BulkSettings, Mailbox, MailboxError
from vanzelf.sources.magda.bulk.deregistrations import written_deregistrations
from vanzelf.sources.magda.registreer_uitschrijving import SERVICE

LOCK = "registrations send"
BATCH = 1_000  # lines that are looked up together
State = DeregistrationFile.State
Progress = Callable[[int, int], None]
"""How many files are done, of how many."""


def send(*, settings: BulkSettings, progress: Progress | None = None) -> int:
    """Sends the files that were not sent yet, and returns how many it sent.

    Two at once: the second does nothing. A file that may not be sent today stays, with the problem;
    the others go. Raises MailboxError when the exchange broke off: the rest can be sent again.
    """
    left = DeregistrationFile.objects.exclude(state=State.SENT).filter(ended_at=None)
    with advisory_lock(LOCK) as mine:
        files = list(left.order_by("name")) if mine else []
        if not files:
            return 0
        try:
            with Mailbox.open(settings) as box:
                for number, file in enumerate(files, start=1):
                    _try(file, box)
                    if progress is not None:
                        progress(number, len(files))
        except MailboxError as error:
            left.update(problem=str(error))
            raise
    return sum(file.state == State.SENT for file in files)


def _try(file: DeregistrationFile, box: Mailbox) -> None:
    try:
        _send(file, box)
    except NoAuthorisation as error:
        DeregistrationFile.objects.filter(pk=file.pk).update(problem=str(error))


def _send(file: DeregistrationFile, box: Mailbox) -> None:
    if file.state == State.PLANNED:
        ground = _ground(file)
        kept = archive.keep(file.name, written_deregistrations(_lines(file), ground))
        box.upload(file.name, archive.read(kept))
        _mark(file, State.UPLOADED)
        box.release(file.name)
    elif box.held_back(file.name):
        _ground(file)
        box.release(file.name)
    with transaction.atomic():
        keep_file(
            service=SERVICE.name,
            purpose=PURPOSE,
            authorisation=file.authorisation,
            facts=(),
            persons=len(file.registrations),
            outcome="sent",
            reference=file.reference,
        )
        file.sent_at, file.problem = clock.now(), ""
        _mark(file, State.SENT)


def _mark(file: DeregistrationFile, state: DeregistrationFile.State) -> None:
    file.state = state
    file.save(update_fields=["state", "sent_at", "problem"])


def _ground(file: DeregistrationFile) -> Authorisation:
    """Once more, right before sending: an authorisation may have ended since. Raises
    NoAuthorisation."""
    for ground in in_force().all:
        named = ground.reference == file.authorisation
        if named and ground.covers(PURPOSE, SERVICE.name, clock.today()):
            return replace(ground, sender=Sender(file.identification, file.capacity or None))
    raise NoAuthorisation(PURPOSE, SERVICE.name, ())


def _lines(file: DeregistrationFile) -> Iterator[tuple[str, str]]:
    """Reference and number; without those who have no number any more since it was planned."""
    rows = dict(
        Registration.objects.filter(pk__in=file.registrations).values_list("pk", "person_id")
    )
    for start in range(0, len(file.registrations), BATCH):
        some = list(enumerate(file.registrations[start : start + BATCH], start))
        known = _numbers({rows[pk] for _, pk in some if pk in rows})
        for line, pk in some:
            if rows.get(pk) in known:
                yield line_reference(file, line), known[rows[pk]]


def _numbers(persons: Collection[int]) -> dict[int, str]:
    """The number in use of each of them; of two, the one known last."""
    found = InszAlias.objects.filter(person__in=persons, valid_until=None, known_until=None)
    return {alias.person_id: alias.open() for alias in found.order_by("pk")}
