"""From tax assessments to incomes: in euros, of one income year, and of a household together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from vanzelf.sources.magda.client import Answer
from vanzelf.sources.magda.geef_aanslagbiljet_personenbelasting import Assessment
from vanzelf.sources.proofs import Income
from vanzelf.sources.types import Reading, Reason

SOURCE = "magda/GeefAanslagbiljetPersonenbelasting"
CENTS = Decimal(100)


def incomes(
    facts: Mapping[str, Income], assessment: Assessment, answer: Answer, year: int
) -> dict[str, Reading]:
    """What one person's own items add up to.

    An assessment of two partners has the items of both, each with a letter: only those with the
    person's own letter count, or a couple's income would count twice. An assessment of another
    year than was asked, or without the items, leaves the income unknown.
    """
    flags = (*answer.flags, *assessment.flags)
    if assessment.year != str(year):
        flags = (*flags, f"income-year:{assessment.year}")
        nothing = Reading.unknown(Reason.STALE, SOURCE, answer.at, flags)
        return dict.fromkeys(facts, nothing)
    return {
        fact: _income(income, assessment, answer, (*flags, f"income-year:{year}"))
        for fact, income in facts.items()
    }


def _income(
    income: Income, assessment: Assessment, answer: Answer, flags: tuple[str, ...]
) -> Reading:
    letter = assessment.letter or "?"
    own = [assessment.items.get(letter + code) for code in income.codes]
    bad = {f"bad-item:{letter}{code}" for code in (*income.codes, *income.added)}
    known = [cents for cents in own if cents is not None]
    if len(known) < len(own) or bad & set(assessment.flags):
        return Reading.unknown(Reason.MISSING_CODE, SOURCE, answer.at, flags)
    more = [assessment.items.get(letter + code, 0) for code in income.added]
    guess = () if income.verified else ("interpretation:assessment",)
    euros = Decimal(sum(known) + sum(more)) / CENTS
    return Reading(euros, SOURCE, answer.at, flags=(*guess, *flags))


def of_household(parts: Sequence[Reading]) -> Reading:
    """What the adults have together; unknown as soon as one of them is. At least one reading."""
    flags = tuple(dict.fromkeys(flag for part in parts for flag in part.flags))
    unknown = [part for part in parts if not part.known]
    at = min(part.as_of for part in parts)
    if unknown:
        lasting = next((part for part in unknown if not part.transient), unknown[0])
        return Reading.unknown(lasting.reason or Reason.NO_DATA, SOURCE, at, flags)
    total = sum((part.value for part in parts if isinstance(part.value, Decimal)), Decimal(0))
    return Reading(total, SOURCE, at, flags=("interpretation:adults-only", *flags))
