"""From payments of an OCMW to facts: what is paid proves, what is not there says nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from vanzelf.sources.magda.client import Answer
from vanzelf.sources.magda.dates import Period
from vanzelf.sources.magda.geef_leefloonbedragen import PaidYear
from vanzelf.sources.proofs import LivingWage
from vanzelf.sources.types import Reading, Reason

SOURCE = "magda/GeefLeefloonbedragen"
DAY = timedelta(days=1)


def living_wages(
    years: Sequence[PaidYear], answer: Answer, on: date, rule: LivingWage
) -> dict[str, Reading]:
    """Whether a living wage was paid for a day, and since when without a gap.

    Payments to someone else in the household are not this person's. A payment whose month and
    period contradict, or whose days cannot be read, is left out and flagged.
    """
    payments = [payment for year in years for payment in year.payments]
    flags = tuple(
        dict.fromkeys(
            flag
            for each in (answer.flags, *((*one.flags, *one.period.bad) for one in payments))
            for flag in each
        )
    )
    periods = [
        payment.period
        for payment in payments
        if payment.beneficiary == answer.insz and not payment.flags and not payment.period.bad
    ]
    run = _uninterrupted(periods, on)
    if run is None:
        nothing = Reading.unknown(Reason.NO_DATA, SOURCE, answer.at, flags)
        return {rule.paid: nothing, rule.since: nothing}
    begin, end = run
    paid = Reading(True, SOURCE, answer.at, begin, end, flags=flags)
    window = date(on.year - rule.years_back, 1, 1)
    since = Reading(begin, SOURCE, answer.at, flags=flags)
    if begin <= window:
        since = since.flagged(f"since-at-least:{begin}")
        if not rule.since_at_least:
            since = since.doubted(Reason.NO_DATA)
    return {rule.paid: paid, rule.since: since}


def _uninterrupted(periods: Sequence[Period], on: date) -> tuple[date, date] | None:
    """The days around a day that payments cover without a gap; None when it is not covered."""
    whole = sorted((one.begin, one.end) for one in periods if one.begin and one.end)
    found: tuple[date, date] | None = None
    for begin, end in whole:
        if found and begin <= found[1] + DAY:
            found = found[0], max(found[1], end)
        elif found and found[1] >= on:
            break
        else:
            found = begin, end
    return found if found and found[0] <= on <= found[1] else None
