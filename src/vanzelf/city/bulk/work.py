"""What the worker does with files. Killed at any moment, it goes on where it was.

A list is asked once. Its file is uploaded under a name that the other side does not take; that is
written down; only then it gets its own name, in one step at the server. Who comes back after a
kill sees which of these steps was the last: a file that was uploaded and is not held back any
more, was released. What comes in is archived and written down before it is removed there.
"""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Callable, Iterable, Iterator
from secrets import token_hex

from django.db import transaction

from vanzelf.city import clock, regulations
from vanzelf.city.bulk import archive, feedback, mutating, numbers, ordering, taking, withdrawing
from vanzelf.city.bulk.models import ListFile, Order, Received
from vanzelf.city.database import advisory_lock
from vanzelf.city.lawfulness.domain import keep_file
from vanzelf.city.lawfulness.queries import in_force
from vanzelf.city.runs.states import NotNow
from vanzelf.city.secrets import blind_index
from vanzelf.sources.catalogue import shipped
from vanzelf.sources.lawfulness import NoAuthorisation
from vanzelf.sources.magda.bulk import (
    LIST,
    SERVICE,
    BulkSettings,
    ListQuestion,
    Mailbox,
    MailboxError,
    prefix_of,
    written,
)

log = logging.getLogger(__name__)

Progress = Callable[[int, int], None]
"""How many are done, of how many."""

TAKERS: dict[str, Callable[[Received], Received]] = {}
"""Who takes in files of other prefixes than these: filled by the room that sends them."""


def in_use() -> bool:
    """Whether this installation exchanges files."""
    return bool(os.environ.get("VANZELF_BULK"))


def send(order_id: int, progress: Progress | None = None) -> Order:
    """Sends what was not sent yet of an order. Raises MailboxError, NoAuthorisation: then it
    stays where it is, with the problem, and can be sent again; NotNow when it is being sent."""
    with advisory_lock(f"bulk order {order_id}") as held:
        order = Order.objects.get(pk=order_id)
        if not held:
            raise NotNow(f"Order {order_id} is already being sent.")
        left = order.files.to_send().order_by("number")
        total, settings = order.files.count(), BulkSettings.from_env()
        try:
            if left.exists():
                with Mailbox.open(settings) as box:
                    for file in left:
                        _send(file, order, box, settings)
                        _tell(progress, file.number + 1, total)
        except (MailboxError, NoAuthorisation) as error:
            Order.objects.filter(pk=order_id).update(problem=str(error))
            raise
        Order.objects.filter(pk=order_id).update(problem="")
    return Order.objects.get(pk=order_id)


def _send(file: ListFile, order: Order, box: Mailbox, settings: BulkSettings) -> None:
    """One file, unless its order is withdrawn. Who withdraws waits while a file is released; what
    was not released by then never is."""
    if file.state == ListFile.State.PLANNED and not _upload(file, order, box, settings):
        return
    with transaction.atomic():
        order = Order.objects.select_for_update().get(pk=order.pk)
        if box.held_back(file.name):
            if order.withdrawn_at is not None:
                box.discard(file.name)
                withdrawing.hold_back(order, [file])
                return
            _lawful(file, order)
            box.release(file.name)
        _sent(file, order)


def _upload(file: ListFile, order: Order, box: Mailbox, settings: BulkSettings) -> bool:
    """Whether it stands there, and that is written down; not of an order that is withdrawn."""
    if Order.objects.get(pk=order.pk).withdrawn_at is not None:
        return False
    _lawful(file, order)
    question = ListQuestion(file.reference, tuple(file.statutes), order.on, settings.operation)
    kept = archive.keep(file.name, written(question, numbers.of(file.persons)))
    box.upload(file.name, archive.read(kept))
    with transaction.atomic():
        if Order.objects.select_for_update().get(pk=order.pk).withdrawn_at is None:
            _mark(file, ListFile.State.UPLOADED)
            return True
    box.discard(file.name)
    return False


