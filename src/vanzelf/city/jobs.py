"""The worker of the queue."""

from __future__ import annotations

from django.db import connections
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

from vanzelf.city.runs.tasks import queue_unfinished


def work(*, until_empty: bool = False) -> None:
    """Does what is queued, in the foreground, until it is told to stop (Ctrl-C or SIGTERM).

    Runs that an earlier worker left unfinished are taken up first. With `until_empty` it ends when
    nothing is left to do.
    """
    queue_unfinished()
    connector = app.connector
    if not isinstance(connector, DjangoConnector):
        raise RuntimeError("the queue is not set up with Django")
    try:
        with app.replace_connector(connector.get_worker_connector()) as running:
            running.run_worker(queues=["runs"], concurrency=1, wait=not until_empty)
    finally:
        for connection in connections.all():
            connection.close()
