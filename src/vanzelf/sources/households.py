"""Who lives together: GeefGezinssamenstelling where it answers, else GeefPersoon."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from vanzelf.sources.catalogue import Dependants
from vanzelf.sources.magda.geef_persoon import Person, Relative
from vanzelf.sources.types import Reading, Reason

HEAD = "01"


@dataclass(frozen=True, slots=True)
class Composition:
    """The members, the reference person first; `reading` holds their numbers, or why not."""

    reading: Reading
    members: tuple[Relative, ...] = ()


def composition(
    insz: str, members: Sequence[Relative], source: str, at: datetime, on: date
) -> Composition:
    """A household from a list of everyone in it, which must hold the person asked about.

    Sources give the present: when someone joined after the day, that day's household is unknown.
    """
    present = [member for member in members if not member.ended(on)]
    flags = tuple(dict.fromkeys(flag for member in present for flag in member.flags))
    numbers = [member.insz for member in present if member.insz]
    reason = None
    if insz not in numbers or len(set(numbers)) < len(numbers):
        reason = Reason.CONTRADICTION
    elif len(numbers) < len(present) or not all(member.covers(on) for member in present):
        reason = Reason.NO_DATA
    if reason:
        return Composition(Reading.unknown(reason, source, at, flags))
    ordered = sorted(present, key=lambda member: member.position != HEAD)
    value = tuple(member.insz for member in ordered if member.insz)
    return Composition(Reading(value, source, at, flags=flags), tuple(ordered))


def began_later(members: Sequence[Relative], on: date) -> bool:
    """Whether a present household was not yet this one on a day: someone joined after it."""
    return any(_joined_later(member, on) for member in members)


def past(
    insz: str, history: Sequence[Relative], source: str, at: datetime, on: date
) -> Composition:
    """The household on a day that has passed, from a history in which each member has dates.

    Who joined after the day was not there yet; who left before it, no more. Someone whose begin
    is not said, or two reference persons on one day, leave it unknown.
    """
    found = composition(
        insz, [one for one in history if not _joined_later(one, on)], source, at, on
    )
    if not found.reading.known:
        return found
    heads = [member for member in found.members if member.position == HEAD]
    undated = any(member.begin is None for member in found.members)
    if undated or len(heads) != 1:
        reason = Reason.NO_DATA if undated else Reason.CONTRADICTION
        return Composition(found.reading.doubted(reason))
    return Composition(found.reading.flagged("interpretation:history"), found.members)


def _joined_later(member: Relative, on: date) -> bool:
    return member.begin is not None and member.begin > on


def of_head(person: Person, source: str, at: datetime, on: date) -> Composition:
    """The household of someone who is its reference person, from GeefPersoon's Gezinsleden.

    A single person is listed as one Gezinslid in position 01 without a number. Any other position
    without a number is about someone who does not live alone, without saying with whom.
    """
    itself = Relative(person.insz, HEAD, person.born)
    listed = [member for member in person.members if not member.ended(on)]
    own = [member for member in listed if member.insz == person.insz]
    alone = [member for member in listed if member.insz is None and member.position == HEAD]
    others = [member for member in listed if member not in (*own, *alone)]
    if not listed:
        return Composition(Reading.unknown(Reason.NO_DATA, source, at))
    if (alone and others) or any(member.position != HEAD for member in own):
        return Composition(Reading.unknown(Reason.CONTRADICTION, source, at))
    return composition(person.insz, [itself, *others], source, at, on)


def reference_person(person: Person, on: date) -> Relative | None:
    """The head of someone who is none, when that still held on the day."""
    head = person.reference_person
    return head if head is not None and not head.ended(on) else None


def later_than(head: Relative, members: Sequence[Relative], on: date) -> bool:
    """Whether someone left the household of this head for one of their own, which began later.

    The register does not always end what was before; it says since when each holds.
    """
    begun = [member.begin for member in members if not member.ended(on)]
    return bool(begun) and all(
        begin is not None and head.begin is not None and head.begin < begin for begin in begun
    )


def dependants(found: Composition, rule: Dependants, on: date) -> Reading:
    """How many persons count as dependants, by the rule of `sources.yaml`."""
    reading = found.reading
    if not reading.known:
        return reading
    count = 0
    for member in found.members:
        counts = _counts(member, rule, on)
        if counts is None:
            return reading.doubted(Reason.MISSING_CODE, f"dependant?:{member.position}")
        count += counts
    return Reading(
        count, reading.source, reading.as_of, flags=("interpretation:dependants", *reading.flags)
    )


def _counts(member: Relative, rule: Dependants, on: date) -> bool | None:
    """Whether one member is a dependant; None when the rule cannot tell."""
    if member.position in rule.never:
        return False
    if rule.younger_than is None:
        known = rule.positions is None or member.position is not None
        return (rule.positions is None or member.position in rule.positions) if known else None
    if member.born is None:
        return None
    young = _age(member.born, on) < rule.younger_than
    if rule.positions is None or member.position in rule.positions:
        return young
    return None if young else False


def _age(born: date, on: date) -> int:
    """Full years on a day; who was born on 29 February has a birthday on 1 March."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
