"""From a disability file to facts: what is in it proves, what is not in it says nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from vanzelf.sources.magda.client import Answer
from vanzelf.sources.magda.dates import Period
from vanzelf.sources.magda.geef_dossier_handicap import Allowance, File, Recognition
from vanzelf.sources.proofs import Disability
from vanzelf.sources.types import Reading, Reason

SOURCE = "magda/GeefDossierHandicap"


def disabilities(
    facts: Mapping[str, Disability], file: File, answer: Answer, on: date
) -> dict[str, Reading]:
    """Each fact: true where the file proves it on that day, else unknown. Never false."""
    flags = ("interpretation:disability", *answer.flags)
    periods = (
        *(one.period for one in file.recognitions),
        *(one.period for one in file.allowances),
        *(one.period for one in file.cards),
    )
    bad = tuple(dict.fromkeys(flag for period in periods for flag in period.bad))
    readings = {}
    for fact, proof in facts.items():
        proven = _proven(proof, file, on)
        if proven is None:
            reason = Reason.UNREADABLE if bad else Reason.NO_DATA
            readings[fact] = Reading.unknown(reason, SOURCE, answer.at, (*flags, *bad))
        else:
            begin = max((period.begin for period in proven if period.begin), default=None)
            end = min((period.end for period in proven if period.end), default=None)
            readings[fact] = Reading(True, SOURCE, answer.at, begin, end, flags=flags)
    return readings


def _proven(proof: Disability, file: File, on: date) -> list[Period] | None:
    """The periods of what proves it, all covering the day; None when a part is not there."""
    parts: list[Iterator[Period]] = []
    if proof.asks_recognition:
        parts.append(one.period for one in file.recognitions if _recognised(proof, one))
    if proof.allowance:
        kind = proof.allowance
        parts.append(one.period for one in file.allowances if _allowed(kind, one))
    if proof.card:
        parts.append(one.period for one in file.cards if one.category == proof.card)
    found = [_covering(part, on) for part in parts]
    known = [period for period in found if period is not None]
    return known if len(known) == len(found) else None


def _covering(periods: Iterable[Period], on: date) -> Period | None:
    return next((period for period in periods if period.covers(on)), None)


def _recognised(proof: Disability, one: Recognition) -> bool:
    reached = (
        (proof.points, one.points),
        (proof.unsuitability, one.unsuitability),
        (proof.pillar1, one.pillar1),
    )
    by_number = any(
        least is not None and number is not None and number >= least for least, number in reached
    )
    return by_number or (proof.earnings and one.earnings is True)


def _allowed(kind: str, one: Allowance) -> bool:
    given = {"income replacement": one.income_replacement, "integration": one.integration}
    return any(given.values()) if kind == "any" else given[kind] is not None
