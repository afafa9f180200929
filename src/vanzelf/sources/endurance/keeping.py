"""Where conditions of sources are kept: in this process, or in a place that the city gives."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from vanzelf.sources.endurance.condition import Condition


class Key(NamedTuple):
    """A source at an address: elsewhere it is another one, with another history."""

    source: str  # as readings name it: magda/GeefPersoon
    address: str


Step = Callable[[Condition | None], tuple[Condition, float]]


class Keeper(Protocol):
    """Changes a condition in one step that nobody comes between, and gives what the step says."""

    def change(self, key: Key, step: Step) -> float: ...

    def all(self) -> Mapping[Key, Condition]: ...


@dataclass(slots=True)
class InMemory:
    """For one process, all its threads."""

    _conditions: dict[Key, Condition] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def change(self, key: Key, step: Step) -> float:
        with self._lock:
            self._conditions[key], said = step(self._conditions.get(key))
            return said

    def all(self) -> Mapping[Key, Condition]:
        with self._lock:
            return dict(self._conditions)
