"""A contradiction is a question for a person: who is right, and who must be told?

It never takes anything away: the advice follows the source as it was, and what was awarded stays.
"""

from __future__ import annotations

from django.db import transaction

from vanzelf.city import clock
from vanzelf.city.access.domain import record
from vanzelf.city.awards.declared import Contradiction
from vanzelf.city.awards.models import PointCheck
from vanzelf.city.bulk.domain import feedback
from vanzelf.city.disputes.models import Dispute
from vanzelf.city.people.models import Fact
from vanzelf.city.people.sourced import DECLARED
from vanzelf.city.reasons import written
from vanzelf.city.staff.models import StaffMember
from vanzelf.city.staff.permissions import require

BY_FILE = "magda/GeefSociaalStatuut"
"""The source that takes word of its mistakes by file; others are called or written to."""


class ClosedError(ValueError):
    """Somebody closed it already; the message says so."""


@transaction.atomic
def report(*, check: PointCheck, about: Contradiction, by: StaffMember, reason: str) -> Dispute:
    """The source has it wrong: it is told, by file where it reads one. Raises ReasonError."""
    closed = _close(check, about, by, Dispute.How.REPORTED, reason)
    if about.source == BY_FILE:
        feedback(person=about.about or check.person, reason=closed.reason, by=by)
    return closed


@transaction.atomic
def set_aside(*, check: PointCheck, about: Contradiction, by: StaffMember, reason: str) -> Dispute:
    """The source is right: the answer counts no more, and stays to be read. Raises ReasonError."""
    closed = _close(check, about, by, Dispute.How.SET_ASIDE, reason)
    household = None if about.about else check.household
    Fact.objects.filter(
        DECLARED, person=about.about, household=household, fact=about.fact, known_until=None
    ).update(known_until=clock.now())
    return closed


def _close(
    check: PointCheck, about: Contradiction, by: StaffMember, how: Dispute.How, reason: str
) -> Dispute:
    require(by, "awards.decide")
    reason = written(reason, "wat er aan de hand is")
    PointCheck.objects.select_for_update().get(pk=check.pk)
    held = Dispute.objects.filter(check_ref=check, fact=about.fact, person=about.about)
    if held.exists():
        raise ClosedError("Een collega heeft deze tegenspraak al afgesloten.")
    record(
        actor=by,
        subjects=[about.about or check.person],
        purpose="controle",
        facts=[about.fact],
        reason=reason,
        about=check.person,
        own={(about.about or check.person).pk: [about.fact]},
    )
    return Dispute.objects.create(
        check_ref=check,
        fact=about.fact,
        person=about.about,
        source=about.source,
        how=how,
        reason=reason,
        by=by,
        at=clock.now(),
    )
