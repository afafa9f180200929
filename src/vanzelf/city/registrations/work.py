"""Telling MAGDA, one person at a time. Killed at any moment it goes on where it was: what MAGDA may
have heard already is told again, which it takes for done."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F, Q, QuerySet

from vanzelf.city import clock
from vanzelf.city.access.domain import record
from vanzelf.city.database.locks import advisory_lock
from vanzelf.city.lawfulness.domain import keep_questions
from vanzelf.city.registrations.domain import Progress
from vanzelf.city.registrations.grounds import Grounds
from vanzelf.city.registrations.models import INTO, LOCK, OUT_OF, WAITING, Registration
from vanzelf.sources import Endpoints, NoAuthorisation, Reason
from vanzelf.sources.lawfulness import Permit
from vanzelf.sources.magda.client import Magda, Patience, Unanswered
from vanzelf.sources.magda.dates import Period
from vanzelf.sources.magda.registering import deregister, register
from vanzelf.sources.types import TRANSIENT

log = logging.getLogger(__name__)

BATCH = 1_000  # that are looked up together
PATIENCE = 60.0  # seconds, at most, to wait for room in the budget of calls


@dataclass(slots=True)
class Worked:
    """What one turn did. `stopped`: the source did not answer, so the rest waits."""

    registered: int = 0
    taken_back: int = 0
    failed: int = 0
    left: int = 0  # not tried in this turn
    stopped: str = ""


def work(
    *, seconds: float, endpoints: Endpoints | None = None, progress: Progress | None = None
) -> Worked:
    """Tells what waits, each once in this turn, for at most so many seconds.

    Two at once: the second does nothing. Raises `EndpointError` when no address is set, `DataError`
    when the authorisations cannot be read.
    """
    worked = Worked()
    with advisory_lock(LOCK) as mine:
        if mine:
            begun = clock.now()
            teller = _Teller(endpoints or Endpoints.from_env(os.environ), worked)
            teller.tell(begun, seconds, progress)
            worked.left = _waiting(begun).count()
    return worked


def _waiting(begun: datetime) -> QuerySet[Registration]:
    not_yet = Q(tried_at=None) | Q(tried_at__lt=begun)
    return Registration.objects.filter(WAITING, not_yet, file=None)


class _Teller:
    def __init__(self, endpoints: Endpoints, worked: Worked) -> None:
        self.worked = worked
        self.today: date = clock.today()
        self.grounds = Grounds(endpoints, self.today)
        self.magda = Magda(endpoints, clock.now, self.today)

    def tell(self, begun: datetime, seconds: float, progress: Progress | None) -> None:
        end = time.monotonic() + seconds
        self.magda.patience = Patience(budget=min(PATIENCE, seconds))
        total = 0 if progress is None else _waiting(begun).count()
        for number, row in enumerate(_each(begun), start=1):
            if time.monotonic() >= end or self.worked.stopped:
                return
            self._tell(row)
            if progress is not None:
                progress(number, total)

    def _tell(self, row: Registration) -> None:
        """One row. That it was tried is kept first: who was told is then never forgotten."""
        Registration.objects.filter(pk=row.pk).update(tried_at=clock.now(), tries=F("tries") + 1)
        problem = self._ask(row)
        with transaction.atomic():
            if not problem:
                self._done(row)
            row.problem = problem
            row.save(update_fields=KEPT)
            keep_questions(self.magda.asked)
            if self.magda.asked:
                purpose = OUT_OF if row.ending else INTO
                record(actor=None, subjects=[row.person], purpose=purpose, right=row.right)
        self.magda.asked.clear()
        if problem:
            self.worked.failed += 1
            self.worked.stopped = problem if problem in TRANSIENT else ""

    def _ask(self, row: Registration) -> str:
        """Why it did not succeed; empty when it did."""
        permit = self.grounds.of(row.right).get(row.identity)
        number = row.person.insz
        if permit is None:
            return str(Reason.NO_AUTHORISATION)
        if number is None:
            return str(Reason.IDENTITY)
        try:
            if row.ending:
                row.end_reference = deregister(self.magda, permit, number)
            else:
                self._register(row, permit, number)
        except Unanswered as error:
            return str(error.reason)
        except NoAuthorisation:
            return str(Reason.NO_AUTHORISATION)
        return ""

    def _register(self, row: Registration, permit: Permit, number: str) -> None:
        period = Period(self.today, permit.authorisation.valid_until)
        row.reference = register(self.magda, permit, number, period)
        row.since, row.until = period.begin, period.end

    def _done(self, row: Registration) -> None:
        if row.ending:
            row.ended_at = clock.now()
            self.worked.taken_back += 1
        else:
            row.registered_at = clock.now()
            self.worked.registered += 1


KEPT = (
    *("since", "until", "registered_at", "reference"),
    *("ended_at", "end_reference", "problem"),
)


def _each(begun: datetime) -> Iterator[Registration]:
    """What waits, those that were never tried first; each once."""
    order = (F("tried_at").asc(nulls_first=True), "pk")
    rows = Registration.objects.select_related("person")
    while batch := list(_waiting(begun).order_by(*order).values_list("pk", flat=True)[:BATCH]):
        for pk in batch:
            row = rows.filter(WAITING, file=None, pk=pk).first()  # as it is by now
            if row is not None:
                yield row
