"""What simulations and reach look at: a delivery of the register, and over it the city's own lists
as they stood when that delivery was first tried.

Whoever sees a picture before and after one person came on a list can tell about that person. So
what is taken in or taken back later counts from the next delivery of the register on, among all
else that it changes; and who brings a list does not try changes on it. docs/simulation.md tells
what that is worth.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from hashlib import file_digest, sha256
from pathlib import Path

from django.db.models import Q

from vanzelf.city import clock
from vanzelf.city.lists import laying
from vanzelf.city.lists.ending import KEPT_DAYS
from vanzelf.city.lists.models import Delivery
from vanzelf.city.paths import city_folder
from vanzelf.city.regulations import regulations
from vanzelf.city.simulations.models import FirstTried
from vanzelf.city.staff.models import StaffMember
from vanzelf.population import Population, read
from vanzelf.population.tables import HOUSEHOLDS, PERSONS
from vanzelf.rights import Regulation

LASTS = timedelta(days=KEPT_DAYS)
"""After which the lists are looked at anew, on the same delivery too: the rows of a list that
another took the place of are not kept longer."""


class NoPopulation(RuntimeError):
    """There is no population to try on, or it cannot be read; the message (Dutch) says which."""


class OwnHand(RuntimeError):
    """Who brought or took in a list tries no changes on it; the message (Dutch) says which list."""


@dataclass(frozen=True)
class Basis:
    """What some rights look at on a day; of two with the same stamp, the same comes."""

    lists_on: date
    population: str
    since: datetime
    lists: tuple[laying.Use, ...]

    @property
    def stamp(self) -> str:
        """Names the delivery, and what is laid over it."""
        marks = sha256("\n".join(use.mark for use in self.lists).encode()).hexdigest()
        return f"{self.population}+{marks}" if self.lists else self.population

    def read(self) -> Population:
        """The population as a run would see it. Raises NoPopulation."""
        people = _population(self.population)
        if not self.lists:
            return people
        columns = laying.over(people, self.lists, self.lists_on).columns
        return read(city_folder(), catalogue=regulations().facts, over=columns)

    def require_other_hands(self, by: StaffMember) -> None:
        """Raises OwnHand when this human, whichever the account, brought one of the lists."""
        looked_at = Delivery.objects.filter(pk__in=[use.delivery for use in self.lists])
        brought = looked_at.filter(Q(by__human=by.human) | Q(taken_by__human=by.human))
        own = set(brought.values_list("pk", flat=True))
        if named := [use.own.layout.called("nl") for use in self.lists if use.delivery in own]:
            raise OwnHand(
                f"Je leverde deze lijst, of nam ze in gebruik: {', '.join(named)}. Wie dat doet,"
                " kijkt niet in cijfers die ervan afhangen: daaruit kan volgen wat iemand op de"
                " lijst al kreeg. Vraag het aan een collega."
            )


def basis(rights: Sequence[Regulation], on: date) -> Basis:
    """What these rights look at now: each at lists of its own day, several at those of `on`.

    Raises NoPopulation.
    """
    day = rights[0].reference_date(on) if len(rights) == 1 else on
    found = stamp()
    since = _first_tried(found)
    return Basis(day, found, since, tuple(laying.uses(rights, day, known=since)))


def day() -> date:
    """The day to simulate: the reference day of the population, or that of the first trial.

    Raises NoPopulation.
    """
    found = stamp()
    return _population(found).on or _first_tried(found).astimezone(clock.GHENT).date()


def population() -> Population:
    """The delivery of the register that there is now, without lists. Raises NoPopulation."""
    return _population(stamp())


def stamp() -> str:
    """Names the delivery of the register that there is now, by what its files say of themselves.

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


@lru_cache(maxsize=1)
def _population(wanted: str) -> Population:
    """One for all simulators of the process: they share what is read of the files."""
    found = read(city_folder(), catalogue=regulations().facts)
    if stamp() != wanted:
        raise NoPopulation("De gegevens van de stad worden net vernieuwd: vraag het zo opnieuw.")
    return found


def _first_tried(population: str) -> datetime:
    """When this delivery was first tried, of as long ago as lists are kept."""
    tried = FirstTried.objects.filter(population=population, at__gt=clock.now() - LASTS)
    moments = tried.order_by("at", "pk").values_list("at", flat=True)
    if (found := moments.first()) is None:
        FirstTried.objects.create(population=population, at=clock.now())
        found = moments.first()  # someone else may have been first
    assert found is not None
    return found
