"""Measuring on a shared, noisy machine: medians, with the spread beside them."""

from __future__ import annotations

import gc
import statistics
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import perf_counter

Call = Callable[[], object]
Timer = Callable[[int], float]
"""So many calls in a row: the seconds that they took together."""


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


@dataclass(frozen=True, slots=True)
class Race:
    """What one thing took us and another, in rounds that took turns."""

    name: str
    ours: Figure
    theirs: Figure

    @property
    def ratios(self) -> list[float]:
        """How many times as long as us the other took, per round."""
        pairs = zip(self.ours.times, self.theirs.times, strict=True)
        return [theirs / ours for ours, theirs in pairs]

    @property
    def ratio(self) -> float:
        return statistics.median(self.ratios)

    def __str__(self) -> str:
        spread = f"({min(self.ratios):.2g} to {max(self.ratios):.2g})"
        times = f"{spell(self.ours.median):>9} {spell(self.theirs.median):>9}"
        return f"  {self.name:<78} {times}   {self.ratio:>5.3g} × {spread}"


def spell(seconds: float) -> str:
    """Seconds in the unit that reads best."""
    for unit, size in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds / 1e-9:.3g} ns"


def timer(call: Call) -> Timer:
    """Times calls of a Python function."""

    def run(repeats: int) -> float:
        begun = perf_counter()
        for _ in range(repeats):
            call()
        return perf_counter() - begun

    return run


def measure(name: str, call: Call, *, goal: float | None = None, rounds: int = 15) -> Figure:
    """Time a call in rounds of about 50 ms, after a warm-up; the collector is off meanwhile."""
    run = timer(call)
    repeats = _repeats(run, 0.05)
    with _undisturbed():
        times = tuple(run(repeats) / repeats for _ in range(rounds))
    return Figure(name, times, goal)


def race(name: str, ours: Timer, theirs: Timer, *, rounds: int = 15) -> Race:
    """Both in turn, in rounds of about 20 ms each, after a warm-up of both."""
    many, others = _repeats(ours, 0.02), _repeats(theirs, 0.02)
    first, second = [], []
    with _undisturbed():
        for _ in range(rounds):
            first.append(ours(many) / many)
            second.append(theirs(others) / others)
    return Race(name, Figure(name, tuple(first)), Figure(name, tuple(second)))


def _repeats(run: Timer, seconds: float) -> int:
    run(2)
    return max(1, int(seconds / max(run(10) / 10, 1e-7)))


@contextmanager
def _undisturbed() -> Iterator[None]:
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
