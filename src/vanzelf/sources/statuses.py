"""From social statuses to facts: three answers, never two."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Protocol

from vanzelf.sources.catalogue import Catalogue
from vanzelf.sources.magda.geef_sociaal_statuut import Statute
from vanzelf.sources.types import Reading, Reason

SOURCE = "magda/GeefSociaalStatuut"
GUESSED = "unverified-statute"
"""Flag: the name of the status is a guess of ours."""


class Answer(Protocol):
    """What of an answer, at once or by file, decides how its statutes are read."""

    @property
    def at(self) -> datetime: ...
    @property
    def flags(self) -> tuple[str, ...]: ...
    @property
    def incomplete(self) -> bool: ...


def statuses(
    facts: Iterable[str],
    statutes: Sequence[Statute],
    answer: Answer,
    on: date,
    catalogue: Catalogue,
) -> dict[str, Reading]:
    """Each fact from the statutes that make it up; a fact is true when any of them applies."""
    readings: dict[str, Reading] = {}
    for fact in facts:
        parts = []
        for name in catalogue.statutes[fact]:
            given = [statute for statute in statutes if statute.name == name]
            parts.append(_same([_reading(each, answer, on, catalogue) for each in given], answer))
        guess = (GUESSED,) if fact in catalogue.unverified else ()
        readings[fact] = any_of(parts).flagged(*guess)
    return readings


def settles(reading: Reading) -> bool:
    """Whether no other source need be asked: a "no" to a guessed name may be to another status."""
    return reading.known and not (reading.value is False and GUESSED in reading.flags)


def any_of(readings: Sequence[Reading]) -> Reading:
    """Kleene's or: true wins, then unknown, then false. At least one reading."""
    flags = tuple(dict.fromkeys(flag for reading in readings for flag in reading.flags))
    true = next((reading for reading in readings if reading.value is True), None)
    unknown = next((reading for reading in readings if not reading.known), None)
    return replace(true or unknown or readings[0], flags=flags)


def _same(readings: Sequence[Reading], answer: Answer) -> Reading:
    """A status that is given more than once must say one thing."""
    if not readings:
        return Reading.unknown(Reason.NO_DATA, SOURCE, answer.at, answer.flags)
    if len({(reading.value, reading.reason) for reading in readings}) > 1:
        return readings[0].doubted(Reason.CONTRADICTION)
    return readings[0]


def _reading(statute: Statute, answer: Answer, on: date, catalogue: Catalogue) -> Reading:
    """One status on one day.

    1 with a period that covers the day (last day included): true. 1 without a period: true on the
    day that was asked and no other. 1 whose periods do not cover the day, and 0: false. Anything
    that was not processed cleanly, or cannot be read: unknown.
    """
    at, flags = answer.at, answer.flags
    if statute.status:
        flags = (*flags, *(f"status:{code}" for code in statute.status))
        return Reading.unknown(_status_reason(statute, catalogue.status_codes), SOURCE, at, flags)
    if statute.result == "0":
        return _no(at, flags, answer.incomplete)
    if statute.result != "1":
        return Reading.unknown(Reason.UNREADABLE, SOURCE, at, (*flags, f"result:{statute.result}"))
    if not statute.periods:
        return Reading(True, SOURCE, at, valid_from=on, valid_until=on, flags=flags)
    covering = next((period for period in statute.periods if period.covers(on)), None)
    if covering:
        return Reading(True, SOURCE, at, covering.begin, covering.end, flags=flags)
    bad = tuple(flag for period in statute.periods for flag in period.bad)
    if bad:
        return Reading.unknown(Reason.UNREADABLE, SOURCE, at, (*flags, *bad))
    return _no(at, flags, answer.incomplete)


def _no(at: datetime, flags: tuple[str, ...], incomplete: bool) -> Reading:
    """No, unless the source said that its answer is not whole."""
    if incomplete:
        return Reading.unknown(Reason.NO_DATA, SOURCE, at, flags)
    return Reading(False, SOURCE, at, flags=flags)


def _status_reason(statute: Statute, known: Mapping[str, Reason]) -> Reason:
    reasons = [known.get(code, Reason.FAULT) for code in statute.status]
    return next((reason for reason in reasons if reason is Reason.FAULT), reasons[0])
