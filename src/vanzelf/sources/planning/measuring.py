"""What planning asks over a whole population, against asking everything and against the least
that any planner could ask."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from vanzelf.population import NO, UNKNOWN, YES
from vanzelf.population.kernel.column import Column, Truth
from vanzelf.population.kernel.graph import Frame
from vanzelf.population.kernel.people import Block, FactKey
from vanzelf.population.kernel.planes import Rows as Taken
from vanzelf.population.kernel.planes import spread
from vanzelf.population.loading import unknown_in
from vanzelf.sources.lawfulness.groups import FULL_AGE
from vanzelf.sources.planning.people import Marks, Rows, Who
from vanzelf.sources.planning.planner import Planner
from vanzelf.sources.planning.questions import MEMBER, Questions

NARROW = 0.7
"""Go on with fewer households once so few of them are asked about."""


@dataclass(frozen=True, slots=True)
class Measured:
    """The questions about one right over a population; one is one (person, fact)."""

    right: str
    units: int
    yes: int
    no: int
    unknown: int
    everything: int
    """Asking each of its facts about everyone."""
    asked: Mapping[str, int]
    """By fact, what planning asked."""
    least: int
    """No planner can do with fewer: every answer without which a verdict would not stand, and one
    for every verdict that answers decide at all."""
    rounds: int
    differ: int
    """Units whose verdict is not the one that all answers together give: must be 0."""

    @property
    def questions(self) -> int:
        return sum(self.asked.values())

    @property
    def share(self) -> float:
        """Of asking everything."""
        return self.questions / self.everything if self.everything else 0.0

    @property
    def least_share(self) -> float:
        return self.least / self.everything if self.everything else 0.0

    @property
    def per_verdict(self) -> float:
        """Questions per YES or NO."""
        return self.questions / max(self.yes + self.no, 1)


@dataclass(slots=True)
class Hidden:
    """A population of which all answers are there, and shown as far as they were asked."""

    planner: Planner
    truth: Block
    who: Who

    @property
    def answered(self) -> list[str]:
        """The facts that may be asked and of which this population has answers at all."""
        there = {self._fact(key.path) for key in self.truth.facts}
        return [fact for fact in self.planner.facts if fact in there]

    def nothing(self) -> dict[str, Marks]:
        """Nobody was asked anything; what no source of this population gives counts as asked."""
        there = set(self.answered)
        return {fact: np.full(self.length(fact), fact not in there) for fact in self.planner.facts}

    def everything(self) -> dict[str, Marks]:
        return {fact: np.ones(self.length(fact), dtype=bool) for fact in self.planner.facts}

    def length(self, fact: str) -> int:
        return self.truth.persons if fact.startswith("persoon.") else self.truth.households

    def persons(self, fact: str, rows: Rows) -> int:
        """Of how many persons a fact of these rows is asked: of a household, of its adults."""
        if self._personal(fact):
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
            marks = asked.get(self._fact(key.path))
            if marks is not None:
                facts[key] = unknown_in(column, ~marks)
        return replace(self.truth, facts=facts)

    def rows(self, fact: str, homes: Rows) -> Rows:
        """The rows of a fact that belong to these households."""
        return self._persons(homes) if self._personal(fact) else homes

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
            key: column.rows(of_rows if self._personal(key.path) else of_homes)
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

    def _personal(self, path: str) -> bool:
        return path.startswith(("persoon.", MEMBER))

    def _fact(self, path: str) -> str:
        return self.planner.fact_at(path)


@dataclass(frozen=True, slots=True)
class Played:
    """How asking went: questions by fact, the outcomes then (0 NO, 1 YES, 2 UNKNOWN per unit),
    and those with all answers together."""

    asked: Mapping[str, int]
    outcomes: Rows
    all_asked: Rows
    rounds: int


def play(planner: Planner, truth: Block, who: Who, *, at_once: bool = False) -> Played:
    """Plays the questions about everyone, with the answers that the population holds."""
    city = Hidden(planner, truth, who)
    all_asked = planner.outcomes(city.shown(city.everything()), who)
    before = planner.outcomes(city.shown(city.nothing()), who)
    asked, after, rounds = _played(city, before, at_once)
    return Played(asked, after, all_asked, rounds)


def measure(planner: Planner, truth: Block, who: Who, *, at_once: bool = False) -> Measured:
    """The same, counted, beside asking everything and the least that any planner could ask."""
    found, city = play(planner, truth, who, at_once=at_once), Hidden(planner, truth, who)
    before = planner.outcomes(city.shown(city.nothing()), who)
    return Measured(
        planner.regulation.id,
        len(found.outcomes),
        yes=int(np.count_nonzero(found.outcomes == YES)),
        no=int(np.count_nonzero(found.outcomes == NO)),
        unknown=int(np.count_nonzero(found.outcomes == UNKNOWN)),
        everything=_everything(city),
        asked=found.asked,
        least=_least(city, found.all_asked, before),
        rounds=found.rounds,
        differ=int(np.count_nonzero(found.outcomes != found.all_asked)),
    )


def _homes_of(city: Hidden, open_: Marks) -> Rows:
    """The households of these units."""
    if city.planner.regulation.unit == "gezin":
        return np.flatnonzero(open_)
    found: Rows = np.unique(city.truth.home[open_])
    return found


def _played(city: Hidden, before: Rows, at_once: bool) -> tuple[dict[str, int], Rows, int]:
    """Round after round, only with the households about which something is still asked."""
    planner, after = city.planner, before.copy()
    homes = _homes_of(city, before == UNKNOWN)
    part = city.take(homes)
    counts: dict[str, int] = dict.fromkeys(planner.facts, 0)
    asked, rounds = part.nothing(), 0
    while True:
        questions = planner.next(part.shown(asked), asked, part.who, at_once=at_once, amounts=False)
        _note(part, questions, asked, counts)
        busy = _busy(part, questions)
        if len(busy) <= len(homes) * NARROW:
            after[_units_of(city, homes)] = planner.outcomes(part.shown(asked), part.who)
            asked = {fact: rows[part.rows(fact, busy)] for fact, rows in asked.items()}
            homes, part = homes[busy], part.take(busy)
        if not len(busy):
            return {fact: count for fact, count in counts.items() if count}, after, rounds
        rounds += 1


def _busy(part: Hidden, questions: Questions) -> Rows:
    """The households about which something was asked; of the others nothing will be."""
    homes = np.zeros(part.truth.households, dtype=bool)
    for fact, rows in questions.items():
        homes[part.truth.home[rows] if fact.startswith("persoon.") else rows] = True
    return np.flatnonzero(homes)


def _units_of(city: Hidden, homes: Rows) -> Rows:
    if city.planner.regulation.unit == "gezin":
        return homes
    chosen = np.zeros(city.truth.households, dtype=bool)
    chosen[homes] = True
    return np.flatnonzero(chosen[city.truth.home])


def _note(
    part: Hidden, questions: Questions, asked: dict[str, Marks], counts: dict[str, int]
) -> None:
    for fact, rows in questions.items():
        if asked[fact][rows].any():
            raise AssertionError(f"{fact} was asked twice")
        asked[fact][rows] = True
        counts[fact] += part.persons(fact, rows)


def _everything(city: Hidden) -> int:
    """Asking each fact of the right about all whom it looks at."""
    return sum(
        city.persons(path, np.flatnonzero(_looked_at(city, path))) for path in _asked_about(city)
    )


def _asked_about(city: Hidden) -> list[str]:
    there, seen = set(city.answered), dict[str, str]()
    for path in city.planner.askable:
        fact = city.planner.fact_at(path)
        if fact in there:
            seen.setdefault(fact, path)
    return list(seen.values())


def _looked_at(city: Hidden, path: str) -> Marks:
    """The rows of a fact that some unit looks at."""
    truth = city.truth
    private = np.arange(truth.households) < truth.private
    if path.startswith(MEMBER):
        listed = private & ~spread(truth.unlisted, truth.households)
        return listed[truth.home]
    if path.startswith("gezin."):
        return private
    return np.ones(truth.persons, dtype=bool)


# --- the least that any planner could ask -------------------------------------------------------


def _least(city: Hidden, all_asked: Rows, before: Rows) -> int:
    """Answers that every proof needs: without it, or with another, the verdict would differ; and
    one question at least about every unit that any answer could decide."""
    planner = city.planner
    homes = _homes_of(city, before == UNKNOWN)
    part = city.take(homes)
    final = all_asked[_units_of(city, homes)]
    nothing = part.nothing()
    deciding = planner.worth_asking(part.shown(nothing), nothing, part.who)
    known = planner.with_families(part.shown(part.everything()), part.who)
    needed = {path: _needed(part, known, path, final) for path in _asked_about(part)}
    counted = {planner.fact_at(path): rows for path, rows in needed.items()}
    total = sum(_fewest(part, path, rows, counted) for path, rows in needed.items())
    return total + _none_needed(part, needed, deciding)


def _none_needed(part: Hidden, needed: Mapping[str, Marks], deciding: Marks) -> int:
    """One for each unit of which no single answer is needed, but some are; one for the whole
    household where an answer may serve several of its members."""
    truth = part.truth
    personal = part.planner.regulation.unit == "persoon"
    if personal and not part.planner.families and all(p.startswith("persoon.") for p in needed):
        own = np.zeros(truth.persons, dtype=bool)
        for rows in needed.values():
            own |= rows
        return int(np.count_nonzero(deciding & ~own))
    homes, proven = (np.zeros(truth.households, dtype=bool) for _ in range(2))
    homes[truth.home[deciding] if personal else np.flatnonzero(deciding)] = True
    for path, rows in needed.items():
        proven[truth.home[rows] if part._personal(path) else rows] = True
    return int(np.count_nonzero(homes & ~proven))


def _needed(part: Hidden, known: Block, path: str, final: Rows) -> Marks:
    """The rows of this fact without which the verdict of some unit would not be what it is."""
    looked = _looked_at(part, path)
    found = np.zeros(len(looked), dtype=bool)
    fact = part.planner.fact_at(path)
    for rows in _one_by_one(part, path, looked):
        for column_of in _otherwise(known, fact, part):
            block = _with(known, fact, column_of, rows, part)
            outcomes = _outcomes(part, block)
            differ = outcomes != final
            if column_of is None:
                differ &= final != UNKNOWN
            else:
                differ &= (final == UNKNOWN) & (outcomes != UNKNOWN)
            found |= rows & _rows_of(part, path, differ)
    return found


def _otherwise(known: Block, fact: str, part: Hidden) -> list[bool | None]:
    columns = [column for key, column in known.facts.items() if part._fact(key.path) == fact]
    yes_no = all(isinstance(column, Truth) for column in columns)
    return [None, True, False] if yes_no else [None]


def _one_by_one(part: Hidden, path: str, looked: Marks) -> list[Marks]:
    """Marks in which every household (every unit, for its own fact) has one row at most."""
    if not path.startswith(MEMBER):
        return [looked]
    place = np.arange(part.truth.persons) - np.repeat(part.truth.edges[:-1], part.truth.sizes)
    most = int(place.max(initial=-1)) + 1
    return [looked & (place == one) for one in range(most) if (looked & (place == one)).any()]


def _with(known: Block, fact: str, value: bool | None, rows: Marks, part: Hidden) -> Block:
    facts: dict[FactKey, Column] = dict(known.facts)
    for key, column in known.facts.items():
        if part._fact(key.path) != fact:
            continue
        if value is None or not isinstance(column, Truth):
            facts[key] = unknown_in(column, rows)
            continue
        true, false = spread(column.true, len(rows)), spread(column.false, len(rows))
        facts[key] = Truth(
            np.where(rows, value, true), np.where(rows, not value, false), column.null
        )
    return replace(known, facts=facts)


def _outcomes(part: Hidden, block: Block) -> Rows:
    found = part.planner.plan.rights[0].check(Frame(block), why=False, worth=False)
    return found.outcomes.astype(np.int64)


def _rows_of(part: Hidden, path: str, units: Marks) -> Marks:
    """From units to the rows of a fact that they look at."""
    truth = part.truth
    personal = part.planner.regulation.unit == "persoon"
    if path.startswith("persoon."):
        return units
    homes = np.zeros(truth.households, dtype=bool)
    if personal:
        homes[truth.home[units]] = True
    else:
        homes[: len(units)] = units
    return homes[truth.home] if path.startswith(MEMBER) else homes


def _fewest(part: Hidden, path: str, rows: Marks, counted: Mapping[str, Marks]) -> int:
    """So many questions at least give these answers: one for a family that answers for all."""
    planner = part.planner
    family = planner.families.get(planner.fact_at(path))
    if family is None or not part._personal(path):
        return part.persons(path, np.flatnonzero(rows))
    heads = part.who.heads(part.truth, family.family, planner.purpose)
    answer = part.truth.facts[FactKey(family.key, planner.reference)]
    no = spread(answer.false, len(rows)) if isinstance(answer, Truth) else np.zeros(len(rows), bool)
    told = no & counted.get(family.path, np.zeros(len(rows), dtype=bool))
    rows = rows & ~told & ~told[heads]
    waiting = np.bincount(heads[rows], minlength=len(rows))
    return int(np.where(no, np.minimum(waiting, 1), waiting).sum())
