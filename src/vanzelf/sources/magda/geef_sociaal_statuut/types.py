"""What GeefSociaalStatuut says of one person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Period:
    """Both days included; None is open. `bad` holds a date that does not exist, as it was sent."""

    begin: date | None
    end: date | None
    bad: tuple[str, ...] = ()

    def covers(self, day: date) -> bool:
        after_begin = self.begin is None or self.begin <= day
        return not self.bad and after_begin and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True)
class Statute:
    """One social status: result code "1" applies, "0" does not."""

    name: str
    result: str | None
    periods: tuple[Period, ...] = ()
    status: tuple[str, ...] = ()  # present when it could not be processed cleanly
