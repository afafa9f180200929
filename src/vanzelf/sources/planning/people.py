"""Who may be asked about: positions and ages of members, in the rows of a population."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vanzelf.population import Population
from vanzelf.population.arrays import codes, days, nulls
from vanzelf.population.kernel.people import Block
from vanzelf.population.kernel.planes import spread
from vanzelf.population.tables import PERSONS
from vanzelf.sources.households import HEAD
from vanzelf.sources.lawfulness import Group
from vanzelf.sources.lawfulness.groups import FULL_AGE
from vanzelf.sources.planning.data import Family, Likely

EPOCH = date(1970, 1, 1).toordinal()
Rows = NDArray[np.int64]
Marks = NDArray[np.bool_]
UNKNOWN_AGE = -1


@dataclass(frozen=True)
class Who:
    """The persons of a block of households, a row each: `positions` and `ages` on a day.

    A position is a code of the register, empty where it says none; an age in full years, -1 where
    it is not known.
    """

    positions: NDArray[np.str_]
    ages: NDArray[np.int32]
    own: Marks | None = None
    """Whose own right it is, where that is not everyone (a right of a person) or the reference
    persons (of a household)."""

    @classmethod
    def of(
        cls,
        positions: Sequence[str | None],
        born: Sequence[date | None],
        on: date,
        own: Marks | None = None,
    ) -> Who:
        """From what is known of a few persons; `born` of as many as there are positions."""
        known = born[: len(positions)]
        counted = [UNKNOWN_AGE if day is None else _age(day, on) for day in known]
        return cls(
            np.array([code or "" for code in positions], "U2"), np.array(counted, np.int32), own
        )

    @classmethod
    def of_population(cls, population: Population, on: date) -> Who:
        """Everyone in a population."""
        table = population.people.tables.columns(PERSONS, ["position", "birth_date"])
        places, texts = codes(table["position"])
        named = np.array([*texts, ""], "U2").take(places)
        missing = spread(nulls(table["birth_date"]), len(named))
        born = days(table["birth_date"]).astype("datetime64[D]")
        ages = _ages(born, np.datetime64(on, "D"))
        return cls(named, np.where(missing, UNKNOWN_AGE, ages).astype(np.int32))

    def take(self, rows: Rows) -> Who:
        """These persons only."""
        own = None if self.own is None else self.own.take(rows)
        return Who(self.positions.take(rows), self.ages.take(rows), own)

    @property
    def is_head(self) -> Marks:
        """The reference persons."""
        found: Marks = self.positions == HEAD
        return found

    def heads(self, block: Block, family: Family, purpose: str) -> Rows:
        """Per person the row of the reference person whose answer speaks for them too; their own
        row where no other answer does, and where it is not known who lives together."""
        own: Rows = np.arange(block.persons)
        head = np.full(block.households, UNKNOWN_AGE, dtype=np.int64)
        heads = np.flatnonzero(self.is_head)
        head[block.home[heads[::-1]]] = heads[::-1]  # of two, the first
        spoken = np.zeros(block.persons, dtype=bool)
        for rule in family.rules(purpose):
            covered = (
                np.ones(block.persons, dtype=bool)
                if rule.positions is None
                else np.isin(self.positions, list(rule.positions))
            )
            if rule.younger_than is not None:
                covered &= (self.ages != UNKNOWN_AGE) & (self.ages < rule.younger_than)
            spoken |= covered
        private = np.arange(block.households) < block.private
        listed = private & ~spread(block.unlisted, block.households)
        there = (head >= 0) & listed
        found: Rows = np.where(spoken & there[block.home], head[block.home], own)
        return found

    def order(self, block: Block, likely: Likely | None) -> Rows:
        """The rows by household, in each the most likely first: of a usual age, then as the
        register lists them."""
        usual = np.zeros(block.persons, dtype=bool)
        if likely is not None and likely.ages is not None:
            youngest, oldest = likely.ages
            known = self.ages != UNKNOWN_AGE
            usual = known & ((self.ages < youngest) | (self.ages > oldest))
        if not usual.any():
            return np.arange(block.persons)
        return np.lexsort((usual, block.home)).astype(np.int64)

    def within(self, groups: frozenset[Group], own: Marks) -> Marks | bool:
        """Who belongs to one of these groups; `own`: whose own right it is."""
        if groups == frozenset(Group):
            return True
        adults = self.ages >= FULL_AGE
        known = self.ages != UNKNOWN_AGE
        found = own & (Group.RESIDENTS in groups)
        others = {Group.ADULTS: adults, Group.CHILDREN: known & ~adults, Group.MEMBERS: ~known}
        for group, rows in others.items():
            if group in groups:
                found |= ~own & rows
        return found


def _age(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _ages(born: NDArray[Any], on: np.datetime64) -> NDArray[Any]:
    """Full years on a day; who was born on 29 February has a birthday on 1 March."""
    years = on.astype("datetime64[Y]").astype(int) - born.astype("datetime64[Y]").astype(int)
    found: NDArray[Any] = years - (_in_year(on) < _in_year(born))
    return found


def _in_year(day: Any) -> Any:
    """Month and day as one number."""
    months = day.astype("datetime64[M]")
    return (months.astype(int) % 12) * 32 + (day - months.astype("datetime64[D]")).astype(int)
