"""Who asks today: what a right costs now, and what it would cost if it came by itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from vanzelf.population.simulation.effect import Spread


@dataclass(frozen=True, slots=True)
class TakeUp:
    """An assumption: the share of those entitled who ask today lies between these.

    By default 30 to 60 %: non-take-up is put at 40 to 70 %. For the increased reimbursement CM
    estimated it at 45 % of those between 18 and 64 (2023).
    """

    low: float = 0.30
    high: float = 0.60

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.high <= 1:
            raise ValueError(f"take-up from {self.low} to {self.high}: shares from 0 to 1, rising")

    def missed(self, yes: int | None, unknown: int | None) -> tuple[int, int] | None:
        """Bounds of how many have the right and do not ask; None when it cannot be said."""
        if yes is None:
            return None
        return round(yes * (1 - self.high)), round((yes + (unknown or 0)) * (1 - self.low))

    def costs(self, cost: Spread) -> Costs | None:
        """What it costs now and by itself; None when it cannot be said."""
        if cost.sure is None:
            return None
        most = cost.at_most
        highest = None if most is None else round(most * self.high)
        return Costs((round(cost.sure * self.low), highest), (cost.sure, most))


@dataclass(frozen=True, slots=True)
class Costs:
    """In cents per period of the right, from and to; None: nobody can say how high."""

    now: tuple[int, int | None]
    by_itself: tuple[int, int | None]

    def as_data(self) -> dict[str, Any]:
        return {"now": list(self.now), "by_itself": list(self.by_itself)}
