"""What planning asks over a whole population, against asking everything and against the least
that any planner could ask."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from vanzelf.population import NO, UNKNOWN, YES
from vanzelf.population.kernel.people import Block
from vanzelf.sources.planning.hidden import Hidden, asked_about, homes_of, looked_at, units_of
from vanzelf.sources.planning.least import least
from vanzelf.sources.planning.people import Marks, Rows, Who
from vanzelf.sources.planning.planner import Planner
from vanzelf.sources.planning.questions import Questions

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
        least=least(city, found.all_asked, before),
        rounds=found.rounds,
        differ=int(np.count_nonzero(found.outcomes != found.all_asked)),
    )


def _played(city: Hidden, before: Rows, at_once: bool) -> tuple[dict[str, int], Rows, int]:
    """Round after round, only with the households about which something is still asked."""
    planner, after = city.planner, before.copy()
    homes = homes_of(city, before == UNKNOWN)
    part = city.take(homes)
    counts: dict[str, int] = dict.fromkeys(planner.facts, 0)
    asked, rounds = part.nothing(), 0
    while True:
        questions = planner.next(part.shown(asked), asked, part.who, at_once=at_once, amounts=False)
        _note(part, questions, asked, counts)
        busy = _busy(part, questions)
        if len(busy) <= len(homes) * NARROW:
            after[units_of(city, homes)] = planner.outcomes(part.shown(asked), part.who)
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
        city.persons(path, np.flatnonzero(looked_at(city, path))) for path in asked_about(city)
    )
