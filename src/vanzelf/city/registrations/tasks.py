"""Every night: compare, and tell MAGDA what changed; what is left waits for its turn."""

from __future__ import annotations

import logging
import os

from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from vanzelf.sources import EndpointError, Endpoints

log = logging.getLogger(__name__)

TASK = "registrations.keep"
TURN = 60  # seconds of work, before others have theirs


@app.periodic(cron="50 3 * * *", periodic_id="registrations")
@app.task(name=TASK, queue="registrations")
def keep(timestamp: int = 0, planned: bool = False) -> None:
    """Brings the registrations in line with the awards, a turn at a time."""
    from vanzelf.city.registrations import domain, work  # they need what imports this module

    try:
        endpoints = Endpoints.from_env(os.environ)
        if not planned:
            domain.plan(endpoints=endpoints)
        worked = work.work(seconds=TURN, endpoints=endpoints)
    except EndpointError:
        log.warning("nobody is registered: where MAGDA is, is not set")
        return
    log.info("registered", extra={"persons": worked.registered + worked.taken_back})
    if worked.left and not worked.stopped:
        _go_on()


def _go_on() -> None:
    try:
        app.configure_task(TASK, queueing_lock=TASK).defer(timestamp=0, planned=True)
    except AlreadyEnqueued:
        return
