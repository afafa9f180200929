"""Writing down who looked. Call it inside the transaction that reads: no log, no data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

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
    about: Person | None = None,
    own: Mapping[int, Iterable[str]] | None = None,
) -> Look:
    """One line: who looked at whose data, for which right, at which facts, and why.

    `actor` None is the system itself. With a `run`, its frozen membership adds its residents.
    `about` is whom was asked about, when others come into it: these see neither who looked, nor
    the right, nor why, and of the facts only their own (`own`: by the person's id).
    """
    look = Look.objects.create(
        at=clock.now(),
        purpose=purpose,
        right=right,
        facts=sorted(set(facts)),
        reason=reason,
        run=run,
        about=about,
        **_who(actor, run),
    )
    LookSubject.objects.bulk_create(
        LookSubject(look=look, person=one, facts=sorted(set((own or {}).get(one.pk, ()))))
        for one in dict.fromkeys(subjects)
    )
    return look


def _who(actor: StaffMember | Person | None, run: Run | None) -> dict[str, object]:
    if isinstance(actor, StaffMember):
        kind = Actor.RUN if run else Actor.STAFF
        return {"actor_kind": kind, "actor": actor.name, "service": actor.service, "staff": actor}
    if isinstance(actor, Person):
        return {"actor_kind": Actor.RESIDENT, "actor": actor.name, "person": actor}
    return {"actor_kind": Actor.SYSTEM, "actor": "Vanzelf"}
