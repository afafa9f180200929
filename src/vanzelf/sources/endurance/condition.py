"""What is remembered of a source, and how that changes: a circuit breaker and a budget.

Plain values and functions, so that threads and processes may share them: whoever keeps a condition
only has to change it in one step. Moments are seconds since 1970; `now` is handed down.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Any

MINUTE = 60


class Stance(StrEnum):
    """Closed is well: the current flows. Half-open lets one question through, to try."""

    CLOSED = "closed"
    OPEN = "open"
    HALF_OPEN = "half-open"


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a source may be asked, and when to leave it alone (times in seconds)."""

    calls_per_minute: int | None = None  # None: as many as there are
    failures: int = 5  # questions in a row that fail, before nothing is asked for a while
    pause: float = 30.0  # how long the first time; it doubles with each trial that fails
    longest_pause: float = 600.0
    trial: float = 120.0  # a trial of which nothing is heard for so long, is given up


@dataclass(frozen=True, slots=True)
class Condition:
    """How one source is doing."""

    since: float  # when its stance began
    failures: int = 0  # questions in a row
    pauses: int = 0  # in a row, without an answer between
    until: float | None = None  # not asked before then; None when all is well
    trying: float | None = None  # since when someone tries whether it is back
    calls: Mapping[int, int] = field(
        default_factory=lambda: MappingProxyType({})
    )  # per second, of the last minute
    limit: int | None = None  # calls per minute, when it was last asked

    def stance(self, now: float) -> Stance:
        if self.until is None:
            return Stance.CLOSED
        return Stance.OPEN if now < self.until else Stance.HALF_OPEN

    def calls_since(self, now: float) -> int:
        """Calls of the last minute; the second that began it counts in full."""
        return sum(self._recent(now).values())

    def _recent(self, now: float) -> dict[int, int]:
        return {second: n for second, n in self.calls.items() if second >= int(now) - MINUTE}

    def entered(self, limits: Limits, now: float) -> tuple[Condition, float]:
        """A question wants to be asked: 0 when it may, else for how many seconds nothing may."""
        if self.until is None:
            return self, 0.0
        if now < self.until:
            return self, self.until - now
        left = 0.0 if self.trying is None else self.trying + limits.trial - now
        if left > 0:
            return self, left
        return replace(self, trying=now), 0.0

    def spent(self, limits: Limits, now: float) -> tuple[Condition, float]:
        """A call wants to be made: 0 when the budget allows it, else how many seconds too early."""
        recent = self._recent(now)
        limit = limits.calls_per_minute
        if limit is not None and sum(recent.values()) >= limit:
            return replace(self, limit=limit), min(recent) + MINUTE + 1 - now
        second = int(now)
        calls = recent | {second: recent.get(second, 0) + 1}
        return replace(self, calls=calls, limit=limit), 0.0

    def answered(self, now: float) -> Condition:
        """It is well: whatever was before is forgiven."""
        since = self.since if self.until is None else now
        return replace(self, since=since, failures=0, pauses=0, until=None, trying=None)

    def released(self) -> Condition:
        """A question ended without a word about the source: someone else may try."""
        return self if self.trying is None else replace(self, trying=None)

    def failed(self, limits: Limits, now: float) -> Condition:
        """One more question failed; the last straw, or the trial itself, begins a pause."""
        failures = self.failures + 1
        stance = self.stance(now)
        opens = stance is Stance.HALF_OPEN or (
            stance is Stance.CLOSED and failures >= limits.failures
        )
        if not opens:
            return replace(self, failures=failures)
        pause = min(limits.pause * 2 ** min(self.pauses, 32), limits.longest_pause)
        return replace(
            self,
            since=now,
            failures=failures,
            pauses=self.pauses + 1,
            until=now + pause,
            trying=None,
        )

    def as_data(self) -> dict[str, Any]:
        """JSON-able; `from_data` reads it back."""
        return {
            "since": self.since,
            "failures": self.failures,
            "pauses": self.pauses,
            "until": self.until,
            "trying": self.trying,
            "calls": {str(second): n for second, n in self.calls.items()},
            "limit": self.limit,
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Condition:
        calls = {int(second): int(n) for second, n in data["calls"].items()}
        return cls(**{**data, "calls": calls})
