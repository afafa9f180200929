"""Whom we wait for: told to whoever watches, before each question leaves.

    with watched(lambda service: print("waiting for", service)):
        gather(…)

What the watcher raises ends the asking: so a question that nobody waits for any more is the last.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Watcher = Callable[[str], None]

_watcher: ContextVar[Watcher | None] = ContextVar("who watches the sources", default=None)


@contextmanager
def watched(watcher: Watcher) -> Iterator[None]:
    """Tells `watcher` the name of each service that this context asks inside the block."""
    token = _watcher.set(watcher)
    try:
        yield
    finally:
        _watcher.reset(token)


def waits_for(service: str) -> None:
    """Called before a question to `service` (its name, as GeefPersoon) leaves."""
    watcher = _watcher.get()
    if watcher is not None:
        watcher(service)