def _sent(file: ListFile, order: Order) -> None:
    keep_file(
        service=SERVICE.name,
        purpose=order.purpose,
        authorisation=file.authorisation,
        facts=file.facts,
        persons=len(file.persons),
        outcome="sent",
        reference=file.reference,
    )
    file.sent_at = clock.now()
    _mark(file, ListFile.State.SENT)


def _mark(file: ListFile, state: ListFile.State) -> None:
    file.state = state
    file.save(update_fields=["state", "sent_at"])


def _lawful(file: ListFile, order: Order) -> None:
    """Once more, right before sending: an authorisation may have ended since. Raises
    NoAuthorisation."""
    rights = [regulations.regulation(name) for name in order.rights]
    needed = ordering.serving(rights, shipped())
    for ground in in_force().all:
        if (
            ground.reference == file.authorisation
            and ground.covers(order.purpose, SERVICE.name, clock.today())
            and ground.facts.issuperset(file.facts)
            and ground.statutes.issuperset(file.statutes)
            and all(ground.serves(needed.get(fact, ())) for fact in file.facts)
        ):
            return
    raise NoAuthorisation(order.purpose, SERVICE.name, file.facts)


def collect(progress: Progress | None = None) -> list[Received]:
    """Fetches what came in and takes it in; gives the files that it worked on. Raises MailboxError
    when the exchange broke off, after taking in what was there by then; NotNow when someone else
    is collecting."""
    with advisory_lock("bulk collect") as held:
        if not held:
            raise NotNow("Files are already being collected.")
        settings, broken = BulkSettings.from_env(), None
        try:
            _exchange(settings, progress)
        except MailboxError as error:
            broken = error
        waiting = list(Received.objects.filter(state=Received.State.RECEIVED).order_by("pk"))
        found = []
        for number, one in enumerate(waiting, start=1):
            found.append(_take(one, settings))
            _tell(progress, number, len(waiting))
        if broken is not None:
            raise broken
        return found


def _take(received: Received, settings: BulkSettings) -> Received:
    prefix = prefix_of(received.name)
    if prefix == LIST:
        return taking.take(received)
    if prefix == settings.mutations:
        return mutating.take(received)
    if prefix in TAKERS:
        return TAKERS[prefix](received)
    received.state, received.problem = Received.State.REFUSED, "a file that nobody asked for"
    received.save()
    return received


def _exchange(settings: BulkSettings, progress: Progress | None) -> None:
    """Fetches all that waits there, and leaves what waits here."""
    with Mailbox.open(settings) as box:
        arrived = box.arrived()
        for number, name in enumerate(arrived, start=1):
            if box.size(name) > settings.largest_file:
                _too_large(name, box.size(name))
            else:
                _receive(name, box)
                box.remove(name)
            _tell(progress, number, len(arrived))
        feedback.send(box, settings)


def _receive(name: str, box: Mailbox) -> None:
    """Archives a file and writes it down. The same content that came in before is let go."""
    counted = _Counted(box.download(name))
    archived = archive.keep(f"{name}.{token_hex(4)}", counted)
    digest = blind_index(counted.digest.hexdigest())
    if Received.objects.filter(digest=digest).exists():
        log.info("a file that came in before came in again")
        archive.forget(archived)
        return
    Received.objects.create(
        name=name, archived=archived, digest=digest, size=counted.size, at=clock.now()
    )


def _too_large(name: str, size: int) -> None:
    """Tells of a file that is left where it is."""
    log.warning("a file is larger than agreed and was left on the server")
    Received.objects.get_or_create(
        digest=blind_index(f"{name} {size}"),
        defaults={
            "name": name,
            "size": size,
            "at": clock.now(),
            "state": Received.State.REFUSED,
            "problem": "larger than agreed: it was left on the server",
        },
    )


class _Counted:
    """Pieces that are counted and digested as they pass."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = pieces
        self.size, self.digest = 0, hashlib.sha256()

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._pieces:
            self.size += len(piece)
            self.digest.update(piece)
            yield piece


def _tell(progress: Progress | None, done: int, total: int) -> None:
    if progress is not None:
        progress(done, total)
