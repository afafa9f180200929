"""Regular expressions matched in time that is bounded beforehand.

A backtracking matcher such as `regex` is fast, but may take for ever: `(a|aa)+$`. How long at most,
`most_steps` tells from the pattern and the length of the text. The automaton here (Thompson's, with
groups, as Pike wrote it) takes at most the length times the states and finds the same match. It
knows no references to groups, and where a part that may be empty repeats, `(a|)*`, it tells only
whether there is a match: how far one reaches then depends on the matcher.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import regex

from vanzelf.feel.builtins.xpath_tree import (
    Back,
    Choice,
    Edge,
    Group,
    Node,
    One,
    Repeat,
    Sequence,
    expanded,
)
from vanzelf.feel.limits import charge

MAX_STATES: Final = 2000
_ENDLESS: Final = 10**12
"""Steps that are too many anyway: bounds are not told beyond it."""

Spans = tuple[tuple[int, int], ...]
"""Start and end of a match and of each of its groups; -1 for a group that took no part."""


def most_steps(tree: Node, length: int) -> int:
    """A bound on the steps of a backtracking search through a text of that length."""
    parts = tree.parts if isinstance(tree, Sequence) else (tree,)
    anchored = bool(parts) and parts[0] == Edge("^", of_line=False)
    starts = 1 if anchored else length + 1
    return min(_ENDLESS, starts * _ways(tree, length) * expanded(tree))


def _ways(node: Node, length: int) -> int:
    """A bound on the ways in which a part can match."""
    found = 1
    match node:
        case Group(inner, _):
            found = _ways(inner, length)
        case Sequence(parts):
            for part in parts:
                found = min(_ENDLESS, found * _ways(part, length))
        case Choice(branches):
            found = sum(_ways(branch, length) for branch in branches)
        case Repeat(One(), least, most, _):
            found = 1 + min(length, length if most is None else most - least)
        case Repeat(inner, _, most, _):
            times = length if most is None else min(most, 10_000)
            base = _ways(inner, length) + 1
            found = base**times if times * base.bit_length() < 64 else _ENDLESS
    return min(_ENDLESS, found)


def _may_be_empty(node: Node) -> bool:
    match node:
        case One():
            return False
        case Group(inner, _):
            return _may_be_empty(inner)
        case Repeat(inner, least, _, _):
            return least == 0 or _may_be_empty(inner)
        case Sequence(parts):
            return all(map(_may_be_empty, parts))
        case Choice(branches):
            return any(map(_may_be_empty, branches))
    return True


class _Test(dict[str, bool]):
    """Whether a character passes; remembered for each."""

    def __init__(self, pattern: regex.Pattern[str]) -> None:
        super().__init__()
        self.pattern = pattern

    def __missing__(self, char: str) -> bool:
        if len(self) > 1000:
            self.clear()
        found = self[char] = self.pattern.fullmatch(char) is not None
        return found


@dataclass(frozen=True, slots=True)
class _Either:
    first: int
    second: int


@dataclass(frozen=True, slots=True)
class _Mark:
    """Notes the place: of the start (even) or the end (odd) of a group."""

    number: int


_State = _Test | _Either | _Mark | Edge | None
"""What is asked before the next state; None where the match is found."""


class TooManyStates(Exception):
    """The automaton would be too large, or the pattern refers to a group."""


@dataclass(slots=True)
class Automaton:
    """A pattern's states, run over a text all at once. `exact`: its spans are those of `regex`."""

    caseless: regex.RegexFlag
    states: list[_State] = field(default_factory=list)
    groups: int = 0
    exact: bool = True

    @classmethod
    def of(cls, tree: Node, caseless: regex.RegexFlag) -> Automaton | None:
        """The automaton of a pattern; None if it has none."""
        self = cls(caseless)
        try:
            self._add(tree)
        except TooManyStates:
            return None
        self.states.append(None)
        return self

    def _append(self, state: _State) -> int:
        if len(self.states) >= MAX_STATES:
            raise TooManyStates
        self.states.append(state)
        return len(self.states) - 1

    def _add(self, node: Node) -> None:
        match node:
            case One(text):
                self._append(_Test(regex.compile(text, self.caseless)))
            case Edge():
                self._append(node)
            case Sequence(parts):
                for part in parts:
                    self._add(part)
            case Group(inner, number):
                self._add_group(inner, number)
            case Choice(branches):
                self._add_choice(branches)
            case Repeat():
                self._add_repeat(node)
            case Back():
                raise TooManyStates

    def _add_group(self, inner: Node, number: int | None) -> None:
        if number is None:
            self._add(inner)
            return
        self.groups = max(self.groups, number)
        self._append(_Mark(2 * number))
        self._add(inner)
        self._append(_Mark(2 * number + 1))

    def _add_choice(self, branches: tuple[Node, ...]) -> None:
        ends: list[int] = []
        for branch in branches[:-1]:
            fork = self._append(None)
            self._add(branch)
            ends.append(self._append(None))
            self.states[fork] = _Either(fork + 1, len(self.states))
        self._add(branches[-1])
        for end in ends:
            self.states[end] = _Either(len(self.states), len(self.states))

    def _add_repeat(self, node: Repeat) -> None:
        self.exact = self.exact and not _may_be_empty(node.inner)
        for _ in range(node.least):
            self._add(node.inner)
        if node.most is None:
            fork = self._append(None)
            self._add(node.inner)
            self._append(_Either(fork, fork))
            self._fork(fork, node.greedy)
            return
        forks: list[int] = []
        for _ in range(node.most - node.least):
            forks.append(self._append(None))
            self._add(node.inner)
        for fork in forks:
            self._fork(fork, node.greedy)

    def _fork(self, fork: int, greedy: bool) -> None:
        """Into the part that follows, or past all there is so far."""
        into, past = fork + 1, len(self.states)
        self.states[fork] = _Either(into, past) if greedy else _Either(past, into)

    # --- running

    def search(self, text: str, start: int = 0) -> Spans | None:
        """The first match from a place on: what a backtracking search finds."""
        found: tuple[int, ...] | None = None
        threads: list[tuple[int, tuple[int, ...]]] = []
        nothing = (-1,) * (2 * self.groups + 2)
        for place in range(start, len(text) + 1):
            seen: set[int] = set()
            following: list[tuple[int, tuple[int, ...]]] = []
            if found is None:
                threads.append((0, (place, *nothing[1:])))
            if not threads:
                break
            char = text[place : place + 1]
            for state, marks in self._closure(threads, text, place, seen):
                test = self.states[state]
                if test is None:
                    found = (marks[0], place, *marks[2:])
                    break
                assert isinstance(test, _Test)
                if char and test[char]:
                    following.append((state + 1, marks))
            charge(len(seen))
            threads = following
        return None if found is None else tuple(zip(found[::2], found[1::2], strict=True))

    def _closure(
        self, threads: list[tuple[int, tuple[int, ...]]], text: str, place: int, seen: set[int]
    ) -> list[tuple[int, tuple[int, ...]]]:
        """The states that ask for a character, in the order of preference."""
        reached: list[tuple[int, tuple[int, ...]]] = []
        pending = threads[::-1]
        while pending:
            state, marks = pending.pop()
            if state in seen:
                continue
            seen.add(state)
            asked = self.states[state]
            if isinstance(asked, _Either):
                pending += [(asked.second, marks), (asked.first, marks)]
            elif isinstance(asked, _Mark):
                marks = (*marks[: asked.number], place, *marks[asked.number + 1 :])
                pending.append((state + 1, marks))
            elif isinstance(asked, Edge):
                if _at_edge(asked, text, place):
                    pending.append((state + 1, marks))
            else:
                reached.append((state, marks))
        return reached


def _at_edge(edge: Edge, text: str, place: int) -> bool:
    if edge.sign == "^":
        after_line = edge.of_line and text[place - 1 : place] == "\n" and place < len(text)
        return place == 0 or after_line
    return place == len(text) or (edge.of_line and text[place] == "\n")
