"""Every night: compare, and tell MAGDA what changed; what is left waits for its turn."""

from __future__ import annotations

import logging
import os

from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from vanzelf.sources import EndpointError, Endpoints, Reason
from vanzelf.sources.magda.bulk import BulkSettings, MailboxError

log = logging.getLogger(__name__)

TASK = "registrations.keep"
TURN = 60  # seconds of work, before others have theirs
LATER = 60  # seconds, after a turn that ended because the source was busy or the budget was spent


@app.periodic(cron="50 3 * * *", periodic_id="registrations")
@app.task(name=TASK, queue="registrations")
def keep(timestamp: int = 0, planned: bool = False) -> None:
    """Brings the registrations in line with the awards, a turn at a time."""
    from vanzelf.city.registrations import domain, work  # they need what imports this module

    try:
        endpoints = Endpoints.from_env(os.environ)
        if not planned:
            domain.plan(endpoints=endpoints)
            _file(endpoints)
        worked = work.work(seconds=TURN, endpoints=endpoints)
    except EndpointError:
        log.warning("nobody is registered: where MAGDA is, is not set")
        return
    log.info("registered", extra={"persons": worked.registered + worked.taken_back})
    if worked.left and worked.stopped in ("", Reason.BUSY):
        _go_on(LATER if worked.stopped else 0)


@app.periodic(cron="5-59/10 * * * *", periodic_id="registrations-files")
@app.task(name="registrations.files", queue="registrations")
def files(timestamp: int = 0) -> None:
    """Sends files that were not sent yet, and lets go of whom no answer came in time."""
    from vanzelf.city import clock
    from vanzelf.city.bulk import work as bulk
    from vanzelf.city.registrations import filing, sending

    if not bulk.in_use():
        return
    filing.give_up(clock.now())
    try:
        sending.send(settings=BulkSettings.from_env())
    except MailboxError:
        log.warning("files could not be sent now; the next time comes in ten minutes")


def _file(endpoints: Endpoints) -> None:
    """Puts what is too much for messages in files, where files are exchanged."""
    from vanzelf.city.bulk import work as bulk
    from vanzelf.city.registrations import filing

    if bulk.in_use():
        filed = filing.file_what_waits(endpoints=endpoints, settings=BulkSettings.from_env())
        log.info("put in files, to be taken back", extra={"persons": filed})


def _go_on(seconds: int) -> None:
    try:
        app.configure_task(TASK, queueing_lock=TASK, schedule_in={"seconds": seconds}).defer(
            timestamp=0, planned=True
        )
    except AlreadyEnqueued:
        return
