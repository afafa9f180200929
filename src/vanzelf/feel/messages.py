"""Why a result is null: messages for whoever collects them, and nothing otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Never

_collector: ContextVar[list[str] | None] = ContextVar("feel_messages", default=None)
_MOST = 1000


def report(message: str) -> Never | None:  # noqa: RUF020 - its result is meant to be returned
    """Says why an operation gives null, and is that null: `return report("…")`."""
    messages = _collector.get()
    if messages is not None and len(messages) < _MOST:
        messages.append(message)
    return None


@contextmanager
def collected(messages: list[str] | None) -> Iterator[None]:
    """Within the block, messages are appended to this list (at most a thousand)."""
    token = _collector.set(messages)
    try:
        yield
    finally:
        _collector.reset(token)
