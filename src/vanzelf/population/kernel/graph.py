"""Steps over columns: made once per distinct expression, evaluated once per block of people."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import TypeVar

from vanzelf.population.kernel.column import (
    UNKNOWN_COLUMN,
    Column,
    Number,
    Truth,
    as_number,
    as_truth,
)
from vanzelf.population.kernel.households import any_member
from vanzelf.population.kernel.people import Block, FactKey
from vanzelf.population.kernel.planes import Plane, Rows, both, but_not, either

HOUSEHOLD, MEMBER, PERSON = "household", "member", "person"
"""What a step has a row for: each household, each member of one, each person the right is about.
Members and persons are the same rows, but a right looks at all members and at one person."""


@dataclass(frozen=True, slots=True)
class Cause:
    """Rows that are unknown, and facts because of which they are. Never rows that are known."""

    rows: Plane
    facts: frozenset[str]


Causes = Sequence[Cause]
NO_CAUSES: Causes = ()


def because_of(fact: str, rows: Plane) -> Causes:
    """Rows that are unknown because of this fact."""
    return NO_CAUSES if rows is False else (Cause(rows, frozenset((fact,))),)


def merged(causes: Iterable[Causes], within: Plane) -> Causes:
    """All these causes, in these rows only; those of the same rows together."""
    if within is False:
        return NO_CAUSES
    found: dict[int, Cause] = {}
    for cause in chain.from_iterable(causes):
        known = found.get(id(cause.rows))
        found[id(cause.rows)] = Cause(cause.rows, known.facts | cause.facts) if known else cause
    if within is True:
        return tuple(found.values())
    return tuple(Cause(both(one.rows, within), one.facts) for one in found.values())


class Step:
    """A column to be: what it is made of, and how. `level` is None for what is one value."""

    __slots__ = ("level", "number")

    level: str | None
    number: int

    @property
    def arguments(self) -> Sequence[Step]:
        return ()

    def key(self) -> Hashable:
        """The same for steps that give the same; arguments by their number."""
        raise NotImplementedError

    def compute(self, frame: Frame) -> Column:
        """The column for a block of people."""
        raise NotImplementedError

    def causes(self, frame: Frame) -> Causes:
        """Why rows are unknown: by default because of every argument that is."""
        return merged([frame.causes(one) for one in self.arguments], frame.unknown(self))


@dataclass(eq=False)
class Unary(Step):
    """A step of one operand, and of nothing else that tells two of a kind apart."""

    operand: Step
    level: str | None

    @property
    def arguments(self) -> Sequence[Step]:
        return (self.operand,)

    def key(self) -> Hashable:
        return self.operand.number


S = TypeVar("S", bound=Step)


@dataclass(slots=True)
class Graph:
    """The distinct steps. Only grows, so that plans made of it can share what they computed."""

    steps: dict[Hashable, Step] = field(default_factory=dict)

    def add(self, step: S) -> S:
        """The step, or the one that was there already and gives the same."""
        key = (type(step), step.key())
        known = self.steps.get(key)
        if known is None:
            step.number = len(self.steps)
            self.steps[key] = known = step
        return known  # type: ignore[return-value] # the key has its type


def needed_by(steps: Iterable[Step]) -> frozenset[int]:
    """The numbers of these steps and of all that they are made of."""
    found: set[int] = set()
    waiting = list(steps)
    while waiting:
        step = waiting.pop()
        if step.number not in found:
            found.add(step.number)
            waiting.extend(step.arguments)
    return frozenset(found)


Memory = dict[int, Column]
"""Columns by the number of their step."""


class Frame:
    """One evaluation over a block of people; every step is computed at most once."""

    __slots__ = (
        "_among", "_causes", "_columns", "_numbers", "_truths", "_unknown", "at_home", "block"
    )  # fmt: skip

    def __init__(self, block: Block, columns: Memory | None = None) -> None:
        self.block = block
        self._columns: Memory = {} if columns is None else columns
        self._causes: dict[int, Causes] = {}
        self._numbers: dict[int, Number] = {}
        self._truths: dict[int, Truth] = {}
        self._unknown: dict[int, Plane] = {}
        self._among: dict[int, tuple[Plane, Plane]] = {}
        self.at_home = Rows(block.home)
        """Per person the row of the household."""

    def column(self, step: Step) -> Column:
        found = self._columns.get(step.number)
        if found is None:
            found = self._columns[step.number] = step.compute(self)
        return found

    def number(self, step: Step) -> Number:
        """The step's column as a number."""
        found = self._numbers.get(step.number)
        if found is None:
            found = self._numbers[step.number] = as_number(self.column(step))
        return found

    def truth(self, step: Step) -> Truth:
        """The step's column as a truth."""
        found = self._truths.get(step.number)
        if found is None:
            found = self._truths[step.number] = as_truth(self.column(step))
        return found

    def unknown(self, step: Step) -> Plane:
        found = self._unknown.get(step.number)
        if found is None:
            found = self._unknown[step.number] = self.column(step).unknown
        return found

    def among(self, plane: Plane) -> Plane:
        """Per household of which it is known who lives there: whether it holds for one of them."""
        if isinstance(plane, bool):
            return self._listed(any_member(plane, self.block))
        found = self._among.get(id(plane))
        if found is None:  # the plane is kept too, so that its id stays its own
            found = plane, self._listed(any_member(plane, self.block))
            self._among[id(plane)] = found
        return found[1]

    def _listed(self, plane: Plane) -> Plane:
        return but_not(plane, either(self.block.unlisted, self.block.no_list))

    def causes(self, step: Step) -> Causes:
        found = self._causes.get(step.number)
        if found is None:
            found = self._causes[step.number] = step.causes(self)
        return found

    def forget(self, steps: Iterable[int]) -> None:
        """Gives the memory back of what is not asked any more."""
        for kept in (self._columns, self._numbers, self._truths, self._unknown, self._causes):
            for number in steps:
                kept.pop(number, None)

    def fact(self, key: FactKey) -> Column:
        return self.block.facts.get(key, UNKNOWN_COLUMN)
