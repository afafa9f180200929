"""Simulators, made once per right and day and kept in this process.

Each process of the site has its own: what they share is the population on disk, which the
operating system reads once for all of them.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from hashlib import file_digest, sha256
from pathlib import Path
from typing import NamedTuple

from django.db import connections

from vanzelf.city import clock
from vanzelf.city.lists import laying
from vanzelf.city.paths import city_folder
from vanzelf.city.regulations import regulation, regulations
from vanzelf.city.secrets.keyring import keyring
from vanzelf.population import Population, read
from vanzelf.population.simulation import Simulator
from vanzelf.population.statistics import Secret
from vanzelf.population.tables import HOUSEHOLDS, PERSONS
from vanzelf.rights import Regulation

BESIDE = "+"
"""Between the names of a delivery and of the lists beside it."""
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
                # Those of an earlier delivery or list are of no use any more.
                for old in [one for one in self._kept if _older(one, wanted)]:
                    del self._kept[old]
                found = self._kept[wanted] = self._worker.submit(self.make, right, on)
            self._kept.move_to_end(wanted)
            while len(self._kept) > self.most:
                self._kept.popitem(last=False)[1].cancel()
        return found


def _older(one: _Wanted, wanted: _Wanted) -> bool:
    """Whether another delivery, or for the same question other lists, took its place."""
    same = (one.right, one.on) == (wanted.right, wanted.on)
    delivery, asked = (each.stamp.partition(BESIDE)[0] for each in (one, wanted))
    return one.stamp != wanted.stamp if same else delivery != asked


def simulator(
    right: str, on: date, *, patience: float = 0, seen: str | None = None
) -> Simulator | None:
    """The simulator of a right on a day, None while it is being made.

    It is made from the first time that it is asked; wait for it at most `patience` seconds. `seen`
    is `stamp_of` these, where that is known already. Raises LookupError for a right that is not
    there, and NoPopulation.
    """
    found = _bench.ask(right, on, seen or stamp_of([regulation(right)], on))
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


def stamp_of(rights: Sequence[Regulation], on: date) -> str:
    """Names all that these rights look at on a day: the population, and what is laid over it of
    the city's own lists. Raises NoPopulation."""
    found, marks = stamp(), [use.mark for use in lists(rights, on)]
    return BESIDE.join([found, sha256("\n".join(marks).encode()).hexdigest()] if marks else [found])


def lists(rights: Sequence[Regulation], on: date) -> list[laying.Use]:
    """The city's own lists that are laid over the population for these rights."""
    return laying.uses(rights, _day(rights, on))


def _day(rights: Sequence[Regulation], on: date) -> date:
    """The day for which lists are looked at: that of the right; of several, `on` itself."""
    return rights[0].reference_date(on) if len(rights) == 1 else on


def with_lists(rights: Sequence[Regulation], on: date) -> Population:
    """The population as runs see it: with the city's own lists over it that some of these rights
    look at. Raises NoPopulation."""
    people, found = population(), lists(rights, on)
    if not found:
        return people
    columns = laying.over(people, found, _day(rights, on)).columns
    return read(city_folder(), catalogue=regulations().facts, over=columns)


def population() -> Population:
    """The population that there is now. Raises NoPopulation."""
    return _population(stamp())


@lru_cache(maxsize=1)
def _population(stamp: str) -> Population:
    """One for all simulators of the process: they share what is read of the files."""
    return read(city_folder(), catalogue=regulations().facts)


def _make(right: str, on: date) -> Simulator:
    secret = Secret(bytes.fromhex(keyring().derive("statistics", "cells")))
    found = regulation(right)
    try:
        return Simulator(with_lists([found], on), found, on, secret)
    finally:
        connections.close_all()  # those of a thread of its own


_bench = Workbench(_make)
