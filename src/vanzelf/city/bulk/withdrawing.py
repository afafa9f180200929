"""What was to be asked by file, and is not after all: it was stopped before it left."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from vanzelf.city import clock
from vanzelf.city.bulk import tasks
from vanzelf.city.bulk.looks import WITHHELD, log
from vanzelf.city.bulk.models import ListFile, Order
from vanzelf.city.staff.models import StaffMember
from vanzelf.sources.magda.bulk import SERVICE


@transaction.atomic
def withdraw(order: Order, by: StaffMember) -> int:
    """Nothing of this order is sent from now on; gives how many files are held back. One that is
    uploaded and not released is taken away with the next exchange. Who stood in them reads it."""
    order = Order.objects.select_for_update().get(pk=order.pk)
    if order.withdrawn_at is not None:
        return 0
    order.withdrawn_at = clock.now()
    order.save(update_fields=["withdrawn_at"])
    planned = list(order.files.filter(state=ListFile.State.PLANNED))
    hold_back(order, planned, by)
    if order.files.to_send().exists():
        transaction.on_commit(lambda: tasks.queue_send(order.pk))
    return len(planned)


def hold_back(order: Order, files: Iterable[ListFile], by: StaffMember | None = None) -> None:
    """Writes down that these files never leave, in the caller's transaction."""
    for file in files:
        file.state = ListFile.State.WITHDRAWN
        file.save(update_fields=["state"])
        log(
            actor=by,
            persons=file.persons,
            purpose=WITHHELD,
            rights=order.rights,
            facts=file.facts,
            reason=f"Toch niet gevraagd per bestand ({SERVICE.name}), voor {order.on:%d-%m-%Y}.",
        )
