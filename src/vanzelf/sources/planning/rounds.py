"""One round of questions over a block of households: which fact, and of whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from vanzelf.population import YES
from vanzelf.population.kernel.column import UNKNOWN_COLUMN, Column
from vanzelf.population.kernel.criteria import Atom, Criteria, Decided, decide
from vanzelf.population.kernel.graph import Frame
from vanzelf.population.kernel.people import Block, FactKey
from vanzelf.population.kernel.planes import spread
from vanzelf.rights.model import Expression
from vanzelf.sources.lawfulness import EVERYONE
from vanzelf.sources.planning.people import Marks, Rows, Who
from vanzelf.sources.planning.questions import (
    ENOUGH,
    MEMBER,
    NONE,
    OPEN,
    Asked,
    FamilyFact,
    Questions,
)
from vanzelf.sources.planning.worth_asking import LIST

if TYPE_CHECKING:
    from vanzelf.sources.planning.planner import Planner


@dataclass(slots=True)
class Round:
    """One round over one block."""

    planner: Planner
    known: Block
    asked: Asked
    who: Who
    at_once: bool
    frame: Frame = field(init=False)
    _heads: dict[str, Rows] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.frame = Frame(self.planner.with_families(self.known, self.who))

    def questions(self, units: Marks | None, amounts: bool) -> Questions:
        right = self.planner.plan.rights[0]
        found = right.check(self.frame, why=False, worth=False)
        cells = {path: self._cells(path) for path in self.planner.askable}
        chosen = self._chosen(found.outcomes == OPEN, units, cells)
        if amounts:
            yes = found.outcomes == YES
            lacking = [
                (line, yes & ~spread(found.worth[line.id].known, len(yes)))
                for line in self.planner.regulation.content.amounts
            ]
            for line, rows in lacking:
                parts = [part for one in line.choices for part in (one.when, one.value) if part]
                self._for_amount(chosen, rows if units is None else rows & units, parts, cells)
        questions: dict[str, list[Rows]] = {}
        for place, path in enumerate(self.planner.askable):
            for fact, rows in self._ask(path, np.flatnonzero(chosen == place), cells[path]):
                if len(rows):
                    questions.setdefault(fact, []).append(rows)
        return {fact: np.unique(np.concatenate(rows)) for fact, rows in questions.items()}

    def open(self) -> Marks:
        """The units about which there is something to ask."""
        found = self.planner.plan.rights[0].check(self.frame, why=False, worth=False)
        cells = {path: self._cells(path) for path in self.planner.askable}
        chosen: Marks = self._chosen(found.outcomes == OPEN, None, cells) != NONE
        return chosen

    # --- which fact -----------------------------------------------------------------------------

    def _chosen(self, open_: Marks, units: Marks | None, cells: Mapping[str, Marks]) -> Rows:
        """Per unit the place in the order of the fact to ask about now; -1 for none."""
        rows = np.flatnonzero(open_ if units is None else open_ & units)
        chosen: Rows = np.full(len(open_), NONE, dtype=np.int64)
        if not len(rows):
            return chosen
        paths = self.planner.looked_at
        columns: list[Marks | Rows] = [*self._states(rows)]
        no_list = self._unlisted(rows)
        for path in paths:
            missing = self._unknown(path, rows) | (no_list & path.startswith(LIST))
            can = np.zeros(len(rows), dtype=bool)
            if path in cells:
                can = self._of_units(cells[path], path)[rows]
            columns += [can, missing & ~can]
        told = np.column_stack(columns).astype(np.uint8)
        alike, back = np.unique(told, axis=0, return_inverse=True)
        places = np.array([self._first(one) for one in alike], dtype=np.int64)
        chosen[rows] = places[back.reshape(-1)]
        return chosen

    def _first(self, told: Rows) -> int:
        """The place of the first fact worth asking for units that stand like this."""
        key = told.tobytes()
        memory = self.planner.memory
        if key not in memory:
            count = len(self.planner.atoms)
            can = sum(1 << bit for bit, one in enumerate(told[count::2]) if one)
            stuck = sum(1 << bit for bit, one in enumerate(told[count + 1 :: 2]) if one)
            useful = self.planner.useful([int(one) for one in told[:count]], can, stuck)
            order = self.planner.askable
            memory[key] = next((at for at, path in enumerate(order) if path in useful), NONE)
        return memory[key]

    def _states(self, rows: Rows) -> Iterator[Rows]:
        """Per criterion its outcome for these units: 0, 1, or 2 where it is open."""
        right = self.planner.plan.rights[0]
        length = self.known.households if right.unit == "gezin" else self.known.persons
        for _, found in _criteria(right.criteria, decide(right.criteria, self.frame)):
            true, false = spread(found.true, length)[rows], spread(found.false, length)[rows]
            yield np.where(true, 1, np.where(false, 0, OPEN))

    def _for_amount(
        self,
        chosen: Rows,
        rows: Marks,
        parts: Iterable[Expression],
        cells: Mapping[str, Marks],
    ) -> None:
        """Choose what a YES still lacks to know its amount."""
        facts = {fact for part in parts for fact in part.facts}
        for place, path in enumerate(self.planner.askable):
            if path in facts and rows.any():
                asking = rows & (chosen == NONE) & self._of_units(cells[path], path)[: len(rows)]
                chosen[asking] = place

    # --- of whom --------------------------------------------------------------------------------

    def _cells(self, path: str) -> Marks:
        """The rows of which this fact is not known and may still be asked, or told by a family."""
        fact = self.planner.fact_at(path)
        length = self._length(path)
        missing = spread(self._column(path).unknown, length)
        open_ = missing & self._may(fact, length) & ~self._marks(fact, length)
        family = self._family(path)
        if family is not None:
            open_ |= missing & self._askable_head(family)
        return open_

    def _ask(self, path: str, units: Rows, cells: Marks) -> Iterator[tuple[str, Rows]]:
        """The questions for units that ask about this fact."""
        if not len(units):
            return
        fact = self.planner.fact_at(path)
        rows = self._of_whom(path, units, cells)
        family = self._family(path)
        if family is None:
            yield fact, rows
            return
        heads, single = self._head(family), ~self._marks(fact, self.known.persons)
        looked_at = np.flatnonzero(cells) if path.startswith(MEMBER) else rows
        waiting = np.bincount(heads[looked_at[single[looked_at]]], minlength=self.known.persons)
        together = self._askable_head(family)[rows]
        together &= (waiting[heads[rows]] >= ENOUGH) | ~single[rows]
        yield family.path, heads[rows[together]]
        yield fact, rows[~together]

    def _family(self, path: str) -> FamilyFact | None:
        """What may be asked of families in the place of this fact; not where the right looks at
        that answer of each person itself."""
        planner = self.planner
        family = planner.families.get(planner.fact_at(path))
        if family is None or path.startswith(MEMBER):
            return family
        own = {planner.fact_at(one) for one in planner.looked_at}
        return None if family.path in own else family

    def _of_whom(self, path: str, units: Rows, cells: Marks) -> Rows:
        """The rows to ask about: one for each unit, or all at once."""
        home = self.known.home
        personal = self.planner.regulation.unit == "persoon"
        if not path.startswith(MEMBER):
            return home[units] if personal and path.startswith("gezin.") else units
        homes = np.zeros(self.known.households, dtype=bool)
        homes[home[units] if personal else units] = True
        likely = self.planner.knowledge.likely.get(path.rpartition(".")[2])
        order = self.who.order(self.known, likely)
        rows = order[(cells & homes[home])[order]]
        if self.at_once or not len(rows):
            return rows
        first = np.ones(len(rows), dtype=bool)
        first[1:] = home[rows[1:]] != home[rows[:-1]]
        return rows[first]

    # --- rows -----------------------------------------------------------------------------------

    def _column(self, path: str) -> Column:
        return self.frame.block.facts.get(FactKey(path, self.planner.reference), UNKNOWN_COLUMN)

    def _length(self, path: str) -> int:
        of_home = path.startswith("gezin.") and not path.startswith(MEMBER)
        return self.known.households if of_home else self.known.persons

    def _marks(self, fact: str, length: int) -> Marks:
        return self.asked.get(fact, np.zeros(length, dtype=bool))

    def _may(self, fact: str, length: int) -> Marks:
        """Of whom the authorisations let this be asked."""
        groups = self.planner.about.get(fact, EVERYONE)
        if length != self.known.persons or groups == EVERYONE:
            return np.full(length, bool(groups))
        personal = self.planner.regulation.unit == "persoon"
        own = self.who.own
        if own is None:
            own = np.ones(length, dtype=bool) if personal else self.who.is_head
        return spread(self.who.within(groups, own), length)

    def _head(self, family: FamilyFact) -> Rows:
        if family.path not in self._heads:
            heads = self.who.heads(self.known, family.family, self.planner.purpose)
            self._heads[family.path] = heads
        return self._heads[family.path]

    def _askable_head(self, family: FamilyFact) -> Marks:
        """Per person, whether the question about their family may still be asked."""
        rows = self.known.persons
        open_ = self._may(family.path, rows) & ~self._marks(family.path, rows)
        return open_[self._head(family)]

    def _of_units(self, rows: Marks, path: str) -> Marks:
        """From rows of a fact to units: whether it holds for one of the rows they look at."""
        personal = self.planner.regulation.unit == "persoon"
        if path.startswith(MEMBER):
            homes = spread(self.frame.among(rows), self.known.households)
            return homes[self.known.home] if personal else homes
        return rows[self.known.home] if personal and path.startswith("gezin.") else rows

    def _unknown(self, path: str, units: Rows) -> Marks:
        if path == LIST:
            return np.zeros(len(units), dtype=bool)
        return self._of_units(spread(self._column(path).unknown, self._length(path)), path)[units]

    def _unlisted(self, units: Rows) -> Marks:
        """The units of which it is not known who lives there."""
        homes = spread(self.known.unlisted, self.known.households)
        personal = self.planner.regulation.unit == "persoon"
        return (homes[self.known.home] if personal else homes)[units]


def _criteria(node: Criteria, found: Decided) -> Iterator[tuple[str, Decided]]:
    """The criteria of a tree with what they decided, from top to bottom."""
    if isinstance(node, Atom):
        yield node.id, found
        return
    for child, of_child in zip(node.nodes, found.inner, strict=True):
        yield from _criteria(child, of_child)
