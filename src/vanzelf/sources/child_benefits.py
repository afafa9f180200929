"""From child benefits that are paid to facts about the child."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from vanzelf.sources.magda.client import Answer
from vanzelf.sources.magda.geef_kind_voordelen import Benefit
from vanzelf.sources.proofs import ChildBenefit
from vanzelf.sources.types import Reading, Reason

SOURCE = "magda/GeefKindVoordelen"


def child_benefits(
    facts: Mapping[str, ChildBenefit], benefits: Sequence[Benefit], answer: Answer, on: date
) -> dict[str, Reading]:
    """Each fact in the month of a day.

    True where it is paid. False where the answer is whole, what it must stand beside is paid, and
    it is not, in months that can all be read. Otherwise unknown: the answer says nothing of it.
    """
    return {fact: _reading(wanted, benefits, answer, on) for fact, wanted in facts.items()}


def _reading(
    wanted: ChildBenefit, benefits: Sequence[Benefit], answer: Answer, on: date
) -> Reading:
    of_category = [benefit.period for benefit in benefits if benefit.category == wanted.category]
    paid = next((period for period in of_category if period.covers(on)), None)
    if paid:
        return Reading(True, SOURCE, answer.at, paid.begin, paid.end, flags=answer.flags)
    bad = tuple(flag for period in of_category for flag in period.bad)
    flags = (*answer.flags, *bad)
    if bad:
        return Reading.unknown(Reason.UNREADABLE, SOURCE, answer.at, flags)
    beside = any(
        benefit.category == wanted.no_beside and benefit.period.covers(on) for benefit in benefits
    )
    if beside and not answer.incomplete:
        return Reading(False, SOURCE, answer.at, flags=("interpretation:no-beside", *flags))
    return Reading.unknown(Reason.NO_DATA, SOURCE, answer.at, flags)
