"""A table of which something is unknown: what it may give, and whether that is one thing.

Each unknown tested value is tried with values that stand for all that it may be (`samples`);
what still cannot be told (a cell that speaks of another unknown) leaves its row open. Each
combination is a *world*: rows that fire, rows that do not, and rows left open. The table gives
an answer only if it is the same in all worlds. Otherwise it is unknown because of the inputs
that make a difference, within the bounds that hold in every world.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import reduce
from operator import and_, or_
from typing import Final

from vanzelf.dmn.definitions import Aggregation, HitPolicy
from vanzelf.dmn.tables.plan import Case, Plan
from vanzelf.dmn.tables.policies import gives_list
from vanzelf.dmn.tables.trying import NONE, Causes, Variable, variables_of
from vanzelf.feel.extending import STATE, Frame, report
from vanzelf.feel.messages import collected
from vanzelf.feel.values.comparison import bounds, equal
from vanzelf.feel.values.unknown import PartialList, Unknown, merge, unknown_within

MOST_WORLDS: Final = 512
"""Combinations that are looked at for one table; beyond, the last unknowns stay open."""

World = tuple[int, int]
"""The rows that surely fire and those that may, as bit masks."""


def possible(plan: Plan, frame: Frame) -> object:
    """What the table gives, with the values of its inputs in the frame, some of them unknown."""
    with collected(None):
        value = _Look(plan, frame).outcome()
    return report("the table gives no value, whatever is unknown") if value is None else value


class _Look:
    """One look at a table with unknowns."""

    def __init__(self, plan: Plan, frame: Frame) -> None:
        self.plan, self.frame = plan, frame
        self.given: dict[World, object] = {}
        self.everything = (1 << len(plan.rows)) - 1
        self.variables = list(_affordable(variables_of(plan, frame)))
        self.split = {column for one in self.variables for column in one.columns}
        self.open_causes = dict.fromkeys(range(len(plan.rows)), NONE)
        for variable in self.variables:
            for index, causes in variable.causes.items():
                self.open_causes[index] |= causes
        self.fixed = self._fixed()

    def outcome(self) -> object:
        outside, causes = self._may_be_outside()
        worlds = [
            _world(self.fixed, cases, self.everything)
            for cases in itertools.product(*(one.cases for one in self.variables))
        ]
        self.frame[STATE].charge(len(worlds))
        values = [None if world is None else self._given(self._seen(world)) for world in worlds]
        if outside:
            values.append(None)
        joined = join(values, causes)
        if not isinstance(joined, Unknown):
            return joined
        relevant = NONE.union(*(one.value.causes for one in self._differing(worlds)))
        sure = [world for world in worlds if world is not None]
        if gives_list(self.plan.table) and not outside and len(sure) == len(worlds):
            merged = self._merged_list(sure, joined.causes | relevant)
            if merged is not None:
                return merged
        return Unknown(joined.causes | relevant, joined.low, joined.high)

    def _fixed(self) -> Case:
        """What the columns of which no value is tried exclude and leave open."""
        excluded = opened = 0
        for index, row in enumerate(self.plan.rows):
            for one in row:
                if one.column not in self.split:
                    found = one.test(self.frame)
                    if isinstance(found, Unknown):
                        opened |= 1 << index
                        self.open_causes[index] |= found.causes
                    elif found is not True:
                        excluded |= 1 << index
                        break
        return Case(excluded, opened)

    def _may_be_outside(self) -> tuple[bool, Causes]:
        """Whether a value of which no case tells it may be none of the allowed ones."""
        outside, causes = False, NONE
        for index, column in enumerate(self.plan.columns):
            if column.allowed is None or (index in self.split and column.points is not None):
                continue
            found = column.allowed(self.frame)
            if found is not True:
                outside = True
                unknown = merge((found, self.frame[column.slot]))
                causes |= unknown.causes if unknown is not None else NONE
        return outside, causes

    def _seen(self, world: World) -> World:
        """The world without the rows that cannot matter: in a FIRST table, those after a hit."""
        fires, may = world
        if self.plan.table.policy is HitPolicy.FIRST and fires:
            first = fires & -fires
            return first, may & (first - 1)
        return world

    def _differing(self, worlds: list[World | None]) -> Iterator[Variable]:
        """The unknowns that, all others being the same, make a difference."""
        sizes = [len(one.cases) for one in self.variables]
        names = [self._name(world) for world in worlds]
        step = len(worlds)
        for variable, size in zip(self.variables, sizes, strict=True):
            step //= size
            if any(
                names[start + offset] != names[start + offset + step * other]
                for start in range(0, len(worlds), step * size)
                for offset in range(step)
                for other in range(1, size)
            ):
                yield variable

    def _name(self, world: World | None) -> object:
        """The same for worlds that surely give the same."""
        if world is None:
            return "null", 0
        seen = self._seen(world)
        value = self._given(seen)
        if value is None:
            return "null", 0
        if isinstance(value, Unknown):
            return seen
        known = [(k, v) for k, v in self.given.items() if not isinstance(v, Unknown)]
        return next((k for k, v in known if equal(v, value) is True), seen)

    # --- one world ----------------------------------------------------------------------------

    def _given(self, world: World) -> object:
        if world not in self.given:
            self.given[world] = self._compute(world)
        return self.given[world]

    def _compute(self, world: World) -> object:
        fires, may = world
        hits = list(_rows(fires))
        if not may:
            return self._decide(hits)
        opened = list(_rows(may))
        causes = NONE.union(*(self.open_causes[index] for index in opened))
        self.frame[STATE].took_both(Unknown(causes))
        table = self.plan.table
        if gives_list(table):
            if not hits and self.plan.outputs.default is not None:
                return Unknown(causes | _within([self._decide([]), self._decide(opened)]))
            return self._partial(hits, opened, causes)
        if table.aggregation is Aggregation.COUNT and not self.plan.outputs.several:
            return self._count(hits, opened, causes)
        if table.aggregation is Aggregation.SUM:
            return self._sum(hits, opened, causes)
        alternatives = [hits, *([*hits, index] for index in opened), [*hits, *opened]]
        return self._joined(alternatives, causes)

    def _decide(self, hits: Iterable[int]) -> object:
        hits = sorted(hits)
        self.frame[STATE].charge(1 + len(hits))
        return self.plan.decide(self.frame, hits)

    def _joined(self, alternatives: Iterable[Iterable[int]], causes: Causes) -> object:
        return join([self._decide(hits) for hits in alternatives], causes)

    def _count(self, hits: list[int], opened: list[int], causes: Causes) -> object:
        most = Decimal(len(hits) + len(opened))
        if hits:
            return Unknown(causes, Decimal(len(hits)), most)
        return join([self._decide([]), Decimal(1), most], causes)

    def _sum(self, hits: list[int], opened: list[int], causes: Causes) -> object:
        """The sum of all that may be added and is negative is the least, of what is positive
        the most."""
        given = {index: self._decide([index]) for index in opened}
        if any(value.__class__ is not Decimal for value in given.values()):
            return Unknown(causes | _within(given.values()))
        least = [index for index, value in given.items() if value < 0]  # type: ignore[operator]
        most = [index for index, value in given.items() if value > 0]  # type: ignore[operator]
        return self._joined([hits, [*hits, *least], [*hits, *most], [*hits, *opened]], causes)

    # --- lists --------------------------------------------------------------------------------

    def _partial(self, hits: list[int], opened: list[int], causes: Causes) -> object:
        """A list of which it is known what is in it and what may be."""
        order = sorted({*hits, *opened})
        values = {index: self.plan.outputs.rows[index](self.frame) for index in order}
        if self.plan.table.policy is HitPolicy.OUTPUT_ORDER:
            ranks = {i: self.plan.outputs.priority(self.frame, values[i]) for i in order}
            unknown = [rank for rank in ranks.values() if isinstance(rank, Unknown)]
            if unknown:
                return Unknown(causes | _within(values.values()) | _within(unknown))
            order.sort(key=lambda index: (ranks[index], index))
        unsure = Unknown(causes)
        return PartialList.of((values[i], True if i in hits else unsure) for i in order)

    def _merged_list(self, worlds: list[World], causes: Causes) -> object:
        """What is in the list in every world, and what may be; None if it may be the default."""
        if self.plan.outputs.default is not None and not all(fires for fires, _ in worlds):
            return None
        always = reduce(and_, (fires for fires, _ in worlds))
        ever = reduce(or_, (fires | may for fires, may in worlds))
        return self._partial(list(_rows(always)), list(_rows(ever & ~always)), causes)


def _affordable(variables: list[Variable]) -> Iterator[Variable]:
    worlds = 1
    for variable in sorted(variables, key=lambda one: len(one.cases)):
        worlds *= len(variable.cases)
        if worlds > MOST_WORLDS:
            return
        yield variable


def _world(fixed: Case, cases: tuple[Case, ...], everything: int) -> World | None:
    """None where an input has a value that its clause does not allow."""
    excluded, opened = fixed.excluded, fixed.open
    for case in cases:
        if case.outside:
            return None
        excluded |= case.excluded
        opened |= case.open
    return everything & ~(excluded | opened), opened & ~excluded


def _rows(mask: int) -> Iterator[int]:
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


def _within(values: Iterable[object]) -> Causes:
    found = (unknown_within(value) for value in values)
    return NONE.union(*(one.causes for one in found if one is not None))


def join(values: Sequence[object], causes: Causes) -> object:
    """The one value that all of them are, or unknown, within the bounds of all."""
    first = values[0]
    known = all(unknown_within(value) is None for value in values)
    if known and all(equal(first, value) is True for value in values[1:]):
        return first
    ends = [bounds(value) for value in values]
    lows = [low for low, _ in ends if low is not None]
    highs = [high for _, high in ends if high is not None]
    low = min(lows) if len(lows) == len(ends) else None
    high = max(highs) if len(highs) == len(ends) else None
    return Unknown(causes | _within(values), low, high)
