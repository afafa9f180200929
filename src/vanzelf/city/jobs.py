"""The workers of the queues.

Two of them, so that a clerk at the counter never waits for a run over the whole city: one for the
checks, several at a time, since they mostly wait for a source; one for all other queues, one job at
a time, since those take the processor.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError, connections
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

from vanzelf.city.bulk import tasks as bulk
from vanzelf.city.checks import tasks as checks
from vanzelf.city.inquiries import tasks as inquiries
from vanzelf.city.lists import tasks as lists
from vanzelf.city.operations import domain as operations
from vanzelf.city.runs import tasks as runs

log = logging.getLogger(__name__)

BEAT = 10.0
"""Seconds between two signs of life of a worker."""

AT_ONCE = 8
"""Checks that wait for a source together; each holds a connection of the database."""


@dataclass(frozen=True)
class Lane:
    """What one worker does: its queues (empty: all that no other lane has), how many jobs at a
    time, and how it takes up what a killed worker left: such a job does not come back by itself.
    `nice`: pages go before it."""

    name: str
    queues: tuple[str, ...]
    at_once: int
    nice: int
    take_up: tuple[Callable[[], None], ...]


CHECKS = Lane("checks", (checks.QUEUE,), AT_ONCE, 5, (checks.queue_unanswered,))
LEFT = (runs.queue_unfinished, lists.queue_unread, bulk.queue_unsent, inquiries.queue_open)
HEAVY = Lane("worker", (), 1, 10, LEFT)


def work(lane: Lane = HEAVY, *, until_empty: bool = False) -> None:
    """Does what is queued, in the foreground, until it is told to stop (Ctrl-C or SIGTERM).

    What an earlier worker left unfinished is taken up first. With `until_empty` it ends when
    nothing is left to do.
    """
    for take_up in lane.take_up:
        take_up()
    connector = app.connector
    if not isinstance(connector, DjangoConnector):
        raise RuntimeError("the queue is not set up with Django")
    try:
        with app.replace_connector(connector.get_worker_connector()):
            asyncio.run(_run(lane, wait=not until_empty))
    finally:
        connections.close_all()


async def _run(lane: Lane, *, wait: bool) -> None:
    # One thread more than there are jobs: it says that the worker is there.
    with ThreadPoolExecutor(lane.at_once + 1, thread_name_prefix=lane.name) as threads:
        loop = asyncio.get_running_loop()
        loop.set_default_executor(threads)
        beating = asyncio.create_task(_beat(lane.name))
        async with app.open_async():
            await app.run_worker_async(
                name=lane.name,
                queues=list(lane.queues) or _others(),
                concurrency=lane.at_once,
                task_middleware=[_own_connection],
                wait=wait,
            )
        beating.cancel()


async def _beat(lane: str) -> None:
    """Says now and then that this worker is there, however busy; a database that is away for a
    while is no reason to stop."""
    while True:
        await asyncio.to_thread(_beat_once, lane)
        await asyncio.sleep(BEAT)


def _beat_once(lane: str) -> None:
    try:
        operations.beat(lane)
    except DatabaseError:
        log.warning("the database could not be told that a worker is there", extra={"lane": lane})
    finally:
        connections.close_all()


def _others() -> list[str]:
    """Every queue that some task names, but those of the checks."""
    return sorted({task.queue for task in app.tasks.values()} - set(CHECKS.queues))


def _own_connection(task: Callable[[], Any], _context: object, _worker: object) -> Any:
    """A thread gives its connection back after each job: one that broke is not met again."""
    try:
        return task()
    finally:
        connections.close_all()
