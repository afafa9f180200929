"""What GeefKindVoordelen says of one person."""

from __future__ import annotations

from dataclasses import dataclass

from vanzelf.sources.magda.dates import Period


@dataclass(frozen=True, slots=True)
class Benefit:
    """One benefit that is paid for the person asked about, as the child; whole months."""

    category: str | None  # BASIS, SOCIAAL, ZORG_SPECIALE_NODEN, …
    period: Period
