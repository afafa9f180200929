"""From measures that support work to facts: those that were granted prove."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from vanzelf.sources.magda.client import Answer
from vanzelf.sources.magda.geef_status_recht_ondersteuningen import Measure
from vanzelf.sources.proofs import Support
from vanzelf.sources.types import Reading, Reason

SOURCE = "magda/GeefStatusRechtOndersteuningen"


def supports(
    facts: Mapping[str, Support], measures: Sequence[Measure], answer: Answer, on: date
) -> dict[str, Reading]:
    """Each fact: true where a measure with one of its statuses covers the day, else unknown."""
    return {fact: _reading(wanted, measures, answer, on) for fact, wanted in facts.items()}


def _reading(wanted: Support, measures: Sequence[Measure], answer: Answer, on: date) -> Reading:
    for one in measures:
        granted = one.code in wanted.measures and one.status in wanted.statuses
        if granted and one.period.covers(on):
            begin, end = one.period.begin, one.period.end
            return Reading(True, SOURCE, answer.at, begin, end, flags=answer.flags)
    return Reading.unknown(Reason.NO_DATA, SOURCE, answer.at, answer.flags)
