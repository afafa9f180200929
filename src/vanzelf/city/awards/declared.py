"""What residents told themselves, laid beside what the sources say.

An answer fills what no source answered, marked as declared. Where a source did answer, that
counts; when it says something else, both are shown to the clerk.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from vanzelf import rights
from vanzelf.city import regulations, secrets
from vanzelf.city.access.domain import record
from vanzelf.city.awards.models import PointCheck
from vanzelf.city.people.models import Fact, Household, Person
from vanzelf.city.people.sourced import DECLARED
from vanzelf.city.staff.models import StaffMember
from vanzelf.sources import Reason

Facts = dict[str, Any]
Origins = dict[str, rights.Origin]


@dataclass(frozen=True)
class Declared:
    """The answers that stand for a person and those they live with."""

    person: Person
    facts: list[Fact]

    @classmethod
    def of(
        cls,
        person: Person,
        household: Household | None,
        members: Sequence[Person],
        asked: Iterable[rights.Regulation],
    ) -> Declared:
        """Only those that these rights need."""
        names = {path.rpartition(".")[2] for one in asked for path in one.needed}
        told = Fact.objects.filter(DECLARED, known_until=None)
        about = Q(person__in=members)
        if household is not None:
            about |= Q(household=household)
        found = told.filter(about).order_by("known_from", "id")
        return cls(person, [fact for fact in found if fact.fact.partition(".")[2] in names])

    def fill(self, facts: Facts, origins: Origins, members: Sequence[int]) -> None:
        """Fills in place what is not known. `members` are our ids of those whom `gezin.leden`
        numbers, in order."""
        for fact in self.facts:
            name = fact.fact.partition(".")[2]
            origin = rights.Origin(fact.source, fact.as_of or fact.known_from, declared=True)
            for path, section in self._places(fact, facts, members):
                if name not in section and not _left_out(origins.get(f"{path}.{name}")):
                    section[name] = value_of(fact)
                    origins[f"{path}.{name}"] = origin

    def _places(
        self, fact: Fact, facts: Facts, members: Sequence[int]
    ) -> Iterable[tuple[str, Facts]]:
        """Where a fact belongs: by path, and what is known there."""
        if fact.person_id is None:
            return [("gezin", facts["gezin"])]
        listed = zip(members, facts["gezin"].get("leden", ()), strict=False)
        places = [
            (f"gezin.leden[{place}]", known)
            for place, (who, known) in enumerate(listed, 1)
            if who == fact.person_id
        ]
        own = fact.person_id == self.person.pk
        return [*places, ("persoon", facts["persoon"])] if own else places


def _left_out(origin: rights.Origin | None) -> bool:
    """Whether a source that knows was not asked, because the verdict does not depend on it."""
    return origin is not None and origin.reason == Reason.NOT_ASKED


@dataclass(frozen=True)
class Contradiction:
    """Someone said one thing and a source another. The source counts."""

    number: int
    """Of what the source said, among the facts of the check."""
    about: Person | None
    """The person it is about; None for the household."""
    fact: str
    said: Any
    said_at: datetime
    found: Any
    source: str
    found_at: datetime


@transaction.atomic
def contradictions(
    check: PointCheck, *, viewer: StaffMember, right: str | None = None
) -> list[Contradiction]:
    """Where answers and sources differed in a check, for one right or for all; logged."""
    known = [
        fact for fact in check.facts.select_related("person").order_by("id") if not fact.reason
    ]
    told = {(one.person_id, one.fact): one for one in known if _is_declared(one)}
    found = [
        _contradiction(told[fact.person_id, fact.fact], fact)
        for fact in known
        if (fact.person_id, fact.fact) in told
        if not _is_declared(fact) and (right is None or _needed(fact.fact, right))
        if value_of(told[fact.person_id, fact.fact]) != value_of(fact)
    ]
    if found:
        _log(check, viewer, right or "", found)
    return found


def _log(check: PointCheck, viewer: StaffMember, right: str, found: list[Contradiction]) -> None:
    everyone = check.household.members if check.household else [check.person]
    concerned = {
        one.pk: [c.fact for c in found if c.about is None or c.about == one] for one in everyone
    }
    record(
        actor=viewer,
        subjects=[one for one in everyone if concerned[one.pk]],
        purpose="controle",
        right=right,
        facts=[one.fact for one in found],
        reason=check.reason,
        about=check.person,
        own=concerned,
    )


def _contradiction(said: Fact, fact: Fact) -> Contradiction:
    return Contradiction(
        fact.pk,
        fact.person,
        fact.fact,
        value_of(said),
        said.as_of or said.known_from,
        value_of(fact),
        fact.source,
        fact.as_of or fact.known_from,
    )


def value_of(fact: Fact) -> Any:
    """The value of a fact that is known, in its type; opened when it was sealed."""
    value = fact.value
    if fact.sealed is not None:
        sealed = secrets.Sealed(fact.key_id, bytes(fact.sealed))
        value = json.loads(
            secrets.open_sealed(sealed, table="people_fact", column="value", row=fact.pk)
        )
    section, _, name = fact.fact.partition(".")
    coerced: Any = regulations.regulations().facts.coerce({section: {name: value}})
    return coerced[section][name]


def _is_declared(fact: Fact) -> bool:
    return fact.source.startswith("declared/")


def _needed(path: str, right: str) -> bool:
    name = path.partition(".")[2]
    needed = regulations.regulation(right).needed
    return any(one.rpartition(".")[2] == name for one in needed)
