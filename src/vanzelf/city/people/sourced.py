"""A person and household as a source gave them, into the register; and the facts with them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q

from vanzelf.city import clock, regulations, secrets
from vanzelf.city.database import reserve_ids
from vanzelf.city.people.models import Fact, Household, InszAlias, Membership, Person
from vanzelf.city.people.queries import find_person
from vanzelf.city.people.register import is_invented
from vanzelf.city.retention import values
from vanzelf.city.time_axes import CURRENT
from vanzelf.city.verdicts.sealing import is_raw
from vanzelf.sources import Household as Sourced
from vanzelf.sources import Member, Reading, Reason

MEMBERS = "leden"
DECLARED = Q(source__startswith="declared/", reason="")
"""What someone told themself. It stands beside what sources say, until they tell it anew."""


class Known(NamedTuple):
    """Whom we know now: the person asked about, their household, and all members in order."""

    person: Person
    household: Household | None
    members: list[Person]
    facts: list[Fact]


@transaction.atomic
def take_in(sourced: Sourced) -> Known:
    """Makes the persons whom we did not know, follows a move, and keeps the facts."""
    persons = {member.insz: _person(member, sourced) for member in sourced.members}
    person = persons[sourced.person.insz]
    if sourced.readings[MEMBERS].known:
        household: Household | None = _household(sourced, persons)
    else:
        household = person.household
    facts = [
        fact
        for member in sourced.members
        for fact in keep(member.readings, person=persons[member.insz])
    ]
    if household is not None:
        facts += keep(sourced.readings, household=household)
    return Known(person, household, list(persons.values()), facts)


def _person(member: Member, sourced: Sourced) -> Person:
    earlier = [old for old, new in sourced.aliases.items() if new == member.insz]
    person = next(filter(None, map(find_person, (member.insz, *earlier))), None)
    if person is None:
        born = member.readings.get("geboortedatum")
        birth_date = born.value if born and isinstance(born.value, date) else None
        person = Person.objects.create(birth_date=birth_date, known_from=clock.now())
    for number in (*earlier, member.insz):
        _alias(person, number)
    return person


def _alias(person: Person, number: str) -> None:
    index = secrets.blind_index(number)
    if InszAlias.objects.filter(index=index).exists():
        return
    (row,) = reserve_ids("people_inszalias", 1)
    sealed = secrets.seal(number, table="people_inszalias", column="insz", row=row)
    InszAlias.objects.create(
        pk=row,
        person=person,
        index=index,
        ciphertext=sealed.ciphertext,
        key_id=sealed.key_id,
        invented=is_invented(number),
        known_from=clock.now(),
    )


def _household(sourced: Sourced, persons: Mapping[str, Person]) -> Household:
    """The household that holds exactly these persons; else a new one, to which they move."""
    present = sourced.person.insz
    current = persons[present].household
    if current is not None and set(current.members) == set(persons.values()):
        return current
    household = Household.objects.create(known_from=clock.now(), **_address(sourced))
    _leave(persons.values(), sourced.on)
    Membership.objects.bulk_create(
        Membership(
            household=household,
            person=persons[member.insz],
            position=member.position or "",
            place=place,
            valid_from=sourced.on,
            known_from=clock.now(),
        )
        for place, member in enumerate(sourced.members)
    )
    return household


def _address(sourced: Sourced) -> dict[str, str]:
    found = {"municipality": "gemeente", "postcode": "postcode"}
    readings = {name: sourced.readings.get(fact) for name, fact in found.items()}
    return {name: str(r.value) for name, r in readings.items() if r is not None and r.known}


def _leave(persons: Iterable[Person], on: date) -> None:
    current = Membership.objects.filter(CURRENT, person__in=list(persons))
    current.update(valid_until=on - timedelta(days=1))


def keep(
    readings: Mapping[str, Reading],
    *,
    person: Person | None = None,
    household: Household | None = None,
) -> Sequence[Fact]:
    """Keeps the readings; what we held before about the same ends on the axis of knowing.

    What a source says does not end what someone told, nor the other way round.
    """
    section = "persoon" if person else "gezin"
    readings = {  # what was not asked says nothing, and ends nothing that we knew
        name: reading
        for name, reading in readings.items()
        if reading.reason is not Reason.NOT_ASKED
    }
    held = Fact.objects.filter(person=person, household=household, known_until=None)
    told = {name for name, reading in readings.items() if _is_told(reading)}
    for names, kind in ((told, DECLARED), (readings.keys() - told, ~DECLARED)):
        same = held.filter(kind, fact__in=[f"{section}.{name}" for name in names])
        same.update(known_until=clock.now())
    ids = reserve_ids("people_fact", len(readings))
    return Fact.objects.bulk_create(
        _fact(row, f"{section}.{name}", reading, person, household)
        for row, (name, reading) in zip(ids, readings.items(), strict=True)
    )


def _is_told(reading: Reading) -> bool:
    return reading.known and reading.source.startswith("declared/")


def _fact(
    row: int, path: str, reading: Reading, person: Person | None, household: Household | None
) -> Fact:
    value = reading.as_data()["value"]
    if path == f"gezin.{MEMBERS}":
        value = None  # who they are stands in the memberships, and their numbers nowhere in clear
    sealed = None
    if value is not None and _is_raw(path):
        ends = values.longest(clock.today())
        sealed = secrets.seal(
            json.dumps(value), table="people_fact", column="value", row=row, until=ends
        )
        value = None
    return Fact(
        pk=row,
        person=person,
        household=household,
        fact=path,
        value=value,
        sealed=sealed.ciphertext if sealed else None,
        key_id=sealed.key_id if sealed else "",
        reason=reading.reason or "",
        source=reading.source,
        as_of=reading.as_of,
        valid_from=reading.valid_from,
        valid_until=reading.valid_until,
        known_from=clock.now(),
    )


def _is_raw(path: str) -> bool:
    try:
        return is_raw(regulations.regulations().facts.at(path))
    except KeyError:
        return False  # a street, for the list of waste zones: no fact of a right
