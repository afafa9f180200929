"""Who has a lasting interest: whose award runs, unless they died or left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from django.db.models import Exists, OuterRef, Q

from vanzelf.city.awards.models import AwardCover
from vanzelf.city.people.models import Person, Presence
from vanzelf.city.registrations.models import Ending


def lasting(today: date, persons: range | None = None) -> dict[int, list[str]]:
    """The rights that run for each person (of those with these ids; None: of everyone), by id;
    without who died or left."""
    running = AwardCover.objects.filter(
        Q(award__valid_until=None) | Q(award__valid_until__gte=today),
        known_until=None,
        award__known_until=None,
    ).exclude(person__deceased=True)
    if persons is not None:
        running = running.filter(person_id__gte=persons.start, person_id__lt=persons.stop)
    found: defaultdict[int, list[str]] = defaultdict(list)
    present = running.filter(~_gone("person"))
    for person, right in present.values_list("person", "right").order_by("right").distinct():
        found[person].append(right)
    return found


def endings(persons: Collection[int]) -> dict[int, str]:
    """Why these persons, who have no lasting interest, have none."""
    found = Person.objects.filter(pk__in=persons).annotate(gone=_gone("pk"))
    return {
        person.pk: Ending.DIED
        if person.deceased
        else Ending.LEFT
        if person.gone
        else Ending.NO_INTEREST
        for person in found
    }


def _gone(person: str) -> Q:
    """Who was in a delivery of the register and is not in the latest; who never was (asked about at
    the counter only) has not left."""
    been = Presence.objects.filter(person=OuterRef(person))
    return Q(Exists(been)) & ~Q(Exists(been.filter(until=None)))
