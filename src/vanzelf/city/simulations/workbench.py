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
from functools import lru_cache
from hashlib import file_digest, sha256
from pathlib import Path
from typing import NamedTuple

from vanzelf.city import clock
from vanzelf.city.paths import city_folder
from vanzelf.city.regulations import regulation, regulations
from vanzelf.city.secrets.keyring import keyring
from vanzelf.population import Population, read
from vanzelf.population.simulation import Simulator
from vanzelf.population.statistics import Secret
from vanzelf.population.tables import HOUSEHOLDS, PERSONS

MOST = 6
"""Simulators that a process keeps; what was asked longest ago goes first."""


class NotReady(RuntimeError):
    """The simulator is being made; ask again in a second."""


class NoPopulation(RuntimeError):
    """There is no population to try on, or it cannot be read; the message (Dutch) says which."""


class State(NamedTuple):
    """Of one simulator: `ready`, `warming`, or `failed` with a message (Dutch) for the page."""

    name: str
    message: str = ""


class _Wanted(NamedTuple):
    right: str
    on: date
    stamp: str


@dataclass
class Workbench:
    """Makes one simulator at a time, in a thread, and keeps the last `most` of them."""

    make: Callable[[str, date], Simulator]
    most: int = MOST
    _kept: OrderedDict[_Wanted, Future[Simulator]] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _worker: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "simulator"))

    def ask(self, right: str, on: date, stamp: str) -> Future[Simulator]:
        """The simulator, or what will be it; one that failed is made again."""
        wanted = _Wanted(right, on, stamp)
        with self._lock:
            found = self._kept.get(wanted)
            if found is None or (found.done() and found.exception() is not None):
                # Those of an earlier population are of no use any more.
                for old in [one for one in self._kept if one.stamp != stamp]:
                    del self._kept[old]
                found = self._kept[wanted] = self._worker.submit(self.make, right, on)
            self._kept.move_to_end(wanted)
            while len(self._kept) > self.most:
                self._kept.popitem(last=False)[1].cancel()
        return found


def simulator(right: str, on: date, *, patience: float = 0) -> Simulator | None:
    """The simulator of a right on a day, None while it is being made.

    It is made from the first time that it is asked; wait for it at most `patience` seconds. Raises
    LookupError for a right that is not there, and NoPopulation.
    """
    regulation(right)
    found = _bench.ask(right, on, stamp())
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


def day() -> date:
    """The day to simulate: the reference day of the population, or today. Raises NoPopulation."""
    return population().on or clock.today()


def stamp() -> str:
    """Names the population that there is now, by what its files say of themselves.

    Raises NoPopulation.
    """
    files = [city_folder() / name for name in (HOUSEHOLDS, PERSONS)]
    try:
        return _stamp(tuple((file, file.stat().st_mtime_ns) for file in files))
    except OSError:
        message = "Er is nog geen bevolking om op te proberen. Haal eerst een levering binnen."
        raise NoPopulation(message) from None


@lru_cache(maxsize=4)
def _stamp(files: tuple[tuple[Path, int], ...]) -> str:
    digest = sha256()
    for file, _ in files:
        with file.open("rb") as opened:
            digest.update(file_digest(opened, "sha256").digest())
    return digest.hexdigest()


def population() -> Population:
    """The population that there is now. Raises NoPopulation."""
    return _population(stamp())


@lru_cache(maxsize=1)
def _population(stamp: str) -> Population:
    """One for all simulators of the process: they share what is read of the files."""
    return read(city_folder(), catalogue=regulations().facts)


def _make(right: str, on: date) -> Simulator:
    secret = Secret(bytes.fromhex(keyring().derive("statistics", "cells")))
    return Simulator(population(), regulation(right), on, secret)


_bench = Workbench(_make)
