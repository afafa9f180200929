"""A population of which all answers are there, and shown as far as they were asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from vanzelf.population.kernel.people import Block
from vanzelf.population.kernel.planes import Rows as Taken
from vanzelf.population.kernel.planes import spread
from vanzelf.population.loading import unknown_in
from vanzelf.sources.lawfulness.groups import FULL_AGE
from vanzelf.sources.planning.people import Marks, Rows, Who
from vanzelf.sources.planning.planner import Planner
from vanzelf.sources.planning.questions import MEMBER


@dataclass(slots=True)
class Hidden:
    """A population of which all answers are there, and shown as far as they were asked."""

    planner: Planner
    truth: Block
    who: Who

    @property
    def answered(self) -> list[str]:
        """The facts that may be asked and of which this population has answers at all."""
        there = {self.fact_at(key.path) for key in self.truth.facts}
        return [fact for fact in self.planner.facts if fact in there]

    def nothing(self) -> dict[str, Marks]:
        """Nobody was asked anything; what no source of this population gives counts as asked."""
        there = set(self.answered)
        return {fact: np.full(self.length(fact), fact not in there) for fact in self.planner.facts}

    def everything(self) -> dict[str, Marks]:
        """Everyone was asked everything; for a family, the one whose answer speaks for it."""
        asked = {fact: np.ones(self.length(fact), dtype=bool) for fact in self.planner.facts}
        own = {self.fact_at(path) for path in self.planner.looked_at}
        for one in self.planner.families.values():
            if one.path not in own:
                heads = self.who.heads(self.truth, one.family, self.planner.purpose)
                asked[one.path] = heads == np.arange(len(heads))
        return asked

    def length(self, fact: str) -> int:
        return self.truth.persons if fact.startswith("persoon.") else self.truth.households

    def persons(self, fact: str, rows: Rows) -> int:
        """Of how many persons a fact of these rows is asked: of a household, of its adults."""
        if self.is_personal(fact):
            return len(rows)
        adults = np.bincount(
            self.truth.home[(self.who.ages >= FULL_AGE) | (self.who.ages < 0)],
            minlength=self.truth.households,
        )
        return int(np.maximum(adults[rows], 1).sum())

    def shown(self, asked: Mapping[str, Marks]) -> Block:
        """What is known once these were asked."""
        facts = dict(self.truth.facts)
        for key, column in self.truth.facts.items():
            marks = asked.get(self.fact_at(key.path))
            if marks is not None:
                facts[key] = unknown_in(column, ~marks)
        return replace(self.truth, facts=facts)

    def rows(self, fact: str, homes: Rows) -> Rows:
        """The rows of a fact that belong to these households."""
        return self._persons(homes) if self.is_personal(fact) else homes

    def _persons(self, homes: Rows) -> Rows:
        sizes = self.truth.sizes[homes].astype(np.int64)
        ends = np.cumsum(sizes)
        before = np.repeat(ends - sizes, sizes)
        found: Rows = np.repeat(self.truth.edges[:-1][homes], sizes) + np.arange(len(before))
        return found - before

    def take(self, homes: Rows) -> Hidden:
        """These households only."""
        truth, rows = self.truth, self._persons(homes)
        starts = np.concatenate([[0], np.cumsum(truth.sizes[homes])]).astype(np.int64)
        of_homes, of_rows = Taken(homes), Taken(rows)
        facts = {
            key: column.rows(of_rows if self.is_personal(key.path) else of_homes)
            for key, column in truth.facts.items()
        }
        part = Block(
            starts,
            facts,
            int(np.count_nonzero(homes < truth.private)),
            of_homes.of(truth.unlisted),
            of_homes.of(truth.no_list),
        )
        return Hidden(self.planner, part, self.who.take(rows))

    def is_personal(self, path: str) -> bool:
        """Whether a fact has a row per person."""
        return path.startswith(("persoon.", MEMBER))

    def fact_at(self, path: str) -> str:
        """The fact that an expression names."""
        return self.planner.fact_at(path)


def homes_of(city: Hidden, open_: Marks) -> Rows:
    """The households of these units."""
    if city.planner.regulation.unit == "gezin":
        return np.flatnonzero(open_)
    found: Rows = np.unique(city.truth.home[open_])
    return found


def units_of(city: Hidden, homes: Rows) -> Rows:
    if city.planner.regulation.unit == "gezin":
        return homes
    chosen = np.zeros(city.truth.households, dtype=bool)
    chosen[homes] = True
    return np.flatnonzero(chosen[city.truth.home])


def asked_about(city: Hidden) -> list[str]:
    there, seen = set(city.answered), dict[str, str]()
    for path in city.planner.askable:
        fact = city.planner.fact_at(path)
        if fact in there:
            seen.setdefault(fact, path)
    return list(seen.values())


def looked_at(city: Hidden, path: str) -> Marks:
    """The rows of a fact that some unit looks at."""
    truth = city.truth
    private = np.arange(truth.households) < truth.private
    if path.startswith(MEMBER):
        listed = private & ~spread(truth.unlisted, truth.households)
        return listed[truth.home]
    if path.startswith("gezin."):
        return private
    return np.ones(truth.persons, dtype=bool)
