"""Every night the terms are applied; what is left after a while waits for its turn in the queue,
so that nothing else waits for it."""

from __future__ import annotations

import logging
import time

from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from vanzelf.city.retention import sweeping

log = logging.getLogger(__name__)

TURN = 60  # seconds of work, before others have theirs


@app.periodic(cron="20 3 * * *", periodic_id="retention")
@app.task(name="retention.apply", queue="retention")
def apply(timestamp: int = 0) -> None:
    """Brings every class of data back to its term."""
    end = time.monotonic() + TURN
    taken = sum(swept.taken for swept in sweeping.apply(seconds=TURN))
    log.info("brought back to its term", extra={"rows": taken})
    if time.monotonic() >= end:
        _go_on()


def _go_on() -> None:
    try:
        app.configure_task("retention.apply", queueing_lock="retention.apply").defer(timestamp=0)
    except AlreadyEnqueued:
        return
