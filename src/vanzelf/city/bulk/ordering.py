"""What to ask of whom: facts that a list can give, those who live here, files of some thousands."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from vanzelf.city.bulk.models import ListFile, Order
from vanzelf.city.people.models import PopulationImport
from vanzelf.city.people.presence import members_of
from vanzelf.city.runs.states import NotNow
from vanzelf.rights import Regulation
from vanzelf.sources.catalogue import Catalogue
from vanzelf.sources.magda.bulk import LIST, MAX_STATUTES, file_names
from vanzelf.sources.planning.data import shipped


@dataclass(frozen=True)
class Part:
    """Facts that fit in one question, and the authorisation under which they are asked."""

    authorisation: str
    facts: tuple[str, ...]
    statutes: tuple[str, ...]


def wanted(rights: Sequence[Regulation], catalogue: Catalogue) -> dict[str, list[str]]:
    """Facts of persons that these rights need and a list can give, each with the rights."""
    found: dict[str, list[str]] = {}
    for right in rights:
        for path in right.needed:
            fact = path.rpartition(".")[2]
            of_person = path.startswith("persoon.") or "[]." in path
            if of_person and fact in catalogue.statutes:
                found.setdefault(fact, []).append(right.id)
    return found


def serving(rights: Sequence[Regulation], catalogue: Catalogue) -> dict[str, list[str]]:
    """The same, and what tells of a family whether someone in it has such a fact."""
    found = wanted(rights, catalogue)
    for family in shipped().families.values():
        if family.of in found and family.fact in catalogue.statutes:
            found[family.fact] = sorted({*found.get(family.fact, ()), *found[family.of]})
    return found


def alike(facts: Mapping[str, Sequence[int]]) -> Iterator[tuple[list[str], list[int]]]:
    """Facts that are asked of the same persons together, with these persons."""
    found: dict[tuple[int, ...], list[str]] = {}
    for fact, persons in facts.items():
        found.setdefault(tuple(persons), []).append(fact)
    for some, names in found.items():
        yield names, list(some)


def parts(authorisation: str, facts: Collection[str], catalogue: Catalogue) -> Iterator[Part]:
    """Facts whose statutes fit in one file. Those whose names are a guess apart: a name that does
    not exist may fail all that is asked with it."""
    for guessed in (False, True):
        some = [fact for fact in sorted(facts) if guessed == (fact in catalogue.unverified)]
        yield from (_part(authorisation, few, catalogue) for few in _fitting(some, catalogue))


def _part(authorisation: str, facts: Sequence[str], catalogue: Catalogue) -> Part:
    statutes = tuple(name for fact in facts for name in catalogue.statutes[fact])
    return Part(authorisation, tuple(facts), statutes)


def _fitting(facts: Sequence[str], catalogue: Catalogue) -> Iterator[list[str]]:
    few: list[str] = []
    size = 0
    for fact in facts:
        count = len(catalogue.statutes[fact])
        if few and size + count > MAX_STATUTES:
            yield few
            few, size = [], 0
        few.append(fact)
        size += count
    if few:
        yield few


def day_of(rights: Sequence[Regulation], on: date) -> date:
    """The day at which these rights look when they are checked on `on`. Raises NotNow when they
    look at different days: a list asks for one."""
    days = {right.reference_date(on) for right in rights}
    if len(days) > 1:
        told = "; ".join(f"{one.id}: {one.reference_date(on):%d-%m-%Y}" for one in rights)
        raise NotNow(f"Deze reglementen kijken naar verschillende dagen, vraag ze apart: {told}.")
    return days.pop()


def everyone(rights: Sequence[Regulation]) -> list[int]:
    """Those who live here by the latest delivery, households together: everyone for a right of
    persons, else who lives in a private household."""
    latest = PopulationImport.objects.order_by("-id").first()
    if latest is None:
        return []
    personal = any(right.unit == "persoon" for right in rights)
    there = members_of(latest, personal=personal).exclude(person__deceased=True)
    return list(there.order_by("household_id", "place").values_list("person_id", flat=True))


def asked_already(on: date, facts: Collection[str]) -> set[int]:
    """Persons of whom all of these facts were asked for this day in an order that still runs."""
    return {
        person
        for file in ListFile.objects.asked()
        .filter(order__on=on, facts__contains=list(facts), order__in=running())
        .only("persons")
        for person in file.persons
    }


def running() -> list[int]:
    """The orders whose answers are still waited for."""
    from vanzelf.city import clock

    return list(Order.objects.filter(until__gt=clock.now()).values_list("pk", flat=True))


def files(
    order: Order, people: Mapping[Part, Sequence[int]], size: int, last_name: str
) -> list[ListFile]:
    """The files of an order, each with a reference and a name of its own."""
    cut = [
        (part, some[start : start + size])
        for part, some in people.items()
        for start in range(0, len(some), size)
    ]
    names = file_names(LIST, order.at, len(cut), after=last_name)
    return [
        ListFile(
            order=order,
            number=number,
            reference=str(uuid.uuid4()),
            name=name,
            authorisation=part.authorisation,
            facts=list(part.facts),
            statutes=list(part.statutes),
            persons=list(some),
        )
        for number, ((part, some), name) in enumerate(zip(cut, names, strict=True))
    ]
