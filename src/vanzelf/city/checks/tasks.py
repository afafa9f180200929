"""Work for the queue of checks: ids in, nothing else."""

from __future__ import annotations

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from vanzelf.city.checks import work
from vanzelf.city.checks.models import OPEN, CheckRequest

QUEUE = "checks"


@app.task(name="checks.answer", queue=QUEUE)
def answer(request_id: int) -> None:
    """Answers a point check that was asked at the counter."""
    work.answer(request_id)


def queue_answer(request_id: int) -> None:
    """Leaves a request to the worker; once is enough."""
    try:
        with transaction.atomic():  # in a greater one, only this is taken back
            app.configure_task("checks.answer", queueing_lock=f"checks.answer {request_id}").defer(
                request_id=request_id
            )
    except AlreadyEnqueued:
        return


def queue_unanswered() -> None:
    """Takes up what an interrupted worker left; what lay too long ends as too late."""
    for request in CheckRequest.objects.filter(state__in=OPEN).order_by("pk"):
        queue_answer(request.pk)
