"""From a person in the register to facts: three answers, never two."""

from __future__ import annotations

from datetime import date, datetime

from vanzelf.sources.magda.client import Answer
from vanzelf.sources.magda.geef_persoon import Address, Person, Relative
from vanzelf.sources.types import Reading, Reason, Value

SOURCE = "magda/GeefPersoon"


def person_readings(person: Person, answer: Answer, on: date) -> dict[str, Reading]:
    """The facts that GeefPersoon gives, on one day."""
    flags = tuple(dict.fromkeys((*answer.flags, *person.flags)))
    return {
        "geboortedatum": born(person.born, flags, SOURCE, answer.at),
        "overleden": _deceased(person, answer, on, flags),
        **address_readings(person.address, flags, SOURCE, answer.at, on),
    }


def relative_readings(
    relative: Relative, source: str, at: datetime, on: date
) -> dict[str, Reading]:
    """What a household says of one of its members, besides that they live there."""
    return {
        "geboortedatum": born(relative.born, relative.flags, source, at),
        "overleden": Reading.unknown(Reason.NOT_ASKED, SOURCE, at),
        **address_readings(relative.address, relative.flags, source, at, on),
    }


def born(day: date | None, flags: tuple[str, ...], source: str, at: datetime) -> Reading:
    if day is not None:
        return Reading(day, source, at, flags=flags)
    unreadable = any(flag.startswith("bad-date:") for flag in flags)
    reason = Reason.UNREADABLE if unreadable else Reason.NO_DATA
    return Reading.unknown(reason, source, at, flags)


def _deceased(person: Person, answer: Answer, on: date, flags: tuple[str, ...]) -> Reading:
    """On that day: a death after it does not count, one without a date always does."""
    if person.deceased:
        dead = person.died is None or person.died <= on
        return Reading(dead, SOURCE, answer.at, person.died if dead else None, flags=flags)
    if answer.incomplete:
        return Reading.unknown(Reason.NO_DATA, SOURCE, answer.at, flags)
    return Reading(False, SOURCE, answer.at, flags=flags)


def address_readings(
    address: Address | None, flags: tuple[str, ...], source: str, at: datetime, on: date
) -> dict[str, Reading]:
    """Municipality, postcode and street of the main residence on that day.

    The register gives the present address: on a day before it began, the address is unknown.
    """
    here = address if address is not None and address.covers(on) else None

    def reading(value: Value | None, missing: Reason) -> Reading:
        if here is None or value is None:
            return Reading.unknown(Reason.NO_DATA if here is None else missing, source, at, flags)
        return Reading(value, source, at, here.begin, here.end, flags=flags)

    return {
        "gemeente": reading(here.municipality if here else None, Reason.MISSING_CODE),
        "postcode": reading(here.postcode if here else None, Reason.NO_DATA),
        "straat": reading(here.street if here else None, Reason.NO_DATA),
    }


def contradict(readings: dict[str, Reading], other: dict[str, Reading]) -> dict[str, Reading]:
    """Where a second source gives another known value, neither is believed."""
    result = dict(readings)
    for name in readings.keys() & other.keys():
        one, two = readings[name], other[name]
        if one.known and two.known and one.value != two.value:
            result[name] = one.doubted(Reason.CONTRADICTION, f"{two.source}:{two.value}")
    return result
