"""Planning: what is to be registered, and what to be taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max, QuerySet

from vanzelf.city import clock
from vanzelf.city.database import advisory_lock
from vanzelf.city.people.models import Person
from vanzelf.city.registrations import interest
from vanzelf.city.registrations.grounds import Grounds, require_address
from vanzelf.city.registrations.models import LOCK, Ending, Registration
from vanzelf.sources import Endpoints

BATCH = 5_000  # persons that are compared together
Progress = Callable[[int, int], None]
"""How many are done, of how many."""

Key = tuple[int, str, str]  # person, Identificatie, Hoedanigheid


@dataclass(frozen=True, slots=True)
class Planned:
    """How many registrations are new, and how many are to be taken back."""

    new: int = 0
    ending: int = 0

    def __add__(self, other: Planned) -> Planned:
        return Planned(self.new + other.new, self.ending + other.ending)


def plan(*, endpoints: Endpoints, progress: Progress | None = None) -> Planned:
    """Compares who is registered with who has a lasting interest. Tells nobody; again: nothing.

    Some thousand persons at a time, each time wholly or not at all; interrupted, the next time does
    the rest. While someone else plans or tells, nothing happens. What was wanted and never told
    goes without a word; what lapsed with its authorisation needs no taking back. Raises
    `EndpointError` when no address is set, `DataError` when the authorisations cannot be read.
    """
    require_address(endpoints)
    today = clock.today()
    grounds = Grounds(endpoints, today)
    planned = Planned()
    with advisory_lock(LOCK) as mine:
        if not mine:
            return planned
        lapsed = Registration.objects.filter(ended_at=None, until__lt=today)
        lapsed.update(ending=Ending.LAPSED, ended_at=clock.now(), file=None)
        last = Person.objects.aggregate(last=Max("pk"))["last"] or 0
        for first in range(1, last + 1, BATCH):
            planned += _some(range(first, first + BATCH), grounds, today)
            if progress is not None:
                progress(min(first + BATCH - 1, last), last)
    return planned


@transaction.atomic
def _some(persons: range, grounds: Grounds, today: date) -> Planned:
    """Compares for the persons with these ids."""
    wanted: dict[Key, tuple[str, str]] = {}
    for person, rights in interest.lasting(today, persons).items():
        for right in rights:
            for identity, permit in grounds.of(right).items():
                key = (person, *identity)
                wanted.setdefault(key, (right, permit.authorisation.reference))
    known = Registration.objects.filter(
        ended_at=None, person_id__gte=persons.start, person_id__lt=persons.stop
    )
    held = {(one.person_id, *one.identity): one for one in known}
    return Planned(_add(wanted, held), _end(wanted, held))


def want_again(rows: QuerySet[Registration]) -> None:
    """Of registrations that were to be taken back: that may have been told already, so they are
    told anew."""
    rows.update(ending="", registered_at=None)


def _add(
    wanted: dict[Key, tuple[str, str]],
    held: dict[Key, Registration],
) -> int:
    back = [one.pk for key, one in held.items() if key in wanted and one.ending]
    want_again(Registration.objects.filter(pk__in=back))
    rows = [
        Registration(
            person_id=person,
            identification=identification,
            capacity=capacity,
            authorisation=authorisation,
            right=right,
            wanted_at=clock.now(),
        )
        for (person, identification, capacity), (right, authorisation) in wanted.items()
        if (person, identification, capacity) not in held
    ]
    Registration.objects.bulk_create(rows)
    return len(rows)


def _end(
    wanted: dict[Key, tuple[str, str]],
    held: dict[Key, Registration],
) -> int:
    gone = [one for key, one in held.items() if key not in wanted and not one.ending]
    why = interest.endings({one.person_id for one in gone})
    never_told = [one.pk for one in gone if not one.tries]
    Registration.objects.filter(pk__in=never_told).delete()
    told = [one for one in gone if one.tries]
    for reason in sorted({why[one.person_id] for one in told}):
        some = [one.pk for one in told if why[one.person_id] == reason]
        Registration.objects.filter(pk__in=some).update(ending=reason)
    return len(told)
