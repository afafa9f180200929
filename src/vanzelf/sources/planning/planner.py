"""Whom to ask what next about one right: for a whole population at once, or for one household."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import TypeAlias

import numpy as np

from vanzelf.population import YES, lower
from vanzelf.population.kernel.column import UNKNOWN_COLUMN, Column, Truth, as_truth
from vanzelf.population.kernel.criteria import Atom, Criteria, Decided, decide
from vanzelf.population.kernel.graph import Frame
from vanzelf.population.kernel.people import Block, FactKey
from vanzelf.population.kernel.planes import spread
from vanzelf.population.plan import Plan
from vanzelf.rights import Regulation
from vanzelf.rights.model import Expression
from vanzelf.sources.lawfulness import EVERYONE, Group
from vanzelf.sources.planning.data import Family, Knowledge, shipped
from vanzelf.sources.planning.people import Marks, Rows, Who
from vanzelf.sources.planning.stages import Kind, Stage
from vanzelf.sources.planning.worth_asking import LIST, WorthAsking

Asked: TypeAlias = Mapping[str, Marks]
"""By the path of a fact (`persoon.leefloon`), of whom it was asked: a mark per person, or per
household for a fact of the household. Also of who gave no answer."""
Questions: TypeAlias = dict[str, Rows]
"""By the path of a fact, the rows (of persons, or of households) of whom to ask it."""
MEMBER = "gezin.leden[]."
NONE, OPEN = -1, 2
ENOUGH = 2
"""So many members of a family still to ask make the question about all of them worth it."""


@dataclass(frozen=True, slots=True)
class _FamilyFact:
    """A fact that speaks for several members, in place of the same fact of each of them."""

    family: Family
    path: str  # persoon.gezin met verhoogde tegemoetkoming
    of: str  # persoon.verhoogde tegemoetkoming
    proves: bool  # a yes proves this right, whoever of them has it

    @property
    def key(self) -> str:
        return MEMBER + self.family.fact


@dataclass(slots=True)
class Planner:
    """The questions about one right, checked on a day, in the order of its stages.

    It looks at what is known and never asks: `next` says of whom to ask what; lay the answers in
    the block, mark them in `asked` (also what stayed unknown), and ask again until it is empty.
    """

    regulation: Regulation
    on: date
    """The day of the check."""
    stages: Sequence[Stage]
    purpose: str
    knowledge: Knowledge = field(default_factory=shipped)
    about: Mapping[str, frozenset[Group]] = field(default_factory=dict)
    """About whom a fact may be asked; everyone when it is not named."""
    trust_family: bool = True
    """Whether a yes about a family proves a right that asks for someone in the household."""
    plan: Plan = field(init=False)
    reference: date = field(init=False)
    _worth: WorthAsking = field(init=False)
    _order: tuple[str, ...] = field(init=False)
    _families: dict[str, _FamilyFact] = field(init=False)
    _useful: dict[bytes, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        catalogue = self.regulation.catalogue
        self.plan = _lowered(self.regulation, self.on)
        self.reference = self.regulation.reference_date(self.on)
        self._worth = WorthAsking(self.regulation, self.reference)
        single = [fact for one in self.stages if one.kind is not Kind.FAMILY for fact in one.facts]
        looked_at = [path for path in self.regulation.needed if catalogue.at(path).path in single]
        self._order = tuple(
            sorted(looked_at, key=lambda path: single.index(catalogue.at(path).path))
        )
        self._families = dict(self._family_facts())

    def _family_facts(self) -> Iterator[tuple[str, _FamilyFact]]:
        asked = {fact for one in self.stages if one.kind is Kind.FAMILY for fact in one.facts}
        for family in self.knowledge.families.values():
            path, of = f"persoon.{family.fact}", f"persoon.{family.of}"
            if path in asked:
                looking = [one for one in self._order if self._fact(one) == of]
                proves = self.trust_family and all(
                    self._worth.proves_for_someone(one) for one in looking
                )
                yield of, _FamilyFact(family, path, of, proves)

    @property
    def wanted(self) -> frozenset[FactKey]:
        """The facts that a block must have: those of the right, and what speaks for families."""
        keys = {FactKey(one.key, self.reference) for one in self._families.values()}
        return self.plan.wanted | keys

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts that may be asked, by path, in order."""
        return tuple(dict.fromkeys(fact for stage in self.stages for fact in stage.facts))

    def next(
        self,
        known: Block,
        asked: Asked,
        who: Who,
        *,
        units: Marks | None = None,
        at_once: bool = False,
        amounts: bool = True,
    ) -> Questions:
        """The questions of the next round: for each unit of which the verdict is open, about one
        member. Empty when no answer can change anything any more.

        `units` limits it to these households (or persons, for a right of a person); `at_once`
        asks about all members in one round, where rounds cost more than questions. With `amounts`
        a YES is asked on for what its amount lacks.
        """
        return _Round(self, known, asked, who, at_once).questions(units, amounts)

    def worth_asking(self, known: Block, asked: Asked, who: Who) -> Marks:
        """The units of which an answer that may be had can still change the verdict."""
        return _Round(self, known, asked, who, at_once=False).open()

    def outcomes(self, known: Block, who: Who) -> Rows:
        """0 NO, 1 YES, 2 UNKNOWN per unit, with what the answers for families say."""
        frame = Frame(self.with_families(known, who))
        found = self.plan.rights[0].check(frame, why=False, worth=False)
        return found.outcomes.astype(np.int64)

    def with_families(self, known: Block, who: Who) -> Block:
        """What answers for families say of each member, where nothing else is known of them."""
        for one in self._families.values():
            known = self._spoken(one, known, who)
        return known

    def _spoken(self, one: _FamilyFact, known: Block, who: Who) -> Block:
        answer = as_truth(known.facts.get(FactKey(one.key, self.reference), UNKNOWN_COLUMN))
        if answer.true is False and answer.false is False:
            return known
        rows = known.persons
        heads = who.heads(known, one.family, self.purpose)
        true, false = spread(answer.true, rows), spread(answer.false, rows)
        nobody = false | false[heads]
        facts = dict(known.facts)
        for key, column in known.facts.items():
            if self._fact(key.path) == one.of:
                facts[key] = _told(as_truth(column), true & one.proves, nobody)
        return replace(known, facts=facts)

    def is_known(self, known: Block, fact: str, row: int) -> bool:
        """Whether a fact is known of one row."""
        for key, column in known.facts.items():
            if self._fact(key.path) == fact:
                rows = known.persons if fact.startswith("persoon.") else known.households
                if not spread(column.unknown, rows)[row]:
                    return True
        return False

    def told_by(self, known: Block, who: Who, fact: str, row: int) -> tuple[int, str] | None:
        """The row of the person about whose family was asked, and the name of that fact, when its
        no tells of this person too."""
        one = self._families.get(fact)
        if one is None:
            return None
        heads = who.heads(known, one.family, self.purpose)
        answer = as_truth(known.facts.get(FactKey(one.key, self.reference), UNKNOWN_COLUMN))
        no = spread(answer.false, known.persons)
        return next(((head, one.family.fact) for head in (row, int(heads[row])) if no[head]), None)

    @property
    def askable(self) -> tuple[str, ...]:
        """What may be asked, as expressions name it (`gezin.leden[].leefloon`), in order."""
        return self._order

    def useful(self, states: Sequence[int], can_be_asked: int, stuck: int) -> frozenset[str]:
        """The facts of which an answer may change the outcome; sets are bits over `looked_at`."""
        paths = self.looked_at
        outcomes = [None if state == OPEN else bool(state) for state in states]
        return self._worth.facts(
            dict(zip((atom.id for atom in self._worth.atoms), outcomes, strict=True)),
            frozenset(path for bit, path in enumerate(paths) if can_be_asked >> bit & 1),
            frozenset(path for bit, path in enumerate(paths) if stuck >> bit & 1),
        )

    @property
    def looked_at(self) -> tuple[str, ...]:
        """Every fact that the right looks at, as its expressions name it."""
        return self.regulation.needed

    def _fact(self, path: str) -> str:
        return self.regulation.catalogue.at(path).path


