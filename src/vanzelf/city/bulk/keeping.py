"""Orders and answers that are past the term of their class, removed a batch at a time."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from vanzelf.city.bulk.models import Answers, Feedback, ListFile, Order, Received
from vanzelf.city.retention import class_of
from vanzelf.sources.data import DataError

CLASS = "facts"
BATCH = 50  # files: each is of some thousands of people


def remove_past(now: datetime) -> int:
    """Removes what was asked and answered by file before the term; returns how many rows."""
    return sum(_remove(rows) for rows in _past(now))


def past_term(now: datetime) -> int:
    """How many rows are past their term."""
    return sum(rows.count() for rows in _past(now))


def _past(now: datetime) -> tuple[QuerySet[Any], ...]:
    """What may go, what others point to last."""
    day = _first_kept(now.date())
    of_file = Answers.objects.filter(file=OuterRef("pk"))
    of_received = Answers.objects.filter(received=OuterRef("pk"))
    of_order = ListFile.objects.filter(order=OuterRef("pk"))
    return (
        Answers.objects.filter(at__date__lt=day),
        Received.objects.filter(~Exists(of_received), at__date__lt=day),
        ListFile.objects.filter(~Exists(of_file), order__at__date__lt=day),
        Order.objects.filter(~Exists(of_order), at__date__lt=day),
        Feedback.objects.filter(at__date__lt=day),
    )


def _remove(rows: QuerySet[Any]) -> int:
    removed = 0
    while batch := list(rows.order_by("pk").values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic():
            removed += rows.model.objects.filter(pk__in=batch).delete()[0]
    return removed


def _first_kept(today: date) -> date:
    term = class_of(CLASS).term
    if term is None:
        raise DataError(f"retention.yaml, {CLASS}: keep is a length of time here")
    return term.before(today)
