"""Who looked at someone's data."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.lookups import Exact

from vanzelf.city.access.models import Actor, Look, LookSubject
from vanzelf.city.people.models import Person, Presence
from vanzelf.city.runs.models import Run

ANSWER = "verklaring"  # the purpose of an answer that a resident gave


def looks_of(person: Person, limit: int = 100) -> list[Look]:
    """The looks at this person's data as they may see them, newest first, by runs included.

    Where someone else of the household was asked about, no more than the service, the purpose,
    when, and which of their own facts. How others of the household use their own pages is theirs;
    an answer that one of them gave for this person is not. Looks by residents are counted apart:
    however often a page is opened, it pushes nobody of the city out of sight.
    """
    looks = Look.objects.filter(
        Q(pk__in=Look.objects.filter(subjects__person=person).values("pk"))
        | Q(run__in=runs_over(person).values("pk")),
    ).order_by("-at", "-id")
    by_city = looks.exclude(actor_kind=Actor.RESIDENT)[:limit]
    mine = Q(person=person) | Q(purpose=ANSWER)
    by_residents = looks.filter(mine, actor_kind=Actor.RESIDENT)[:limit]
    found = sorted([*by_city, *by_residents], key=lambda look: (look.at, look.pk), reverse=True)
    _leave_to_the_asked(found, person)
    return found


def runs_over(person: Person) -> QuerySet[Run]:
    """The runs that looked at this person's data: those of a delivery that has them, and of a right
    of households only when they lived in a private one."""
    there = Presence.objects.filter(
        Q(until=None) | Q(until__gt=OuterRef("delivery")),
        Q(private=True) | Q(Exact(OuterRef("personal"), True)),
        person=person,
        since__lte=OuterRef("delivery"),
    )
    return Run.objects.filter(Exists(there))


def _leave_to_the_asked(looks: list[Look], person: Person) -> None:
    """Takes from looks about someone else what is only theirs to see. Not to be saved."""
    others = [look for look in looks if look.about_id not in (None, person.pk)]
    rows = LookSubject.objects.filter(person=person, look__in=others)
    facts = {row.look_id: row.facts for row in rows}
    for look in others:
        look.actor = look.right = look.reason = ""
        look.staff = look.about = None
        look.facts = facts.get(look.pk, [])
