"""Which facts would settle an unknown verdict, and what to ask next.

A set of facts settles when every way of filling it gives YES or NO. All facts on which the
verdict still depends settle it together. A smaller set can do so only when a fact stands in the
rule more than once, so that it pulls in two directions (`a and b` against `not a`): then the
yes-no facts that stand there more than once are really filled in, in every way, and the criteria
left open are free to fall either way where all they depend on is in the set.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field

from vanzelf.rights.evaluation import (
    Atom,
    Branch,
    State,
    States,
    Tree,
    in_order,
    open_atoms,
    outcome_of,
    state_of,
)
from vanzelf.rights.facts import Catalogue
from vanzelf.rights.household import pattern, place, values_at

MOST_EXTRA = 4
"""How many facts a set may have beyond those that every settling set needs."""
MOST_FILLINGS = 2000
"""How many fillings are tried for one verdict before the search stops."""

_BOTH = frozenset({True, False})
_OPEN: frozenset[bool | None] = frozenset({None})


@dataclass(frozen=True, slots=True)
class Settling:
    """What is missing for a verdict that is not known."""

    missing: tuple[str, ...] = ()
    sets: tuple[tuple[str, ...], ...] = ()
    complete: bool = True
    next_question: str | None = None


@dataclass(slots=True)
class Search:
    """The search for one unknown verdict. `facts` are filled in and put back as it goes."""

    tree: Tree
    states: States
    facts: dict[str, object]
    context: Mapping[str, object]
    catalogue: Catalogue
    repeated: Collection[str]
    """Facts (as `gezin.leden[].leefloon`) that stand in the criteria more than once."""
    atoms: list[Atom] = field(default_factory=list)
    missing: tuple[str, ...] = ()
    fillings_left: int = MOST_FILLINGS
    complete: bool = True

    def run(self) -> Settling:
        self.atoms = list(open_atoms(self.tree, self.states))
        causes = set().union(*(self.states[atom.id].causes for atom in self.atoms))
        self.missing = in_order(causes, self._order())
        sets = tuple(self._smallest_sets()) if self.missing else ()
        complete = self.complete and self.fillings_left > 0
        return Settling(self.missing, sets, complete, self._next_question(sets))

    def _order(self) -> Iterator[str]:
        for atom in self.atoms:
            for path in atom.criterion.when.facts:
                yield from (at for at, _ in values_at(self.facts, path))

    # --- sets ---------------------------------------------------------------------------------

    def _smallest_sets(self) -> list[tuple[str, ...]]:
        """The smallest settling sets; all that is missing when the search stops without any."""
        everything = self.missing
        freely = None not in self._possible(frozenset(everything))
        if not freely and not self._settles(everything):
            return []
        if not any(pattern(path) in self.repeated for path in everything):
            return [everything]
        needed = [path for path in everything if not self._settles(_without(everything, path))]
        if self._settles(needed):
            return [tuple(needed)]
        others = [path for path in everything if path not in needed]
        return self._search(needed, others) or [everything]

    def _search(self, needed: list[str], others: list[str]) -> list[tuple[str, ...]]:
        """Sets of what every settling set needs and a few others, by increasing size."""
        found: list[tuple[str, ...]] = []
        for size in range(1, min(MOST_EXTRA, len(others)) + 1):
            for extra in itertools.combinations(others, size):
                if self.fillings_left <= 0:
                    return found
                if any(set(one) <= {*needed, *extra} for one in found):
                    continue
                if self._settles([*needed, *extra]):
                    found.append(in_order([*needed, *extra], self.missing))
        self.complete = len(others) <= MOST_EXTRA
        return found

    def _settles(self, paths: Sequence[str]) -> bool:
        """Whether every filling of these facts gives YES or NO."""
        filled = [path for path in paths if self._is_filled(path)]
        free = frozenset(paths)
        with closing(self._fillings(filled)) as fillings:
            for _ in fillings:
                if self.fillings_left <= 0:
                    return False
                self.fillings_left -= 1
                if None in self._possible(free):
                    return False
        return True

    def _is_filled(self, path: str) -> bool:
        return pattern(path) in self.repeated and self.catalogue.at(path).type == "boolean"

    def _fillings(self, paths: Sequence[str]) -> Generator[None, None, None]:
        """Put every combination of yes and no into the facts, one after the other.

        Closing it puts back what was there.
        """
        before = dict(self.states)
        unknown = [value for path in paths for value in _value_at(self.facts, path)]
        touched = [atom for atom in self.atoms if self.states[atom.id].causes.intersection(paths)]
        try:
            for combination in itertools.product((False, True), repeat=len(paths)):
                for path, value in zip(paths, combination, strict=True):
                    place(self.facts, path, value)
                for atom in touched:
                    self.states[atom.id] = state_of(atom.run(self.context))
                yield
        finally:
            for path, before_value in zip(paths, unknown, strict=True):
                place(self.facts, path, before_value)
            self.states.update(before)

    def _possible(self, free: frozenset[str]) -> frozenset[bool | None]:
        return _possible(self.tree, self.states, free)

    # --- the next question --------------------------------------------------------------------

    def _next_question(self, sets: Sequence[Sequence[str]]) -> str | None:
        """The least intrusive fact of which an answer may settle; then of the smallest set."""
        if not self.missing:
            return None
        size = {
            path: min((len(one) for one in sets if path in one), default=len(self.missing) + 1)
            for path in self.missing
        }
        ordered = sorted(
            self.missing, key=lambda path: (self.catalogue.at(path).intrusiveness, size[path])
        )
        return next((path for path in ordered if self._may_settle(path)), ordered[0])

    def _may_settle(self, path: str) -> bool:
        """Whether one of the answers to this one question gives YES or NO."""
        if self.catalogue.at(path).type == "boolean":
            with closing(self._fillings([path])) as answers:
                return any(outcome_of(self.tree, self.states) is not None for _ in answers)
        return bool(_BOTH & self._possible(frozenset({path})))


def _without(paths: Iterable[str], left_out: str) -> list[str]:
    return [path for path in paths if path != left_out]


def _value_at(facts: Mapping[str, object], path: str) -> Iterator[object]:
    """The value at one path."""
    point: object = facts
    for step in path.replace("]", "").replace("[", ".").split("."):
        if isinstance(point, list):
            point = point[int(step) - 1]
        elif isinstance(point, Mapping):
            point = point[step]
    yield point


def _possible(tree: Tree, states: States, free: frozenset[str]) -> frozenset[bool | None]:
    """Which outcomes a tree may have when the criteria that depend on `free` only fall freely."""
    if isinstance(tree, Atom):
        return _possible_state(states[tree.id], free)
    inner = [_possible(child, states, free) for child in tree.nodes]
    if tree.kind == "not":
        return frozenset(None if outcome is None else not outcome for outcome in inner[0])
    return _combined(tree, inner)


def _possible_state(state: State, free: frozenset[str]) -> frozenset[bool | None]:
    if state.outcome is not None:
        return frozenset({state.outcome})
    settled = state.causes and state.causes <= free and state.reason is None
    return _BOTH if settled else _OPEN


def _combined(tree: Branch, inner: list[frozenset[bool | None]]) -> frozenset[bool | None]:
    """What an all or any may be when each of its members may be any of its own."""
    decides = tree.kind == "any"
    possible: set[bool | None] = set()
    if any(decides in outcomes for outcomes in inner):
        possible.add(decides)
    if all((not decides) in outcomes for outcomes in inner):
        possible.add(not decides)
    undecided = all(outcomes != {decides} for outcomes in inner)
    if undecided and any(None in outcomes for outcomes in inner):
        possible.add(None)
    return frozenset(possible)
