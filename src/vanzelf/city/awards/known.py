"""What the city knows of someone: every fact with which their rights were checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from vanzelf.city.access.domain import record
from vanzelf.city.awards.about import about, may_see, members_of, positions, still_holds, together
from vanzelf.city.awards.models import Award, LatestVerdict
from vanzelf.city.people.models import Person
from vanzelf.city.verdicts.queries import explanation
from vanzelf.city.verdicts.sealing import bare
from vanzelf.rights import Used, Verdict


@dataclass(frozen=True)
class KnownFact:
    """A fact as it was last used, and whom it is about: None for the household."""

    about: Person | None
    used: Used


@dataclass(frozen=True)
class KnownFacts:
    """What a resident may see, and of whom else data were used that only they may see."""

    facts: list[KnownFact]
    withheld: list[Person]


@transaction.atomic
def facts_of(person: Person) -> KnownFacts:
    """The facts of a person and household, as last used, for that person; logged for all whom
    they are about. A fact that is not known says why in its origin, and gives way to one that is.
    """
    household = positions(person)
    newest: dict[tuple[int, str], KnownFact] = {}
    withheld: list[Person | None] = []
    for one in _used(person, household):
        if not may_see(one.used.path, one.about, viewer=person, household=household):
            withheld.append(one.about)
            continue
        key = (one.about.pk if one.about else 0, one.used.path.rpartition(".")[2])
        held = newest.get(key)
        if held is None or _rank(one.used) >= _rank(held.used):
            newest[key] = one
    shown = [newest[key] for key in sorted(newest)]
    record(
        actor=person,
        subjects=together([person, *(one.about for one in shown)]),
        purpose="inzage",
        facts=sorted({bare(one.used.path) for one in shown}),
        reason="eigen gegevens",
    )
    return KnownFacts(shown, together(withheld))


def _used(person: Person, household: Mapping[int, str]) -> Iterator[KnownFact]:
    """Of the awards and verdicts that hold now, and about those who live here now."""
    mine = Q(person=person)
    if person.household is not None:
        mine |= Q(household=person.household)
    given = Award.objects.filter(covers__person=person, known_until=None)
    verdicts = LatestVerdict.objects.filter(mine).select_related("explanation")
    rows: list[Award | LatestVerdict] = [
        *given.select_related("explanation"),
        *(row for row in verdicts if still_holds(row, household)),
    ]
    for row in rows:
        data = explanation(row)
        verdict = Verdict.from_data(data) if data else None
        if verdict and verdict.explanation:
            members = members_of(row)
            for used in verdict.explanation.facts:
                whom = about(used.path, row, members)
                # An award may be older than the household: who left keeps what is theirs.
                if whom is None or whom.pk in household:
                    yield KnownFact(whom, used)


def _rank(used: Used) -> tuple[bool, str]:
    """Known before not known, then the latest."""
    origin = used.origin
    known = origin is not None and origin.reason is None
    return known, origin.as_of.isoformat() if origin else ""
