"""Whom we wait for: told to whoever watches, before each question leaves.

    with watched(lambda service: print("waiting for", service)):
        gather(…)

When the watcher raises `Abandoned`, that question does not leave, and no other: nobody waits for
the answer any more. The error then tells which questions had left before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

from vanzelf.sources.types import Asked

Watcher = Callable[[str], None]

_watcher: ContextVar[Watcher | None] = ContextVar("who watches the sources", default=None)


class Abandoned(Exception):
    """Nobody waits for the answers any more; `asked` are the questions that left."""

    asked: tuple[Asked, ...] = ()


@contextmanager
def watched(watcher: Watcher) -> Iterator[None]:
    """Tells `watcher` the name of each service that this context asks inside the block."""
    token = _watcher.set(watcher)
    try:
        yield
    finally:
        _watcher.reset(token)


def waits_for(service: str, asked: Sequence[Asked] = ()) -> None:
    """Called before a question to `service` (its name, as GeefPersoon) leaves, with those that did
    before it. Raises `Abandoned`."""
    watcher = _watcher.get()
    if watcher is None:
        return
    try:
        watcher(service)
    except Abandoned as error:
        error.asked = tuple(asked)
        raise
