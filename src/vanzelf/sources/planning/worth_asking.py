"""Which facts can still change a verdict, when some of the missing ones cannot be asked at all.

A criterion that is open is worth asking about only when an answer that may be had can give it a
value, and that value can still matter for the right as a whole: `any` needs one that holds, and
a "no" only where all its others may end in a "no" as well.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from vanzelf.feel import Unknown
from vanzelf.rights import Regulation
from vanzelf.rights.compiled import Run, run_of
from vanzelf.rights.evaluation import PARAMETER, combined
from vanzelf.rights.household import Needed, fill, pattern, place, values_at
from vanzelf.rights.model import CriteriaNode, Criterion, criteria_of

Outcomes: TypeAlias = frozenset[bool | None]
OPEN: Outcomes = frozenset({None})
BOTH: Outcomes = frozenset({True, False})
LIST = "gezin.leden"
MEMBERS = 2
"""Of the household in which criteria are tried: one member and another."""


@dataclass(slots=True)
class WorthAsking:
    """The criteria of one right on one day."""

    regulation: Regulation
    on: date
    """The reference date."""
    atoms: tuple[Criterion, ...] = field(init=False)
    _runs: dict[str, Run] = field(init=False)
    _possible: dict[tuple[str, frozenset[str]], Outcomes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.atoms = tuple(criteria_of(self.regulation.content.criteria))
        self._runs = {atom.id: run_of(atom.when) for atom in self.atoms}

    def facts(
        self,
        states: Mapping[str, bool | None],
        can_be_asked: frozenset[str],
        stuck: frozenset[str],
    ) -> frozenset[str]:
        """Of the facts that can be asked, those of which an answer may still change the outcome.

        `states` has the outcome of each criterion by its id; `stuck` are the facts that are not
        known and that nobody can be asked. Facts are named as expressions name them
        (`gezin.leden[].leefloon`).
        """
        possible = {
            atom.id: self._outcomes(atom, states[atom.id], can_be_asked, stuck)
            for atom in self.atoms
        }
        found: set[str] = set()
        for atom in self._wanted(self.regulation.content.criteria, BOTH, possible, states):
            found.update(can_be_asked.intersection(atom.when.facts))
        return frozenset(found)

    def proves_for_someone(self, fact: str) -> bool:
        """Whether a yes about any one member proves every criterion that looks at this fact of
        the members (`gezin.leden[].verhoogde tegemoetkoming`), whoever of them it is."""
        looking = [one for one in self.regulation.expressions() if fact in one.facts]
        atoms = [atom for atom in self.atoms if fact in atom.when.facts]
        if "[]" not in fact or not atoms or len(looking) > len(atoms):
            return False
        return all(self._holds_with_any(atom, fact) for atom in atoms)

    # --- criteria -----------------------------------------------------------------------------

    def _holds_with_any(self, atom: Criterion, fact: str) -> bool:
        context, facts = self._tried(frozenset())
        for path in _paths(facts, fact):
            place(facts, path, True)
            holds = self._runs[atom.id](context) is True
            place(facts, path, Unknown(frozenset((path,))))
            if not holds:
                return False
        return True

    def _outcomes(
        self,
        atom: Criterion,
        state: bool | None,
        can_be_asked: frozenset[str],
        stuck: frozenset[str],
    ) -> Outcomes:
        """What a criterion may still become."""
        if state is not None:
            return frozenset({state})
        if can_be_asked.isdisjoint(atom.when.facts):
            return OPEN
        here = stuck.intersection(atom.when.facts)
        key = (atom.id, here)
        if key not in self._possible:
            self._possible[key] = frozenset(self._tries(atom, here))
        return self._possible[key]

    def _tries(self, atom: Criterion, stuck: frozenset[str]) -> Iterator[bool | None]:
        """The outcomes of a criterion when every yes-no fact that is not stuck falls either way,
        for all members alike; other facts are free to make of it what they can.

        Trying more than can happen is safe: then a question is asked that might have been left.
        """
        context, facts = self._tried(stuck)
        catalogue = self.regulation.catalogue
        listed = LIST not in stuck
        free = [
            path
            for path in atom.when.facts
            if path not in stuck
            and catalogue.at(path).type == "boolean"
            and (listed or not path.startswith(LIST))
        ]
        for combination in itertools.product((False, True), repeat=len(free)):
            for path, value in zip(free, combination, strict=True):
                for at in _paths(facts, path):
                    place(facts, at, value)
            yield from _of_value(self._runs[atom.id](context), stuck)

    def _tried(self, stuck: frozenset[str]) -> tuple[Mapping[str, object], dict[str, object]]:
        """A household of which nothing is known but how many they are, when that is."""
        home: dict[str, object] = {}
        if LIST not in stuck:
            home["leden"] = [{} for _ in range(MEMBERS)]
        facts = fill(Needed.of(self.regulation.needed), {"gezin": home, "persoon": {}})
        return {**self.regulation.bound(self.on), **facts}, facts

    # --- the tree -----------------------------------------------------------------------------

    def _wanted(
        self,
        node: CriteriaNode,
        wanted: Outcomes,
        possible: Mapping[str, Outcomes],
        states: Mapping[str, bool | None],
    ) -> Iterator[Criterion]:
        """The open criteria that may take a value by which the right gets one."""
        if _outcome(node, states) is not None:
            return
        if isinstance(node, Criterion):
            if possible[node.id] & wanted:
                yield node
            return
        if node.kind == "not":
            flipped = frozenset(not one for one in wanted)
            yield from self._wanted(node.nodes[0], flipped, possible, states)
            return
        decides = node.kind == "any"
        agree = [(not decides) in _reach(child, possible) for child in node.nodes]
        for place_, child in enumerate(node.nodes):
            others = all(agree[:place_]) and all(agree[place_ + 1 :])
            passed = BOTH if others else frozenset({decides})
            if wanted & passed:
                yield from self._wanted(child, wanted & passed, possible, states)


def _outcome(node: CriteriaNode, states: Mapping[str, bool | None]) -> bool | None:
    if isinstance(node, Criterion):
        return states[node.id]
    return combined(node.kind, [_outcome(child, states) for child in node.nodes])


def _reach(node: CriteriaNode, possible: Mapping[str, Outcomes]) -> Outcomes:
    """The outcomes that a node may still have."""
    if isinstance(node, Criterion):
        return possible[node.id]
    inner = [_reach(child, possible) for child in node.nodes]
    if node.kind == "not":
        return frozenset(None if one is None else not one for one in inner[0])
    decides = node.kind == "any"
    found: set[bool | None] = set()
    if any(decides in outcomes for outcomes in inner):
        found.add(decides)
    if all((not decides) in outcomes for outcomes in inner):
        found.add(not decides)
    if any(None in outcomes for outcomes in inner):
        found.add(None)
    return frozenset(found)


def _paths(facts: Mapping[str, object], path: str) -> list[str]:
    return [at for at, _ in values_at(facts, path)]


def _of_value(value: object, stuck: frozenset[str]) -> Outcomes:
    """What a criterion may be whose value is this while other facts can still be had."""
    if isinstance(value, bool):
        return frozenset({value})
    if not isinstance(value, Unknown):
        return OPEN
    if any(cause.startswith(PARAMETER) or pattern(cause) in stuck for cause in value.causes):
        return OPEN
    return BOTH
