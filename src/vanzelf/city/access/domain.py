"""Writing down who looked. Call it inside the transaction that reads: no log, no data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import transaction

from vanzelf.city import clock
from vanzelf.city.access.models import Actor, Look, LookSubject
from vanzelf.city.people.models import Person
from vanzelf.city.runs.models import Run
from vanzelf.city.staff.models import StaffMember


@transaction.atomic
def record(
    *,
    actor: StaffMember | Person | None,
    subjects: Iterable[Person],
    purpose: str,
    right: str = "",
    facts: Sequence[str] = (),
    reason: str = "",
    run: Run | None = None,
) -> Look:
    """One line: who looked at whose data, for which right, at which facts, and why.

    `actor` None is the system itself. With a `run`, its frozen membership adds its residents.
    """
    look = Look.objects.create(
        at=clock.now(),
        purpose=purpose,
        right=right,
        facts=sorted(set(facts)),
        reason=reason,
        run=run,
        **_who(actor, run),
    )
    LookSubject.objects.bulk_create(
        LookSubject(look=look, person=person) for person in dict.fromkeys(subjects)
    )
    return look


def _who(actor: StaffMember | Person | None, run: Run | None) -> dict[str, object]:
    if isinstance(actor, StaffMember):
        kind = Actor.RUN if run else Actor.STAFF
        return {"actor_kind": kind, "actor": actor.name, "service": actor.service, "staff": actor}
    if isinstance(actor, Person):
        return {"actor_kind": Actor.RESIDENT, "actor": actor.name, "person": actor}
    return {"actor_kind": Actor.SYSTEM, "actor": "Vanzelf"}
