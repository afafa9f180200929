"""Work for the queue: ids in, nothing else."""

from __future__ import annotations

from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from vanzelf.city.lists.models import Delivery, State

TASK = "lists.read"


@app.task(name=TASK, queue="lists", aliases=["lists.read_view"])
def read(delivery_id: int) -> None:
    """Reads a large file or the view of a list, up to its preview."""
    from vanzelf.city.lists import reading  # it needs what imports this module

    reading.read(delivery_id)


def queue_reading(delivery_id: int) -> None:
    """Leaves the reading to the worker; once is enough."""
    try:
        app.configure_task(TASK, queueing_lock=f"{TASK} {delivery_id}").defer(
            delivery_id=delivery_id
        )
    except AlreadyEnqueued:
        return


def queue_unread() -> None:
    """Takes up what an interrupted worker left: a killed job does not come back by itself."""
    for pk in Delivery.objects.filter(state=State.READING).values_list("pk", flat=True):
        queue_reading(pk)
