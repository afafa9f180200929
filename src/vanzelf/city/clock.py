"""The one clock. Nothing else in the city asks what time it is, so that tests can set it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

GHENT = ZoneInfo("Europe/Brussels")

_fixed: ContextVar[datetime | None] = ContextVar("fixed clock", default=None)


def now() -> datetime:
    """This moment, in UTC."""
    return _fixed.get() or datetime.now(UTC)


def today() -> date:
    """The day it is in Ghent, which just after midnight is not the day it is in UTC."""
    return now().astimezone(GHENT).date()


@contextmanager
def fixed(at: datetime) -> Iterator[None]:
    """Holds the clock still at `at` (with a time zone) inside the block."""
    if at.tzinfo is None:
        raise ValueError(f"{at!r} has no time zone; give one, for example tzinfo=UTC")
    token = _fixed.set(at.astimezone(UTC))
    try:
        yield
    finally:
        _fixed.reset(token)
