"""Who looked at someone's data."""

from __future__ import annotations

from django.db.models import Q

from vanzelf.city.access.models import Look
from vanzelf.city.people.models import Person


def looks_of(person: Person, limit: int = 100) -> list[Look]:
    """The looks at this person's data, newest first, those by runs included."""
    return list(
        Look.objects.filter(
            Q(pk__in=Look.objects.filter(subjects__person=person).values("pk"))
            | Q(run__in=person.runs.values("run")),
        ).order_by("-at", "-id")[:limit]
    )
