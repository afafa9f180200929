"""Work for the queue: ids in, nothing else."""

from __future__ import annotations

import logging

from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

QUEUE = "bulk"
log = logging.getLogger(__name__)


@app.task(name="inquiries.go_on", queue=QUEUE)
def go_on(inquiry_id: int) -> None:
    """Goes on with an inquiry as far as it can now."""
    from vanzelf.city.inquiries import work
    from vanzelf.city.runs.states import NotNow
    from vanzelf.sources.lawfulness import NoAuthorisation
    from vanzelf.sources.magda.bulk import MailboxError

    try:
        work.go_on(inquiry_id)
    except NotNow:
        log.info("an inquiry waits")
    except (MailboxError, NoAuthorisation):
        log.warning("an inquiry could not ask now; its page says why")


@app.periodic(cron="5-59/10 * * * *")
@app.task(name="inquiries.look", queue=QUEUE, queueing_lock="inquiries.look")
def look(timestamp: int) -> None:
    """Looks whether an inquiry that waits can go on; where files are exchanged."""
    from vanzelf.city.bulk import work

    if work.in_use():
        queue_open()


def queue_go_on(inquiry_id: int) -> None:
    """Leaves it to the worker; once is enough."""
    try:
        app.configure_task("inquiries.go_on", queueing_lock=f"inquiries.go_on {inquiry_id}").defer(
            inquiry_id=inquiry_id
        )
    except AlreadyEnqueued:
        return


def queue_open() -> None:
    """Takes up every inquiry that did not end."""
    from vanzelf.city.inquiries.models import Inquiry, State

    left = Inquiry.objects.filter(state__in=(State.ASKING, State.WAITING))
    for number in left.order_by("pk").values_list("pk", flat=True):
        queue_go_on(number)
