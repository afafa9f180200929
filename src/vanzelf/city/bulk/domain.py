"""Ordering by file, and what else people do with files. What machines do is in `work`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import partial

from django.db import transaction

from vanzelf.city import clock, regulations
from vanzelf.city.bulk import archive, keeping, ordering, tasks
from vanzelf.city.bulk.looks import ASKED, log
from vanzelf.city.bulk.models import Feedback, ListFile, Order
from vanzelf.city.lawfulness.queries import in_force
from vanzelf.city.people.models import Person
from vanzelf.city.reasons import written
from vanzelf.city.runs.states import NotNow
from vanzelf.city.staff.models import StaffMember
from vanzelf.city.staff.permissions import require
from vanzelf.sources.catalogue import shipped
from vanzelf.sources.lawfulness import permits
from vanzelf.sources.lawfulness.permits import NoAuthorisation
from vanzelf.sources.magda.bulk import SERVICE, BulkSettings

PURPOSE = "toekenning"


@transaction.atomic
def order(
    *,
    regulation_ids: Sequence[str],
    on: date,
    by: StaffMember,
    settings: BulkSettings,
    persons: Sequence[int] | None = None,
    facts: Mapping[str, Sequence[int]] | None = None,
    queue: bool = True,
) -> Order:
    """Sets up an order for these rights, checked on a day, for the day at which they look then: of
    everyone who lives here, or of `persons`. `facts` names which facts, each of its own persons.

    Everyone it is about sees it in the log before anything is sent. Whoever is in an order for
    the same that still runs is left out. Raises LookupError for an unknown regulation, NotNow
    when there is nothing to ask, NoAuthorisation when it may not be.
    """
    require(by, "bulk.order")
    catalogue = shipped()
    rights = [regulations.regulation(name) for name in regulation_ids]
    on = ordering.day_of(rights, on)
    wanted = ordering.wanted(rights, catalogue)
    if facts is not None:
        serving = ordering.serving(rights, catalogue)
        wanted = {fact: serving[fact] for fact in facts}
    if not wanted:
        raise NotNow("Geen van deze reglementen heeft iets nodig dat per lijst te vragen is.")
    statutes = {fact: catalogue.statutes[fact] for fact in wanted}
    given, refused = permits(
        PURPOSE, SERVICE.name, wanted, in_force().all, clock.today(), statutes, regulation=wanted
    )
    if refused:
        raise NoAuthorisation(PURPOSE, SERVICE.name, refused)
    if facts is None:
        some = list(ordering.everyone(rights) if persons is None else persons)
        facts = dict.fromkeys(wanted, some)
    people = {
        part: _not_asked(some, on, part)
        for permit in given
        for names, some in ordering.alike({name: facts[name] for name in permit.facts})
        for part in ordering.parts(permit.authorisation.reference, names, catalogue)
    }
    if not any(people.values()):
        raise NotNow("Er is niemand over wie dit nog gevraagd moet worden.")
    made = Order.objects.create(
        rights=list(regulation_ids),
        purpose=PURPOSE,
        facts=sorted(wanted),
        on=on,
        persons=len({one for asked in people.values() for one in asked}),
        by=by,
        at=clock.now(),
        until=clock.now() + timedelta(days=settings.answer_within),
    )
    last = ListFile.objects.order_by("-name").values_list("name", flat=True).first() or ""
    files = ordering.files(made, people, settings.persons_per_file, last)
    ListFile.objects.bulk_create(files)
    _log(made, people)
    if queue:
        transaction.on_commit(partial(tasks.queue_send, made.pk))
    return made


def _log(order: Order, people: Mapping[ordering.Part, Sequence[int]]) -> None:
    """Each person sees what was asked about themself, and no more."""
    for part, some in people.items():
        if some:
            log(
                actor=order.by,
                persons=some,
                purpose=ASKED,
                rights=order.rights,
                facts=part.facts,
                reason=f"Gevraagd per bestand ({SERVICE.name}), voor {order.on:%d-%m-%Y}.",
            )


def _not_asked(persons: Sequence[int], on: date, part: ordering.Part) -> list[int]:
    already = ordering.asked_already(on, part.facts)
    return [one for one in persons if one not in already]


def feedback(*, person: Person, reason: str, by: StaffMember | None = None) -> Feedback:
    """Leaves word for the source that it has someone wrong, or that we need them no longer; it
    goes with the next files. Raises ReasonError."""
    return Feedback.objects.create(
        person=person, reason=written(reason, "wat er niet klopt")[:200], by=by, at=clock.now()
    )


def remove_expired(now: datetime) -> int:
    """Removes what is past its term: archived files, and what was asked and answered; returns how
    many rows."""
    return archive.remove_past(now.date()) + keeping.remove_past(now)


def past_term(now: datetime) -> int:
    """How many rows are past their term and still there."""
    return archive.past_term(now.date()) + keeping.past_term(now)
