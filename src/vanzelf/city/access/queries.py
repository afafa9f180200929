"""Who looked at someone's data."""

from __future__ import annotations

from django.db.models import Q

from vanzelf.city.access.models import Actor, Look
from vanzelf.city.people.models import Person


def looks_of(person: Person, limit: int = 100) -> list[Look]:
    """The looks at this person's data, newest first, those by runs included.

    Residents' looks, one's own and those of the household, and looks by the city are counted
    apart: however often a page is opened, it pushes nobody of the city out of sight.
    """
    looks = Look.objects.filter(
        Q(pk__in=Look.objects.filter(subjects__person=person).values("pk"))
        | Q(run__in=person.runs.values("run")),
    ).order_by("-at", "-id")
    by_city = looks.exclude(actor_kind=Actor.RESIDENT)[:limit]
    by_residents = looks.filter(actor_kind=Actor.RESIDENT)[:limit]
    return sorted([*by_city, *by_residents], key=lambda look: (look.at, look.pk), reverse=True)
