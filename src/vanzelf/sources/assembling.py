"""From readings to the shape in which rights sees facts, with the origin of each."""

from __future__ import annotations

from collections.abc import Mapping

from vanzelf.rights import Origin
from vanzelf.sources.types import Household, Reading

MEMBERS = "leden"


def assemble(household: Household) -> tuple[dict[str, object], dict[str, Origin]]:
    """Facts as rights takes them, and the origin of every fact by its path as printed.

    What is unknown is left out of the facts, and has an origin with the reason. Members stand in
    the order of `household.members`; when it is not known who they are, `gezin.leden` is unknown.
    """
    origins: dict[str, Origin] = {}
    family = _known(household.readings, "gezin", origins, skip=MEMBERS)
    composition = household.readings[MEMBERS]
    origins[f"gezin.{MEMBERS}"] = origin(composition)
    if composition.known:
        family[MEMBERS] = [
            _known(member.readings, f"gezin.{MEMBERS}[{number}]", origins)
            for number, member in enumerate(household.members, start=1)
        ]
    person = _known(household.person.readings, "persoon", origins)
    return {"gezin": family, "persoon": person}, origins


def origin(reading: Reading) -> Origin:
    """Where a reading came from, or why there is none."""
    return Origin(
        source=reading.source,
        as_of=reading.as_of,
        valid_from=reading.valid_from,
        valid_until=reading.valid_until,
        reason=None if reading.reason is None else str(reading.reason),
    )


def _known(
    readings: Mapping[str, Reading], path: str, origins: dict[str, Origin], skip: str = ""
) -> dict[str, object]:
    facts: dict[str, object] = {}
    for name, reading in readings.items():
        if name == skip:
            continue
        origins[f"{path}.{name}"] = origin(reading)
        if reading.known:
            facts[name] = reading.value
    return facts
