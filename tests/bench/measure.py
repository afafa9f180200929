"""Measuring on a shared, noisy machine: medians, with the spread beside them."""

from __future__ import annotations

import gc
import statistics
from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter


@dataclass(frozen=True, slots=True)
class Figure:
    """What one thing took, in seconds per call."""

    name: str
    times: tuple[float, ...]
    goal: float | None = None

    @property
    def median(self) -> float:
        return statistics.median(self.times)

    def __str__(self) -> str:
        goal = f"   goal: under {spell(self.goal)}" if self.goal else ""
        spread = f"{spell(min(self.times))} to {spell(max(self.times))}"
        return f"{self.name:<96} {spell(self.median):>9}   ({spread}){goal}"


def spell(seconds: float) -> str:
    """Seconds in the unit that reads best."""
    for unit, size in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds / 1e-9:.3g} ns"


def measure(
    name: str, call: Callable[[], object], *, goal: float | None = None, rounds: int = 15
) -> Figure:
    """Time a call in rounds of about 50 ms, after a warm-up; the collector is off meanwhile."""
    call()
    begun = perf_counter()
    call()
    repeats = max(1, int(0.05 / max(perf_counter() - begun, 1e-7)))
    times = []
    gc.collect()
    gc.disable()
    try:
        for _ in range(rounds):
            begun = perf_counter()
            for _ in range(repeats):
                call()
            times.append((perf_counter() - begun) / repeats)
    finally:
        gc.enable()
    return Figure(name, tuple(times), goal)
