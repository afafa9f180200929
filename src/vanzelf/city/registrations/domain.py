"""Planning: what is to be registered, and what to be taken back."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from vanzelf.city import clock
from vanzelf.city.registrations import interest
from vanzelf.city.registrations.grounds import Grounds, require_address
from vanzelf.city.registrations.models import Ending, Registration
from vanzelf.sources import Endpoints

BATCH = 5_000


@dataclass(frozen=True, slots=True)
class Planned:
    """How many registrations are new, and how many are to be taken back."""

    new: int
    ending: int


@transaction.atomic
def plan(*, endpoints: Endpoints) -> Planned:
    """Compares who is registered with who has a lasting interest. Tells nobody; again: nothing.

    What was wanted and never told goes without a word; what lapsed with its authorisation needs no
    taking back. Raises `EndpointError` when no address is set, `DataError` when the authorisations
    cannot be read.
    """
    require_address(endpoints)
    today = clock.today()
    grounds = Grounds(endpoints, today)
    wanted: dict[tuple[int, str, str], tuple[str, str]] = {}
    for person, rights in interest.lasting(today).items():
        for right in rights:
            for identity, permit in grounds.of(right).items():
                key = (person, *identity)
                wanted.setdefault(key, (right, permit.authorisation.reference))
    lapsed = Registration.objects.filter(ended_at=None, until__lt=today)
    lapsed.update(ending=Ending.LAPSED, ended_at=clock.now())
    held = {
        (one.person_id, *one.identity): one
        for one in Registration.objects.filter(ended_at=None).iterator()
    }
    new = _add(wanted, held)
    return Planned(new, _end(wanted, held))


def _add(
    wanted: dict[tuple[int, str, str], tuple[str, str]],
    held: dict[tuple[int, str, str], Registration],
) -> int:
    back = [one.pk for key, one in held.items() if key in wanted and one.ending]
    # Taking it back may have been told already: tell anew.
    Registration.objects.filter(pk__in=back).update(ending="", registered_at=None)
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
    Registration.objects.bulk_create(rows, batch_size=BATCH)
    return len(rows)


def _end(
    wanted: dict[tuple[int, str, str], tuple[str, str]],
    held: dict[tuple[int, str, str], Registration],
) -> int:
    gone = [one for key, one in held.items() if key not in wanted and not one.ending]
    why = interest.endings({one.person_id for one in gone})
    never_told = [one.pk for one in gone if not one.tries]
    Registration.objects.filter(pk__in=never_told).delete()
    told = [one for one in gone if one.tries]
    for one in told:
        one.ending = why[one.person_id]
    Registration.objects.bulk_update(told, ["ending"], batch_size=BATCH)
    return len(told)
