"""Work for the queue: ids in, nothing else."""

from __future__ import annotations

from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

QUEUE = "bulk"


@app.task(name="bulk.send", queue=QUEUE)
def send(order_id: int) -> None:
    """Sends the files of an order that were not sent yet."""
    from vanzelf.city.bulk import work

    work.send(order_id)


@app.periodic(cron="*/10 * * * *")
@app.task(name="bulk.collect", queue=QUEUE, queueing_lock="bulk.collect")
def collect(timestamp: int) -> None:
    """Fetches what came in, takes it in, and lets word go back; where files are exchanged."""
    from vanzelf.city.bulk import work

    if work.in_use():
        work.collect()


def queue_send(order_id: int) -> None:
    """Leaves the sending to the worker; once is enough."""
    try:
        app.configure_task("bulk.send", queueing_lock=f"bulk.send {order_id}").defer(
            order_id=order_id
        )
    except AlreadyEnqueued:
        return


def queue_unsent() -> None:
    """Takes up what an interrupted worker left."""
    from vanzelf.city.bulk.models import ListFile

    left = ListFile.objects.exclude(state=ListFile.State.SENT)
    for order in sorted(set(left.values_list("order_id", flat=True))):
        queue_send(order)