@lru_cache(maxsize=64)
def _lowered(regulation: Regulation, on: date) -> Plan:
    return lower([regulation], on, regulation.catalogue)


@dataclass(slots=True)
class _Round:
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
        cells = {path: self._cells(path) for path in self.planner._order}
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
        for place, path in enumerate(self.planner._order):
            for fact, rows in self._ask(path, np.flatnonzero(chosen == place), cells[path]):
                questions.setdefault(fact, []).append(rows)
        return {fact: np.unique(np.concatenate(rows)) for fact, rows in questions.items()}

    def open(self) -> Marks:
        """The units about which there is something to ask."""
        found = self.planner.plan.rights[0].check(self.frame, why=False, worth=False)
        cells = {path: self._cells(path) for path in self.planner._order}
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
        memory = self.planner._useful
        if key not in memory:
            count = len(self.planner._worth.atoms)
            can = sum(1 << bit for bit, one in enumerate(told[count::2]) if one)
            stuck = sum(1 << bit for bit, one in enumerate(told[count + 1 :: 2]) if one)
            useful = self.planner.useful([int(one) for one in told[:count]], can, stuck)
            order = self.planner._order
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
        for place, path in enumerate(self.planner._order):
            if path in facts and rows.any():
                asking = rows & (chosen == NONE) & self._of_units(cells[path], path)[: len(rows)]
                chosen[asking] = place

    # --- of whom --------------------------------------------------------------------------------

    def _cells(self, path: str) -> Marks:
        """The rows of which this fact is not known and may still be asked, or told by a family."""
        fact = self.planner._fact(path)
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
        fact = self.planner._fact(path)
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

    def _family(self, path: str) -> _FamilyFact | None:
        """What may be asked of families in the place of this fact; not where the right looks at
        that answer of each person itself."""
        planner = self.planner
        family = planner._families.get(planner._fact(path))
        if family is None or path.startswith(MEMBER):
            return family
        own = {planner._fact(one) for one in planner.looked_at}
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

    def _head(self, family: _FamilyFact) -> Rows:
        if family.path not in self._heads:
            heads = self.who.heads(self.known, family.family, self.planner.purpose)
            self._heads[family.path] = heads
        return self._heads[family.path]

    def _askable_head(self, family: _FamilyFact) -> Marks:
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


def _told(single: Truth, someone: Marks, nobody: Marks) -> Truth:
    """A fact of single persons, filled in where it is not known: yes for `someone`, no for
    whoever is among `nobody`."""
    rows = len(nobody)
    unknown = spread(single.unknown, rows)
    true, false = spread(single.true, rows), spread(single.false, rows)
    no = nobody & ~someone
    return Truth(true | (unknown & someone), false | (unknown & no), single.null)


def _criteria(node: Criteria, found: Decided) -> Iterator[tuple[str, Decided]]:
    """The criteria of a tree with what they decided, from top to bottom."""
    if isinstance(node, Atom):
        yield node.id, found
        return
    for child, of_child in zip(node.nodes, found.inner, strict=True):
        yield from _criteria(child, of_child)
