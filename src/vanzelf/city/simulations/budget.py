"""How many different answers someone may have: who may ask forever, finds out about one household.

A trial is an answer about one population; the same question again is the same answer, and free.
What the bounds are worth was measured: docs/simulation.md.
"""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from typing import NamedTuple

from django.conf import settings
from django.db import connection, transaction

from vanzelf.city import clock
from vanzelf.city.simulations.models import Trial
from vanzelf.city.staff.models import StaffMember
from vanzelf.population.simulation import Change

WINDOW = timedelta(days=30)
"""In which the trials of everyone together are counted."""


class BudgetSpent(RuntimeError):
    """No more new answers now; the message (Dutch) says until when, and what one can still do."""


class Left(NamedTuple):
    """Of different changes of a right: still to try today, of how many; and of everyone's."""

    mine: int
    of: int
    everyone: int

    @property
    def now(self) -> int:
        """How many may still be tried now."""
        return max(0, min(self.mine, self.everyone))


class Question(NamedTuple):
    """What is asked, as far as it makes another answer."""

    stamp: str
    right: str
    on: date
    change: Change

    @property
    def digest(self) -> bytes:
        told = [self.stamp, self.right, self.on.isoformat(), self.change.as_data()]
        return sha256(json.dumps(told, sort_keys=True).encode()).digest()


def left(by: StaffMember, right: str) -> Left:
    """How many different changes of a right this person may still try."""
    trials = Trial.objects.filter(right=right)
    mine = trials.filter(by=by, at__gte=_midnight()).count()
    everyone = trials.filter(at__gte=clock.now() - WINDOW).values("answer").distinct().count()
    most, together = _bounds()
    return Left(most - mine, most, together - everyone)


def answered(by: StaffMember, question: Question) -> bool:
    """Whether this person has the answer already. That nothing changes, needs no question."""
    if question.change == Change():
        return True
    return Trial.objects.filter(by=by, answer=question.digest).exists()


def require_left(by: StaffMember, question: Question) -> None:
    """Raises BudgetSpent when this person may not ask this now."""
    known = Trial.objects.filter(right=question.right, at__gte=clock.now() - WINDOW)
    there = left(by, question.right)
    if there.mine <= 0:
        raise BudgetSpent(
            f"Je probeerde vandaag {there.of} verschillende wijzigingen van dit recht, en meer mag"
            " niet: uit veel kleine verschillen valt iets over één gezin af te leiden. Wat je al"
            " probeerde of bewaarde, kan je blijven bekijken. Morgen kan je verder."
        )
    if there.everyone <= 0 and not known.filter(answer=question.digest).exists():
        raise BudgetSpent(
            f"Samen probeerden jullie de voorbije {WINDOW.days} dagen {_bounds()[1]} verschillende"
            " wijzigingen van dit recht, en meer mag niet: uit veel kleine verschillen valt iets"
            " over één gezin af te leiden. Wat een van jullie al probeerde, kan je blijven"
            " bekijken. Elke dag komt er weer ruimte bij."
        )


@transaction.atomic
def spend(by: StaffMember, question: Question) -> None:
    """Writes down that this person gets the answer. Raises BudgetSpent, and then they may not."""
    with connection.cursor() as cursor:  # two questions at once do not both get the last place
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))",
            [f"simulations|{question.right}"],
        )
    if answered(by, question):
        return
    require_left(by, question)
    Trial.objects.create(
        at=clock.now(),
        by=by,
        right=question.right,
        on=question.on,
        change=question.change.as_data(),
        answer=question.digest,
    )


def _bounds() -> tuple[int, int]:
    """Of one person on a day, of all together in the window."""
    return settings.VANZELF_SIMULATION_BUDGET, settings.VANZELF_SIMULATION_BUDGET_TOGETHER


def _midnight() -> datetime:
    return datetime.combine(clock.today(), time(), clock.GHENT)
