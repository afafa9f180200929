"""Whom to ask what next about one right: for a whole population at once, or for one household."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache

import numpy as np

from vanzelf.population import lower
from vanzelf.population.kernel.column import UNKNOWN_COLUMN, Truth, as_truth
from vanzelf.population.kernel.graph import Frame
from vanzelf.population.kernel.people import Block, FactKey
from vanzelf.population.kernel.planes import spread
from vanzelf.population.plan import Plan
from vanzelf.rights import Regulation
from vanzelf.rights.model import Criterion
from vanzelf.sources.lawfulness import Group
from vanzelf.sources.planning.data import Knowledge, shipped
from vanzelf.sources.planning.people import Marks, Rows, Who
from vanzelf.sources.planning.questions import OPEN, Asked, FamilyFact, Questions
from vanzelf.sources.planning.rounds import Round
from vanzelf.sources.planning.stages import Kind, Stage
from vanzelf.sources.planning.worth_asking import WorthAsking


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
    families: dict[str, FamilyFact] = field(init=False)
    memory: dict[bytes, int] = field(default_factory=dict)
    """Per way in which units may stand, the place of the fact to ask about."""

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
        self.families = dict(self._family_facts())

    def _family_facts(self) -> Iterator[tuple[str, FamilyFact]]:
        asked = {fact for one in self.stages if one.kind is Kind.FAMILY for fact in one.facts}
        for family in self.knowledge.families.values():
            path, of = f"persoon.{family.fact}", f"persoon.{family.of}"
            if path in asked:
                looking = [one for one in self._order if self.fact_at(one) == of]
                proves = self.trust_family and all(
                    self._worth.proves_for_someone(one) for one in looking
                )
                yield of, FamilyFact(family, path, of, proves)

    @property
    def wanted(self) -> frozenset[FactKey]:
        """The facts that a block must have: those of the right, and what speaks for families."""
        keys = {FactKey(one.key, self.reference) for one in self.families.values()}
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
        return Round(self, known, asked, who, at_once).questions(units, amounts)

    def worth_asking(self, known: Block, asked: Asked, who: Who) -> Marks:
        """The units of which an answer that may be had can still change the verdict."""
        return Round(self, known, asked, who, at_once=False).open()

    def outcomes(self, known: Block, who: Who) -> Rows:
        """0 NO, 1 YES, 2 UNKNOWN per unit, with what the answers for families say."""
        frame = Frame(self.with_families(known, who))
        found = self.plan.rights[0].check(frame, why=False, worth=False)
        return found.outcomes.astype(np.int64)

    def with_families(self, known: Block, who: Who) -> Block:
        """What answers for families say of each member, where nothing else is known of them."""
        for one in self.families.values():
            known = self._spoken(one, known, who)
        return known

    def _spoken(self, one: FamilyFact, known: Block, who: Who) -> Block:
        answer = as_truth(known.facts.get(FactKey(one.key, self.reference), UNKNOWN_COLUMN))
        if answer.true is False and answer.false is False:
            return known
        rows = known.persons
        heads = who.heads(known, one.family, self.purpose)
        true, false = spread(answer.true, rows), spread(answer.false, rows)
        nobody = false | false[heads]
        facts = dict(known.facts)
        for key, column in known.facts.items():
            if self.fact_at(key.path) == one.of:
                facts[key] = _told(as_truth(column), true & one.proves, nobody)
        return replace(known, facts=facts)

    def is_known(self, known: Block, fact: str, row: int) -> bool:
        """Whether a fact is known of one row."""
        for key, column in known.facts.items():
            if self.fact_at(key.path) == fact:
                rows = known.persons if fact.startswith("persoon.") else known.households
                if not spread(column.unknown, rows)[row]:
                    return True
        return False

    def told_by(self, known: Block, who: Who, fact: str, row: int) -> tuple[int, str] | None:
        """The row of the person about whose family was asked, and the name of that fact, when its
        no tells of this person too."""
        one = self.families.get(fact)
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

    @property
    def atoms(self) -> tuple[Criterion, ...]:
        """The criteria of the right."""
        return self._worth.atoms

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

    def fact_at(self, path: str) -> str:
        """The fact that an expression names: `gezin.leden[].leefloon` is `persoon.leefloon`."""
        return self.regulation.catalogue.at(path).path


@lru_cache(maxsize=64)
def _lowered(regulation: Regulation, on: date) -> Plan:
    return lower([regulation], on, regulation.catalogue)


def _told(single: Truth, someone: Marks, nobody: Marks) -> Truth:
    """A fact of single persons, filled in where it is not known: yes for `someone`, no for
    whoever is among `nobody`."""
    rows = len(nobody)
    unknown = spread(single.unknown, rows)
    true, false = spread(single.true, rows), spread(single.false, rows)
    no = nobody & ~someone
    return Truth(true | (unknown & someone), false | (unknown & no), single.null)
