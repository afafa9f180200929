"""Work for the queue: looking now and then whether the sources answer."""

from __future__ import annotations

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from vanzelf.city.operations import domain
from vanzelf.city.staff.models import StaffMember
from vanzelf.city.staff.permissions import require

QUEUE = "checks"  # its worker mostly waits for a source anyway
PROBE = "operations.probe"


@app.periodic(cron="*/5 * * * *")
@app.task(name=PROBE, queue=QUEUE, queueing_lock=PROBE, pass_context=False)
def probe(timestamp: int = 0) -> None:
    """Probes the sources."""
    domain.probe_sources()


def queue_probe(*, by: StaffMember) -> None:
    """Probes the sources as soon as the worker can. Raises PermissionDenied."""
    require(by, "operations.probe")
    try:
        with transaction.atomic():  # in a greater one, only this is taken back
            app.configure_task(PROBE, queueing_lock=PROBE).defer()
    except AlreadyEnqueued:
        return
