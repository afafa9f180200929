"""What GeefBetalingenHandicap says of one person."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from vanzelf.sources.magda.dates import Period


@dataclass(frozen=True, slots=True)
class Payment:
    month: Period  # from its first to its last day
    euros: Decimal | None  # None: not a number
    cancelled: bool
