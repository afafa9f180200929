"""What GeefStatusRechtOndersteuningen says of one person."""

from __future__ import annotations

from dataclasses import dataclass

from vanzelf.sources.magda.dates import Period


@dataclass(frozen=True, slots=True)
class Measure:
    code: str | None  # VOP, MWA, MWB, …
    status: str | None  # TG granted, GG approved, GW refused, IB being handled, AF closed
    period: Period
