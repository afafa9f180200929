"""What the city knows of someone: every fact with which their rights were checked."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction
from django.db.models import Q

from vanzelf.city.access.domain import record
from vanzelf.city.awards.models import Award, LatestVerdict
from vanzelf.city.people.models import Person
from vanzelf.city.verdicts.queries import explanation
from vanzelf.city.verdicts.sealing import bare
from vanzelf.rights import Used, Verdict


@transaction.atomic
def facts_of(person: Person) -> list[Used]:
    """The facts of a person and household, as last used, for that person; logged.

    Paths number the members of the household from 1, in its order. A fact that is not known
    says why in its origin, and gives way to one that is.
    """
    newest: dict[str, Used] = {}
    for used in _used(person):
        held = newest.get(used.path)
        if held is None or _rank(used) >= _rank(held):
            newest[used.path] = used
    record(
        actor=person,
        subjects=[person],
        purpose="inzage",
        facts=sorted({bare(path) for path in newest}),
        reason="eigen gegevens",
    )
    return [newest[path] for path in sorted(newest)]


def _used(person: Person) -> Iterator[Used]:
    mine = Q(person=person)
    if person.household is not None:
        mine |= Q(household=person.household)
    given = Award.objects.filter(covers__person=person, known_until=None)
    verdicts = LatestVerdict.objects.filter(mine)
    rows: list[Award | LatestVerdict] = [
        *given.select_related("explanation"),
        *verdicts.select_related("explanation"),
    ]
    for row in rows:
        data = explanation(row)
        verdict = Verdict.from_data(data) if data else None
        if verdict and verdict.explanation:
            yield from verdict.explanation.facts


def _rank(used: Used) -> tuple[bool, str]:
    """Known before not known, then the latest."""
    origin = used.origin
    known = origin is not None and origin.reason is None
    return known, origin.as_of.isoformat() if origin else ""
