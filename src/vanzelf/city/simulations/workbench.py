"""Simulators, made once per right and day and kept in this process.

Each process of the site has its own: what they share is the population on disk, which the
operating system reads once for all of them.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from django.db import connections

from vanzelf.city.regulations import regulation
from vanzelf.city.secrets.keyring import keyring
from vanzelf.city.simulations.basis import Basis, NoPopulation, basis
from vanzelf.population.simulation import Simulator
from vanzelf.population.statistics import Secret

MOST = 6
"""Simulators that a process keeps; what was asked longest ago goes first."""


class NotReady(RuntimeError):
    """The simulator is being made; ask again in a second."""


class State(NamedTuple):
    """Of one simulator: `ready`, `warming`, or `failed` with a message (Dutch) for the page."""

    name: str
    message: str = ""


class _Wanted(NamedTuple):
    right: str
    on: date
    population: str
    stamp: str


@dataclass
class Workbench:
    """Makes one simulator at a time, in a thread, and keeps the last `most` of them."""

    make: Callable[[str, date, Basis], Simulator]
    most: int = MOST
    _kept: OrderedDict[_Wanted, Future[Simulator]] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _worker: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "simulator"))

    def ask(self, right: str, on: date, seen: Basis) -> Future[Simulator]:
        """The simulator, or what will be it; one that failed is made again."""
        wanted = _Wanted(right, on, seen.population, seen.stamp)
        with self._lock:
            found = self._kept.get(wanted)
            if found is None or (found.done() and found.exception() is not None):
                # Those of an earlier delivery or other lists are of no use any more.
                for old in [one for one in self._kept if _older(one, wanted)]:
                    del self._kept[old]
                found = self._kept[wanted] = self._worker.submit(self.make, right, on, seen)
            self._kept.move_to_end(wanted)
            while len(self._kept) > self.most:
                self._kept.popitem(last=False)[1].cancel()
        return found


def _older(one: _Wanted, wanted: _Wanted) -> bool:
    """Whether another delivery, or for the same question other lists, took its place."""
    same = (one.right, one.on) == (wanted.right, wanted.on)
    return one.population != wanted.population or (same and one.stamp != wanted.stamp)


def simulator(
    right: str, on: date, *, patience: float = 0, seen: Basis | None = None
) -> Simulator | None:
    """The simulator of a right on a day, None while it is being made.

    It is made from the first time that it is asked; wait for it at most `patience` seconds. `seen`
    is what it looks at, where that is known already. Raises LookupError for a right that is not
    there, and NoPopulation.
    """
    found = _bench.ask(right, on, seen or basis([regulation(right)], on))
    try:
        return found.result(timeout=patience)
    except (TimeoutError, CancelledError):  # cancelled: more were asked than are kept
        return None
    except (OSError, ValueError) as error:  # PopulationError is one
        raise NoPopulation(f"De gegevens van de stad zijn niet te lezen: {error}") from error


def state(right: str, on: date) -> State:
    """How far the simulator of a right and a day is; asking begins making it."""
    try:
        made = simulator(right, on)
    except NoPopulation as error:
        return State("failed", str(error))
    return State("warming" if made is None else "ready")


def _make(right: str, on: date, seen: Basis) -> Simulator:
    secret = Secret(bytes.fromhex(keyring().derive("statistics", "cells")))
    try:
        return Simulator(seen.read(), regulation(right), on, secret)
    finally:
        connections.close_all()  # those of a thread of its own


_bench = Workbench(_make)
