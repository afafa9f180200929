"""Asking a source through its breaker and its budget, and telling how every source is doing."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from vanzelf.sources.endurance.condition import Condition, Limits, Stance
from vanzelf.sources.endurance.keeping import InMemory, Keeper, Key


class Paused(Exception):
    """Not asked: this source failed too often just now."""

    def __init__(self, source: str, seconds: float) -> None:
        self.source, self.seconds = source, seconds
        super().__init__(
            f"{source} is not asked now: it failed several times in a row; "
            f"it is tried again in {seconds:.0f} seconds"
        )


class OverBudget(Exception):
    """Not asked: the calls of this minute are spent."""

    def __init__(self, source: str, limits: Limits, seconds: float) -> None:
        self.source, self.seconds = source, seconds
        super().__init__(
            f"{source} is not asked now: {limits.calls_per_minute} calls a minute are allowed; "
            f"there is room in {seconds:.0f} seconds"
        )


@dataclass(frozen=True, slots=True)
class SourceState:
    """How a source is doing, for people and for metrics."""

    source: str
    address: str
    stance: Stance
    since: datetime  # when this stance began (UTC)
    until: datetime | None  # when it is tried again, if it is left alone now
    failures: int  # questions in a row
    calls: int  # in the last minute
    limit: int | None  # calls a minute that are allowed


@dataclass(slots=True)
class _Shared:
    """What all questions of this process share."""

    keeper: Keeper = field(default_factory=InMemory)
    clock: Callable[[], float] = time.time


_SHARED = _Shared()


def keep_in(keeper: Keeper, clock: Callable[[], float] = time.time) -> None:
    """Keep conditions here from now on. `clock` is real time in seconds: a pause has to pass."""
    _SHARED.keeper, _SHARED.clock = keeper, clock


def forget() -> None:
    """Start anew, in memory: for tests, and for a program that asks once."""
    keep_in(InMemory())


def states() -> tuple[SourceState, ...]:
    """Every source that was asked, by name."""
    now = _SHARED.clock()
    found = sorted(_SHARED.keeper.all().items())
    return tuple(_state(key, condition, now) for key, condition in found)


def _state(key: Key, condition: Condition, now: float) -> SourceState:
    until = condition.until
    return SourceState(
        source=key.source,
        address=key.address,
        stance=condition.stance(now),
        since=datetime.fromtimestamp(condition.since, UTC),
        until=None if until is None else datetime.fromtimestamp(until, UTC),
        failures=condition.failures,
        calls=condition.calls_since(now),
        limit=condition.limit,
    )


@dataclass(slots=True)
class Question:
    """One question under way: maybe several calls."""

    key: Key
    limits: Limits
    sleep: Callable[[float], None]
    failed: bool | None = None  # None: nothing was learned of the source

    def spend(self, wait: float) -> None:
        """Make room for one call, waiting for it at most so many seconds. Raises `OverBudget`."""
        while True:
            early = _change(self.key, lambda old, now: old.spent(self.limits, now))
            if early <= 0:
                return
            if early > wait:
                raise OverBudget(self.key.source, self.limits, early)
            self.sleep(early)
            wait -= early


@contextmanager
def asking(
    source: str, address: str, limits: Limits, sleep: Callable[[float], None] = time.sleep
) -> Iterator[Question]:
    """One question to a source, with as many calls as it takes. Raises `Paused`.

    Whoever asks sets `failed` to what was learned of the source, whatever is raised after that.
    """
    key = Key(source, address)
    seconds = _change(key, lambda old, now: old.entered(limits, now))
    if seconds > 0:
        raise Paused(source, seconds)
    question = Question(key, limits, sleep)
    try:
        yield question
    finally:
        _change(key, lambda old, now: (_after(old, question, now), 0.0))


def _after(old: Condition, question: Question, now: float) -> Condition:
    if question.failed is None:
        return old.released()
    return old.failed(question.limits, now) if question.failed else old.answered(now)


def _change(key: Key, step: Callable[[Condition, float], tuple[Condition, float]]) -> float:
    now = _SHARED.clock()
    return _SHARED.keeper.change(key, lambda old: step(old or Condition(since=now), now))
