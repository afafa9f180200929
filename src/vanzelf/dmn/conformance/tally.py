"""So many of so many."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tally:
    """How many passed, of all."""

    passed: int
    all: int

    @property
    def missed(self) -> int:
        return self.all - self.passed

    @property
    def rate(self) -> float:
        """The share that passed, 0 to 1; 1 of nothing."""
        return self.passed / self.all if self.all else 1.0

    @property
    def percentage(self) -> str:
        """Rounded down, so that 100 % means all."""
        hundredths = self.passed * 10_000 // self.all if self.all else 10_000
        return f"{hundredths // 100}.{hundredths % 100:02d} %"

    def __str__(self) -> str:
        return f"{self.passed:,} of {self.all:,}"
