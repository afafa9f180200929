"""Looking again at just those of whom a source told something: late, or by itself."""

from __future__ import annotations

from django.db import transaction

from vanzelf.city import clock
from vanzelf.city.bulk.laying import lay
from vanzelf.city.bulk.models import Order, Received
from vanzelf.city.people.models import Presence
from vanzelf.city.rechecks import preparing
from vanzelf.city.runs.models import Run
from vanzelf.city.staff.models import StaffMember


def start(by: StaffMember | None = None) -> list[Run]:
    """Starts rechecks of the households of those who wait for one; gives the runs.

    They are in the name of `by`, else of who asked last. The runs of the day of that order are
    looked at again. Raises NotNow while a run of everyone is looking at the delivery.
    """
    waiting = list(Received.objects.filter(rechecked_at=None).exclude(recheck=[]))
    order = Order.objects.order_by("-pk").first()
    if not waiting or order is None:
        return []
    lay(order.on)
    persons = {person for one in waiting for person in one.recheck}
    there = Presence.objects.filter(until=None, person__in=persons)
    households = sorted(set(there.values_list("household_id", flat=True)))
    with transaction.atomic():
        runs = preparing.limited(
            on=order.on, by=by or order.by, households=households, facts=order.facts
        )
        Received.objects.filter(pk__in=[one.pk for one in waiting]).update(rechecked_at=clock.now())
    return runs
