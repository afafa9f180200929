"""Which authorisations hold on a day, and which run out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from vanzelf.sources.lawfulness.authorisation import Authorisation

WARN_DAYS = 90
"""A new deliberation or protocol takes months: warn this long ahead."""


class State(StrEnum):
    NOT_YET = "not-yet"
    VALID = "valid"
    EXPIRING = "expiring"  # valid, with its last day within the warning
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Expiry:
    """An authorisation that runs out: `days` from today up to its last day (0: today is it)."""

    authorisation: Authorisation
    days: int


def state(authorisation: Authorisation, today: date, days: int = WARN_DAYS) -> State:
    if today < authorisation.valid_from:
        return State.NOT_YET
    left = days_left(authorisation, today)
    if left is None or left > days:
        return State.VALID
    return State.EXPIRING if left >= 0 else State.EXPIRED


def days_left(authorisation: Authorisation, today: date) -> int | None:
    """Days until the last day on which it holds; None: no end, negative: past."""
    until = authorisation.valid_until
    return None if until is None else (until - today).days


def expiring(
    authorisations: Iterable[Authorisation], today: date, days: int = WARN_DAYS
) -> list[Expiry]:
    """Those that hold today and end within so many days, the first to end first."""
    ending = [
        Expiry(each, (each.valid_until - today).days)
        for each in authorisations
        if each.valid_until is not None and state(each, today, days) is State.EXPIRING
    ]
    return sorted(ending, key=lambda expiry: (expiry.days, expiry.authorisation.reference))
