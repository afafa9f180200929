"""The moment that `now()` and `today()` read: handed in by whoever evaluates, never the machine's.

    with clock.at(moment):
        compiled(context)

The same question with the same moment has the same answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

_moment: ContextVar[datetime | None] = ContextVar("feel_clock", default=None)


def moment() -> datetime | None:
    """The moment that was handed in; None without one."""
    return _moment.get()


@contextmanager
def at(moment: datetime | None) -> Iterator[None]:
    """Within the block, `now()` is this moment and `today()` its date, in its own zone."""
    token = _moment.set(moment)
    try:
        yield
    finally:
        _moment.reset(token)
