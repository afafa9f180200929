"""What GeefLeefloonbedragen says of one person. Amounts are not read: no right needs them."""

from __future__ import annotations

from dataclasses import dataclass

from vanzelf.sources.magda.dates import Period


@dataclass(frozen=True, slots=True)
class Payment:
    """One payment for a part of a month. `flags`: a month that its own period contradicts."""

    period: Period
    beneficiary: str | None
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PaidYear:
    """One year: payments, or the statement that there were none (`nothing`)."""

    year: str
    nothing: bool
    payments: tuple[Payment, ...] = ()
