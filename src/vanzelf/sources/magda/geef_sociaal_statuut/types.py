"""What GeefSociaalStatuut says of one person."""

from __future__ import annotations

from dataclasses import dataclass

from vanzelf.sources.magda.dates import Period


@dataclass(frozen=True, slots=True)
class Statute:
    """One social status: result code "1" applies, "0" does not."""

    name: str
    result: str | None
    periods: tuple[Period, ...] = ()
    status: tuple[str, ...] = ()  # present when it could not be processed cleanly
