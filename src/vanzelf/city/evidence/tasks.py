"""Work for the queue: scanning what was handed in while the scanner did not answer."""

from __future__ import annotations

import logging

from procrastinate.contrib.django import app

from vanzelf.city.evidence import scanning

log = logging.getLogger(__name__)

QUEUE = "checks"  # its worker never has long work, and someone may wait for a file
SCAN = "evidence.scan"


@app.periodic(cron="*/5 * * * *", periodic_id=SCAN)
@app.task(name=SCAN, queue=QUEUE, queueing_lock=SCAN)
def scan(timestamp: int = 0) -> None:
    """Scans what waits for it."""
    left = scanning.scan_waiting()
    if left:
        log.warning("files wait to be scanned", extra={"count": left})
