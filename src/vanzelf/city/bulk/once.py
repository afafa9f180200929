"""Taking in a file that came in: once, and wholly or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from django.db import transaction

from vanzelf.city import secrets
from vanzelf.city.bulk import archive
from vanzelf.city.bulk.models import Received
from vanzelf.sources.magda.xml import UnreadableXml

Told = TypeVar("Told")


def take_once(
    received: Received,
    hear: Callable[[Received, Iterable[bytes]], Told],
    keep: Callable[[Received, Told], None],
) -> Received:
    """Keeps what a file tells, unless that was done. One that `hear` cannot read to its end
    (UnreadableXml) or that opens no more is refused, with why: nothing of it is believed.

    Both may write on the row, which is saved here.
    """
    with transaction.atomic():
        received = Received.objects.select_for_update().get(pk=received.pk)
        if received.state != Received.State.RECEIVED:
            return received
        try:
            told = hear(received, _content(received))
        except (UnreadableXml, secrets.SealError) as error:
            received.state, received.problem = Received.State.REFUSED, str(error)
        else:
            received.state = Received.State.TAKEN
            keep(received, told)
        received.save()
    return received


def _content(received: Received) -> Iterable[bytes]:
    if received.archived is None:
        raise secrets.SealError("the file is no longer in the archive")
    return archive.read(received.archived)
