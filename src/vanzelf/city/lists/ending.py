"""What becomes of deliveries when their term is past: the rows go, the account of them stays."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from vanzelf.city import clock
from vanzelf.city.lists import laid, rows, uploads
from vanzelf.city.lists.models import Delivery, State

KEPT_DAYS = 90
"""So long the rows stay of a list that is past its date, that another took the place of, or that
was taken back: long enough to see a mistake."""
LOOKED_AT_DAYS = 1
"""So long a delivery waits to be taken in."""


def past(now: datetime) -> QuerySet[Delivery]:
    """The deliveries of which rows or problems are past their term."""
    kept, looked_at = now - timedelta(days=KEPT_DAYS), now - timedelta(days=LOOKED_AT_DAYS)
    later = Delivery.objects.filter(
        name=OuterRef("name"), state=State.TAKEN, taken_at__gt=OuterRef("taken_at")
    )
    ended = (
        Q(rows_until__lt=now.astimezone(clock.GHENT).date())
        | Q(state=State.UNDONE, undone_at__lt=kept)
        | Q(state__in=(State.PREVIEW, State.WRONG, State.READING, State.FAILED), at__lt=looked_at)
        | (Q(state=State.TAKEN) & Exists(later.filter(taken_at__lt=kept)))
    )
    return Delivery.objects.filter(ended, rows_removed_at=None).order_by("pk")


def end(found: Iterable[Delivery]) -> int:
    """Removes their rows and problems; returns how many deliveries. What was not taken in is
    discarded."""
    count = 0
    for delivery in found:
        empty(delivery)
        count += 1
    return count


def sweep(working: Iterable[int]) -> int:
    """Removes what was laid for runs that are not at work any more; returns how many files."""
    kept = {laid.file_of(run).name for run in working}
    folder = laid.file_of(0).parent
    gone = [file for file in folder.glob("run-*") if file.name not in kept]
    for file in gone:
        file.unlink(missing_ok=True)
    return len(gone)


def empty(delivery: Delivery) -> None:
    """Removes what a delivery holds of people, in the caller's transaction."""
    rows.remove(delivery)
    uploads.remove(delivery)
    if delivery.state not in (State.TAKEN, State.UNDONE):
        delivery.state = State.DISCARDED
    delivery.problems, delivery.rows_removed_at = None, clock.now()
    delivery.save()
