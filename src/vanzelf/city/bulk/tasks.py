"""Work for the queue: ids in, nothing else."""

from __future__ import annotations

import logging

from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

QUEUE = "bulk"
log = logging.getLogger(__name__)


@app.task(name="bulk.send", queue=QUEUE)
def send(order_id: int) -> None:
    """Sends the files of an order that were not sent yet."""
    from vanzelf.city.bulk import work
    from vanzelf.city.runs.states import NotNow

    try:
        work.send(order_id)
    except NotNow:
        log.info("someone else is sending this order")


@app.periodic(cron="*/10 * * * *")
@app.task(name="bulk.collect", queue=QUEUE, queueing_lock="bulk.collect")
def collect(timestamp: int) -> None:
    """Fetches what came in, takes it in, lets word go back, and looks again at those of whom a
    source told something late or by itself; where files are exchanged."""
    from vanzelf.city.bulk import rechecking, work
    from vanzelf.city.runs.states import NotNow
    from vanzelf.sources.magda.bulk import MailboxError

    if not work.in_use():
        return
    try:
        work.collect()
    except NotNow:
        return  # someone else is collecting
    except MailboxError:
        log.warning("files could not be exchanged now; the next time comes in ten minutes")
    try:
        rechecking.start()
    except NotNow:
        log.info("rechecks wait until the run of everyone has its preview")


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

    left = ListFile.objects.to_send()
    for order in sorted(set(left.values_list("order_id", flat=True))):
        queue_send(order)
