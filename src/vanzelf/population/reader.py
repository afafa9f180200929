"""The population as rights see it: facts per household or person, and who lives where."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa

from vanzelf import rights
from vanzelf.population.columns import (
    NOTHING_OVER,
    Columns,
    Facts,
    Over,
    rows,
    values,
)
from vanzelf.population.kernel.planes import spread
from vanzelf.population.loading import COMPOSITION, People
from vanzelf.population.tables import PERSONS, PopulationError
from vanzelf.rights.facts import Catalogue, Fact

BLOCK = 8_192  # households turned into Python values at a time


class Member(NamedTuple):
    """A person of a household; `position` is the register's code, 01 the reference person."""

    person: int
    insz: str
    first_name: str
    last_name: str
    position: str


class Household(NamedTuple):
    """A household and who lives there, the reference person first."""

    number: int
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """The facts asked for: of the household, of each member, of the person it is about."""

    household: tuple[Fact, ...]
    members: tuple[Fact, ...]
    person: tuple[Fact, ...]
    members_name: str | None  # `leden`, when the list or a fact of its members is asked for


class Population:
    """An invented or delivered population in a folder, as it stood on its reference day.

    Positions run over the private households, 0 up to `len(population)`; collective households
    (care homes) come after them and are reached only through `persons`.
    """

    def __init__(
        self, folder: Path, catalogue: Catalogue | None = None, over: Over = NOTHING_OVER
    ) -> None:
        self.folder = folder
        self._columns = Columns(folder, over)
        self._catalogue = catalogue
        marks = json.loads(self._columns.metadata().get(b"vanzelf", b"{}"))
        self.on = date.fromisoformat(marks["on"]) if "on" in marks else None
        self.invented = marks.get("invented") is True
        homes = self._columns.homes
        self._private = homes.private
        self._doubtful = spread(homes.doubtful, len(homes.numbers))

    def __len__(self) -> int:
        """The number of private households."""
        return self._private

    @cached_property
    def people(self) -> People:
        """The columns as the kernel takes them."""
        return People(self._columns.tables, self.catalogue, self._columns.homes)

    @property
    def everyone(self) -> int:
        """The number of households, collective ones included: the range of `persons`."""
        return len(self._columns.numbers)

    @property
    def catalogue(self) -> Catalogue:
        """The facts by path; the shipped ones unless others were handed in."""
        if self._catalogue is None:
            self._catalogue = rights.load().facts
        return self._catalogue

    def households(
        self,
        facts: Sequence[str],
        start: int = 0,
        stop: int | None = None,
        *,
        on: date | None = None,
    ) -> Iterator[tuple[int, Facts]]:
        """(number, facts) of the private households at these positions, on a day.

        `facts` are paths as a regulation lists them (`gezin.gemeente`,
        `gezin.leden[].leefloon`); `on` is the reference day of the population by default. Raises
        KeyError for a path that leads to no listed fact, PopulationError without a day.
        """
        wanted, day = self._wanted(facts), self._day(on)
        last = len(self) if stop is None else min(stop, len(self))
        for low in range(start, last, BLOCK):
            high = min(low + BLOCK, last)
            for number, household in self._block(wanted, low, high, day):
                yield number, {"gezin": household}

    def persons(
        self,
        facts: Sequence[str],
        start: int = 0,
        stop: int | None = None,
        *,
        on: date | None = None,
    ) -> Iterator[tuple[int, Facts]]:
        """(person, facts) of everyone in the households at these positions, for a right of a
        person: `persoon` is who it is about, `gezin` that person's household. In a collective
        household nobody knows of a family: what says who lives together is left out."""
        wanted, day = self._wanted(facts), self._day(on)
        last = self.everyone if stop is None else min(stop, self.everyone)
        offsets = self._columns.offsets
        numbers = self._columns.read(PERSONS, "person")
        for low in range(start, last, BLOCK):
            high = min(low + BLOCK, last)
            first, end = int(offsets[low]), int(offsets[high])
            own = self._rows(wanted.person, first, end, day)
            ids = iter(numbers[first:end].to_pylist())
            block = self._block(wanted, low, high, day)
            for position, (_, household) in enumerate(block, start=low):
                for _ in range(int(offsets[position + 1] - offsets[position])):
                    yield next(ids), {"persoon": next(own), "gezin": household}

    def members(self, start: int = 0, stop: int | None = None) -> Iterator[Household]:
        """Who lives in the private households at these positions."""
        last = len(self) if stop is None else min(stop, len(self))
        offsets = self._columns.offsets
        for low in range(start, last, BLOCK):
            high = min(low + BLOCK, last)
            first, end = int(offsets[low]), int(offsets[high])
            lists = [
                self._columns.read(PERSONS, name)[first:end].to_pylist() for name in Member._fields
            ]
            people = [Member(*row) for row in zip(*lists, strict=True)]
            for position in range(low, high):
                inside = slice(offsets[position] - first, offsets[position + 1] - first)
                yield Household(int(self._columns.numbers[position]), tuple(people[inside]))

    def why_unknown(self, number: int, path: str, member: int = 0) -> str:
        """The reason code why a fact of a household is not known: `member` counts from 0."""
        position = self._places[number]
        fact = self.catalogue.at(path)
        if COMPOSITION in fact.sources and self._doubtful[position]:
            return "family-errors"
        if fact.section == "gezin":
            return "missing-code" if fact.id == "municipality" else "no-data"
        person = int(self._columns.offsets[position]) + member
        if fact.id == "municipality":
            other = self._said("other_municipality", person)
            return "contradiction" if other else "missing-code"
        return self._said("source_trouble", person) or "no-data"

    @cached_property
    def _places(self) -> dict[int, int]:
        """The position of each household by its number."""
        return {number: place for place, number in enumerate(self._columns.numbers.tolist())}

    def column(self, table: str, name: str) -> pa.Array:
        """A column as it was delivered (or laid over it), a row per person or household, in the
        order of the population. Raises PopulationError where there is none."""
        return self._columns.read(table, name)

    def _said(self, column: str, person: int) -> str | None:
        if not self._columns.has(PERSONS, column):
            return None
        said: str | None = self._columns.read(PERSONS, column)[person].as_py()
        return said

    def _day(self, on: date | None) -> date:
        day = on or self.on
        if day is None:
            raise PopulationError(f"{self.folder}: has no reference day: say on which day (on=…)")
        return day

    def _wanted(self, paths: Sequence[str]) -> _Wanted:
        household: list[Fact] = []
        members: list[Fact] = []
        person: list[Fact] = []
        members_name: str | None = None
        for path in paths:
            fact = self.catalogue.at(path)
            section, *steps = path.split(".")
            if section == "persoon":
                person.append(fact)
                continue
            if fact.members or len(steps) > 1:
                members_name = steps[0].partition("[")[0]
            if len(steps) > 1:
                members.append(fact)
            elif not fact.members:
                household.append(fact)
        return _Wanted(_once(household), _once(members), _once(person), members_name)

    def _block(self, wanted: _Wanted, low: int, high: int, on: date) -> Iterator[tuple[int, Facts]]:
        offsets = self._columns.offsets
        first = int(offsets[low])
        starts = (offsets[low : high + 1] - first).tolist()
        listed = wanted.members_name
        people = list(self._rows(wanted.members, first, int(offsets[high]), on)) if listed else []
        homes = self._rows(wanted.household, low, high, on)
        numbers = self._columns.numbers[low:high].tolist()
        doubtful = self._doubtful[low:high].tolist()
        composed = [fact.name for fact in wanted.household if COMPOSITION in fact.sources]
        for number, home, doubt, begin, end in zip(
            numbers, homes, doubtful, starts, starts[1:], strict=False
        ):
            if doubt:
                for name in composed:
                    home.pop(name, None)
            elif listed:
                home[listed] = people[begin:end]
            yield number, home

    def _rows(self, facts: Sequence[Fact], first: int, end: int, on: date) -> Iterator[Facts]:
        found = [(fact, self._columns.of_fact(fact, on)) for fact in facts]
        known = [(fact, column[first:end]) for fact, column in found if column is not None]
        names = [fact.name for fact, _ in known]
        return rows(names, [values(fact, column) for fact, column in known], end - first)


def _once(facts: list[Fact]) -> tuple[Fact, ...]:
    return tuple({fact.id: fact for fact in facts}.values())


def read(
    folder: Path, *, catalogue: Catalogue | None = None, over: Over = NOTHING_OVER
) -> Population:
    """Opens a population; only the columns asked for later are read. Raises PopulationError.

    `over` are columns that go over those of the files, of one day: a row per person or household
    in the order of the population.
    """
    return Population(Path(folder), catalogue, over)
