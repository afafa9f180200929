"""Planning for one person and household: what to ask next for several rights at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np

from vanzelf.population import UNKNOWN
from vanzelf.population.given import people_of
from vanzelf.population.kernel.people import Block
from vanzelf.rights import Regulation
from vanzelf.sources.lawfulness import Authorisation
from vanzelf.sources.planning.data import Knowledge, shipped
from vanzelf.sources.planning.making import planner_for
from vanzelf.sources.planning.people import Marks, Who
from vanzelf.sources.planning.planner import Planner
from vanzelf.sources.planning.questions import MEMBER
from vanzelf.sources.types import NotAsked, Reading, Reason, Told, Why

Readings = dict[str, Reading]
MEMBERS = "leden"
PERSON, HOME = "persoon", "gezin"


def needed_by(rights: Sequence[Regulation]) -> dict[str, tuple[str, ...]]:
    """The names of the facts that these rights look at, with the rights that do."""
    found: dict[str, list[str]] = {}
    for one in rights:
        for path in one.needed:
            found.setdefault(path.rpartition(".")[2], []).append(one.id)
    return {name: tuple(dict.fromkeys(ids)) for name, ids in found.items()}


@dataclass(frozen=True, slots=True)
class Next:
    """The questions of a round: per row of the household (the person asked about is 0) the names
    of facts, and those of the household."""

    of_persons: Mapping[int, frozenset[str]]
    of_household: frozenset[str]

    def __bool__(self) -> bool:
        return bool(self.of_persons or self.of_household)


class Planned:
    """The questions about one person and household, for some rights checked on one day."""

    def __init__(
        self,
        rights: Sequence[Regulation],
        on: date,
        *,
        purpose: str,
        authorisations: Sequence[Authorisation],
        today: date,
        positions: Sequence[str | None],
        knowledge: Knowledge | None = None,
        told: Told | None = None,
    ) -> None:
        self.purpose = purpose
        self.rows = len(positions)
        self._positions = positions
        self._planners = [
            planner_for(
                one,
                on,
                purpose=purpose,
                authorisations=authorisations,
                today=today,
                knowledge=knowledge or shipped(),
                trust_family=False,
            )
            for one in rights
        ]
        self._told = told or Told({}, [{} for _ in positions])
        self._asked: dict[str, Marks] = {}
        for planner in self._planners:
            for fact in planner.facts:
                rows = self.rows if fact.startswith(f"{PERSON}.") else 1
                self._asked[fact] = np.zeros(rows, dtype=bool)
        self._last: list[tuple[Planner, Block, Who]] = []

    def next(self, home: Mapping[str, Reading], people: Sequence[Mapping[str, Reading]]) -> Next:
        """What to ask now: for each right that is open, about one fact of one member.

        `people` are in the order of the positions, the person asked about first.
        """
        of_persons: dict[int, set[str]] = {}
        of_household: set[str] = set()
        self._look(home, people)
        for planner, block, who in self._last:
            units = np.zeros(self._units(planner, block), dtype=bool)
            units[:1] = True
            questions = planner.next(block, self._asked_in(block), who, units=units)
            for fact, rows in questions.items():
                section, _, name = fact.partition(".")
                if section == HOME:
                    of_household.add(name)
                for row in rows if section == PERSON else ():
                    of_persons.setdefault(int(row), set()).add(name)
        for row, names in of_persons.items():
            for name in names:
                self._asked[f"{PERSON}.{name}"][row] = True
        for name in of_household:
            self._asked[f"{HOME}.{name}"][:] = True
        return Next(
            {row: frozenset(names) for row, names in of_persons.items()}, frozenset(of_household)
        )

    def conclude(
        self, home: Mapping[str, Reading], people: Sequence[Mapping[str, Reading]], now: datetime
    ) -> tuple[Readings, list[Readings]]:
        """The readings of what was not asked: told by an answer about the family, or unknown
        because it was not needed. For the household, and per person."""
        self._look(home, people)
        of_home: Readings = {}
        of_people: list[Readings] = [{} for _ in people]
        for fact, row in self._left(home, people):
            section, _, name = fact.partition(".")
            source = self._source(fact)
            reading = Reading.unknown(Reason.NOT_ASKED, source, now)
            if section == HOME:
                of_home[name] = reading
            else:
                of_people[row][name] = self._by_family(fact, row, people) or reading
        return of_home, of_people

    def not_asked(self, numbers: Sequence[str]) -> tuple[NotAsked, ...]:
        """What was left, of whom (their numbers in the order of the rows), why, and for which
        rights."""
        found: dict[tuple[str | None, str, Why], list[str]] = {}
        for planner, block, who in self._last:
            settled = planner.outcomes(block, who)[:1].tolist() != [UNKNOWN]
            told = planner.with_families(block, who)
            for fact, row in self._cells(planner, block):
                if self._asked[fact][row] or self._known(block, planner, fact, row):
                    continue
                why = Why.SETTLED if settled else Why.CANNOT_CHANGE
                if self._known(told, planner, fact, row):
                    why = Why.BY_FAMILY
                number = numbers[row] if fact.startswith(f"{PERSON}.") else None
                name = fact.partition(".")[2]
                found.setdefault((number, name, why), []).append(planner.regulation.id)
        return tuple(
            NotAsked(number, name, why, tuple(rights))
            for (number, name, why), rights in found.items()
        )

    # --- what is known --------------------------------------------------------------------------

    def _look(self, home: Mapping[str, Reading], people: Sequence[Mapping[str, Reading]]) -> None:
        """Lays what is known now in columns, for each right."""
        family = {**self._said(self._told.home, HOME, 0), **_values(home, leave_out=MEMBERS)}
        members = [
            {**self._said(said, PERSON, row), **_values(one)}
            for row, (said, one) in enumerate(zip(self._told.people, people, strict=True))
        ]
        if home[MEMBERS].known:
            family[MEMBERS] = members
        facts = {HOME: family, PERSON: members[0]}
        born = [one.get("geboortedatum") for one in members]
        days = [day if isinstance(day, date) else None for day in born]
        self._last = []
        for planner in self._planners:
            block = people_of([facts], planner.wanted, planner.regulation.catalogue)
            rows = block.persons
            own = np.arange(rows) == 0
            who = Who.of(self._positions[:rows], days[:rows], planner.reference, own=own)
            self._last.append((planner, block, who))

    def _said(self, said: Mapping[str, object], section: str, row: int) -> dict[str, object]:
        """What someone told, where no source can be asked, or was and did not know."""
        return {
            name: value
            for name, value in said.items()
            if (asked := self._asked.get(f"{section}.{name}")) is None or asked[row]
        }

    def _asked_in(self, block: Block) -> dict[str, Marks]:
        """Marks as long as the block: of someone whose household is not known it has one row."""
        return {
            fact: marks[: block.persons] if fact.startswith(f"{PERSON}.") else marks
            for fact, marks in self._asked.items()
        }

    def _units(self, planner: Planner, block: Block) -> int:
        return block.private if planner.regulation.unit == HOME else block.persons

    # --- what was left --------------------------------------------------------------------------

    def _cells(self, planner: Planner, block: Block) -> Iterator[tuple[str, int]]:
        """The facts that this right looks at and that may be asked, per row."""
        for path in planner.askable:
            fact = planner.regulation.catalogue.at(path).path
            members = path.startswith(MEMBER) and block.unlisted is False
            for row in range(block.persons if members else 1):
                yield fact, row

    def _left(
        self, home: Mapping[str, Reading], people: Sequence[Mapping[str, Reading]]
    ) -> list[tuple[str, int]]:
        """The facts of which there is no reading, per row, each once."""
        found: dict[tuple[str, int], None] = {}
        for planner, block, _ in self._last:
            for fact, row in self._cells(planner, block):
                section, _, name = fact.partition(".")
                if name not in (home if section == HOME else people[row]):
                    found[fact, row] = None
        return list(found)

    def _known(self, block: Block, planner: Planner, fact: str, row: int) -> bool:
        return planner.is_known(block, fact, row)

    def _source(self, fact: str) -> str:
        sources = self._planners[0].regulation.catalogue[fact].sources
        return next((one for one in sources if one.startswith("magda/")), sources[0])

    def _by_family(
        self, fact: str, row: int, people: Sequence[Mapping[str, Reading]]
    ) -> Reading | None:
        """The reading that an answer about the family gives of one member."""
        for planner, block, who in self._last:
            told = planner.told_by(block, who, fact, row)
            if told is not None:
                head, name = told
                answer = people[head][name]
                flags = (*answer.flags, f"by-family:{name}")
                return Reading(
                    False,
                    answer.source,
                    answer.as_of,
                    answer.valid_from,
                    answer.valid_until,
                    flags=flags,
                )
        return None


def _values(readings: Mapping[str, Reading], leave_out: str = "") -> dict[str, object]:
    return {
        name: reading.value
        for name, reading in readings.items()
        if reading.known and name != leave_out
    }
