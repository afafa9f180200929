"""What GeefDossierHandicap says of one person; None is not said."""

from __future__ import annotations

from dataclasses import dataclass

from vanzelf.sources.magda.dates import Period


@dataclass(frozen=True, slots=True)
class Recognition:
    """One decision on a disability that was taken."""

    period: Period
    points: int | None  # loss of independence of an adult, totalPoints (0 to 18)
    earnings: bool | None  # loss of earning capacity
    unsuitability: int | None  # percent, mental and physical together
    pillar1: int | None  # of a child


@dataclass(frozen=True, slots=True)
class Allowance:
    """A decision that was positive: income replacement (IVT) and integration (IT), by category."""

    period: Period
    income_replacement: str | None
    integration: str | None


@dataclass(frozen=True, slots=True)
class Card:
    period: Period
    category: str | None  # PARKINGCARD, REDUCTIONCARD


@dataclass(frozen=True, slots=True)
class File:
    """The file at the federal service (dgphResult)."""

    recognitions: tuple[Recognition, ...] = ()
    allowances: tuple[Allowance, ...] = ()
    cards: tuple[Card, ...] = ()
