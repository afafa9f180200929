"""Steps from the members of a household to the household."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from vanzelf.population.kernel.column import Column, Number, Truth, fits
from vanzelf.population.kernel.graph import (
    HOUSEHOLD,
    Cause,
    Causes,
    Frame,
    Step,
    because_of,
    merged,
)
from vanzelf.population.kernel.households import any_member, count_members, sum_members
from vanzelf.population.kernel.people import Block
from vanzelf.population.kernel.planes import (
    Plane,
    both,
    but_not,
    chosen,
    either,
    neither,
    opposite,
)
from vanzelf.population.kernel.steps import LIST


def _causes(step: Step, frame: Frame, inner: Sequence[Step], ghosts: Sequence[Step]) -> Causes:
    """Because of members, where these are known; else because the list is not."""
    unlisted = frame.block.unlisted
    causes: list[Causes] = [
        [Cause(frame.among(one.rows), one.facts) for one in frame.causes(step)] for step in inner
    ]
    if unlisted is not False:
        causes.append(because_of(LIST, unlisted))
        causes += [merged([frame.causes(ghost)], unlisted) for ghost in ghosts]
    return merged(causes, frame.unknown(step))


@dataclass(eq=False)
class Quantified(Step):
    """`some` or `every` member satisfies the condition.

    `ghosts`: what is asked when it is not known who the members are.
    """

    some: bool
    condition: Step
    ghosts: tuple[Step, ...]
    filtered: bool
    """Whether it runs over what a filter leaves: of no list that is nobody."""
    level: str | None = HOUSEHOLD

    @property
    def arguments(self) -> Sequence[Step]:
        return self.condition, *self.ghosts

    def key(self) -> Hashable:
        ghosts = tuple(one.number for one in self.ghosts)
        return self.some, self.filtered, self.condition.number, ghosts

    def compute(self, frame: Frame) -> Column:
        block, truth = frame.block, frame.truth(self.condition)
        decided = frame.among(truth.true if self.some else truth.false)
        unknown = either(but_not(frame.among(truth.unknown), decided), block.unlisted)
        null: Plane = False
        if truth.null is not False:
            null = but_not(frame.among(truth.null), either(decided, unknown))
        if not self.filtered:
            null = either(null, block.no_list)
        rest = opposite(either(either(decided, unknown), null))
        true, false = (decided, rest) if self.some else (rest, decided)
        return Truth(true, false, null, unknown)

    def causes(self, frame: Frame) -> Causes:
        return _causes(self, frame, [self.condition], self.ghosts)


@dataclass(eq=False)
class Counted(Step):
    """How many members there are, or fulfil a condition: within bounds where that is not known."""

    condition: Step | None
    ghosts: tuple[Step, ...]
    level: str | None = HOUSEHOLD

    @property
    def arguments(self) -> Sequence[Step]:
        return (*self.ghosts, self.condition) if self.condition else self.ghosts

    def key(self) -> Hashable:
        condition = self.condition.number if self.condition else None
        return condition, tuple(one.number for one in self.ghosts)

    def compute(self, frame: Frame) -> Column:
        block = frame.block
        most = int(block.sizes.max()) if block.households else 0
        if self.condition is None:
            return Number.of(block.sizes, unknown=block.unlisted, null=block.no_list, most=most)
        truth = frame.truth(self.condition)
        low = count_members(truth.true, block)
        unsure = frame.among(truth.unknown)
        high = low if unsure is False else low + count_members(truth.unknown, block)
        if block.no_list is not False:
            exact = high is low
            low = chosen(block.no_list, 0, low)
            high = low if exact else chosen(block.no_list, 0, high)
        return Number(low, high, 1, either(unsure, block.unlisted), False, unsure, most)

    def causes(self, frame: Frame) -> Causes:
        inner = [self.condition] if self.condition else []
        return _causes(self, frame, inner, self.ghosts)


@dataclass(eq=False)
class Total(Step):
    """The `sum`, `min` or `max` of a number over the members, or over some of them."""

    way: str
    value: Step
    condition: Step | None
    ghosts: tuple[Step, ...]
    level: str | None = HOUSEHOLD

    @property
    def arguments(self) -> Sequence[Step]:
        always = (self.value, *self.ghosts)
        return (*always, self.condition) if self.condition else always

    def key(self) -> Hashable:
        condition = self.condition.number if self.condition else None
        return self.way, self.value.number, condition, tuple(one.number for one in self.ghosts)

    def compute(self, frame: Frame) -> Column:
        block, number = frame.block, frame.number(self.value)
        certain: Plane = True
        unsure: Plane = False
        if self.condition is not None:
            truth = frame.truth(self.condition)
            certain, unsure = truth.true, truth.unknown
        looked_at = either(certain, unsure)
        unknown = frame.among(either(unsure, both(looked_at, number.unknown)))
        unknown = either(unknown, block.unlisted)
        nothing = opposite(any_member(certain, block))
        null = either(nothing, any_member(both(looked_at, number.null), block))
        null = but_not(either(null, block.no_list), unknown)
        counts = both(certain, number.known)
        found, most = self._over(number, counts, block)
        return Number.of(
            found, number.scale, unknown=unknown, null=null, most=most, is_date=number.is_date
        )

    def _over(self, number: Number, counts: Plane, block: Block) -> tuple[Any, int]:
        if self.way == "sum":
            most = number.most * max(1, int(block.sizes.max(initial=0)))
            values: Any = np.broadcast_to(fits(number.low, most), (block.persons,))
            return sum_members(chosen(counts, values, 0 * values), block, values.dtype), most
        values = np.broadcast_to(number.low, (block.persons,))
        neutral = number.most if self.way == "min" else -number.most
        values = chosen(
            counts, values, np.broadcast_to(np.array(neutral, values.dtype), values.shape)
        )
        found = np.full(block.households, 0, dtype=values.dtype)
        some = block.sizes > 0
        if some.any():
            reduce = np.minimum if self.way == "min" else np.maximum
            found[some] = reduce.reduceat(values, block.edges[:-1][some])
        return found, number.most

    def causes(self, frame: Frame) -> Causes:
        inner = [self.value] if self.condition is None else [self.condition, _Within(self)]
        return _causes(self, frame, inner, self.ghosts)


class _Within(Step):
    """The values of the members that are looked at, for why they are unknown."""

    def __init__(self, total: Total) -> None:
        self.total = total
        self.number = -1 - total.number

    def compute(self, frame: Frame) -> Column:
        return frame.column(self.total.value)

    def causes(self, frame: Frame) -> Causes:
        assert self.total.condition is not None
        truth = frame.truth(self.total.condition)
        looked_at = neither(truth.false, truth.null)
        return merged([frame.causes(self.total.value)], looked_at)
