"""How orders stand, and what waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Sum
from django.db.models.functions import Coalesce

from vanzelf.city import clock
from vanzelf.city.bulk.models import Feedback, ListFile, Order, Received


@dataclass(frozen=True)
class Standing:
    """An order: how many files went out, and of how many questions about persons (a person in a
    file is one) the answer came; `withdrawn` files are counted apart."""

    order: Order
    files: int
    sent: int
    asked: int
    answered: int
    withdrawn: int

    @property
    def waits(self) -> bool:
        """Whether answers are still waited for."""
        return self.answered < self.asked and clock.now() < self.order.until


@dataclass(frozen=True)
class Waiting:
    """What is not done yet; `since` is of the oldest."""

    unsent: int  # files that were not sent
    unanswered: int  # files of which not everyone was answered, in time still
    untaken: int  # files that came in and were not taken in
    refused: int  # files that came in and could not be read
    rechecks: int  # files of which persons wait for a recheck
    feedback: int  # words that were not sent
    since: datetime | None


def standings(limit: int = 50) -> list[Standing]:
    """The latest orders first."""
    return [standing(order) for order in Order.objects.order_by("-pk")[:limit]]


def standing(order: Order) -> Standing:
    """How one order stands."""
    sizes = [len(persons) for persons in order.files.asked().values_list("persons", flat=True)]
    sent = order.files.filter(state=ListFile.State.SENT).count()
    answered = order.files.aggregate(told=Coalesce(Sum("answered"), 0))["told"]
    withdrawn = order.files.filter(state=ListFile.State.WITHDRAWN).count()
    return Standing(order, len(sizes), sent, sum(sizes), answered, withdrawn)


def received(limit: int = 50) -> list[Received]:
    """The latest files that came in first."""
    return list(Received.objects.order_by("-pk")[:limit])


def waiting() -> Waiting:
    """What waits, for whoever looks after it."""
    unsent = ListFile.objects.to_send()
    running = [one for one in standings() if one.waits]
    untaken = Received.objects.filter(state=Received.State.RECEIVED)
    words = Feedback.objects.filter(sent_at=None)
    moments = [
        *unsent.order_by("order__at").values_list("order__at", flat=True)[:1],
        *(one.order.at for one in running),
        *untaken.order_by("at").values_list("at", flat=True)[:1],
        *words.order_by("at").values_list("at", flat=True)[:1],
    ]
    return Waiting(
        unsent=unsent.count(),
        unanswered=sum(_unanswered(one.order) for one in running),
        untaken=untaken.count(),
        refused=Received.objects.filter(state=Received.State.REFUSED).count(),
        rechecks=Received.objects.filter(rechecked_at=None).exclude(recheck=[]).count(),
        feedback=words.count(),
        since=min(moments, default=None),
    )


def _unanswered(order: Order) -> int:
    files = order.files.filter(state=ListFile.State.SENT)
    return sum(1 for file in files if file.answered < len(file.persons))
