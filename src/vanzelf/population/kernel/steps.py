"""Steps for facts, logic, comparison and choice."""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np

from vanzelf.feel import UNKNOWN
from vanzelf.feel.ast import BinaryOperator as Op
from vanzelf.population.kernel.column import (
    UNKNOWN_COLUMN,
    Coded,
    Column,
    Ints,
    Number,
    Truth,
    as_number,
    as_truth,
    constant,
    fits,
    multiplied,
    same,
)
from vanzelf.population.kernel.comparing import compared
from vanzelf.population.kernel.graph import (
    HOUSEHOLD,
    NO_CAUSES,
    Cause,
    Causes,
    Frame,
    Step,
    Unary,
    because_of,
    merged,
)
from vanzelf.population.kernel.people import FactKey
from vanzelf.population.kernel.planes import (
    Plane,
    both,
    but_not,
    chosen,
    either,
    neither,
)

LIST = "gezin.leden"


@dataclass(eq=False)
class Constant(Step):
    """One value for everyone: a literal, a parameter, the reference date. What is unknown in it
    is no fact, so it has no causes."""

    value: object
    level: str | None = None

    def key(self) -> Hashable:
        return type(self.value), self.value

    def compute(self, frame: Frame) -> Column:
        return constant(self.value)

    def causes(self, frame: Frame) -> Causes:
        return NO_CAUSES


@dataclass(eq=False)
class Fact(Step):
    """A fact as it is given."""

    fact: FactKey
    level: str | None

    def key(self) -> Hashable:
        return self.fact, self.level

    def compute(self, frame: Frame) -> Column:
        return frame.fact(self.fact)

    def causes(self, frame: Frame) -> Causes:
        return because_of(self.fact.path, frame.unknown(self))


@dataclass(eq=False)
class Ghost(Step):
    """Whatever is asked of a member of a household of which the members are not known."""

    level: str | None = HOUSEHOLD

    def key(self) -> Hashable:
        return ()

    def compute(self, frame: Frame) -> Column:
        return UNKNOWN_COLUMN

    def causes(self, frame: Frame) -> Causes:
        return because_of(LIST, True)


@dataclass(eq=False)
class Lifted(Step):
    """What is so of a household, for each of its persons."""

    source: Step
    level: str | None

    @property
    def arguments(self) -> Sequence[Step]:
        return (self.source,)

    def key(self) -> Hashable:
        return self.source.number, self.level

    def compute(self, frame: Frame) -> Column:
        return frame.column(self.source).rows(frame.at_home)

    def causes(self, frame: Frame) -> Causes:
        at_home = frame.at_home
        return [Cause(at_home.of(one.rows), one.facts) for one in frame.causes(self.source)]


@dataclass(eq=False)
class Logic(Step):
    """`and` (decisive: false) or `or` (decisive: true) of two."""

    decisive: bool
    left: Step
    right: Step
    level: str | None

    @property
    def arguments(self) -> Sequence[Step]:
        return self.left, self.right

    def key(self) -> Hashable:
        return self.decisive, self.left.number, self.right.number

    def compute(self, frame: Frame) -> Column:
        left, right = frame.truth(self.left), frame.truth(self.right)
        if self.decisive:
            true = either(left.true, right.true)
            false = both(left.false, right.false)
        else:
            true = both(left.true, right.true)
            false = either(left.false, right.false)
        null: Plane = False
        if left.null is not False or right.null is not False:
            null = neither(either(true, false), either(left.unknown, right.unknown))
        together = left.unsure is right.unsure  # all of one source: so is what is made of them
        return Truth(true, false, null, left.unsure if together else None)


class Negation(Unary):
    """`not(…)`."""

    def compute(self, frame: Frame) -> Column:
        truth = frame.truth(self.operand)
        return Truth(truth.false, truth.true, truth.null, truth.unsure)


class Surely(Unary):
    """A truth of which null counts as false: the condition of a filter."""

    def compute(self, frame: Frame) -> Column:
        truth = frame.truth(self.operand)
        if truth.null is False:
            return truth
        return Truth(truth.true, either(truth.false, truth.null), False, truth.unsure)


@dataclass(eq=False)
class Compared(Step):
    """`left operator right`."""

    operator: Op
    left: Step
    right: Step
    level: str | None

    @property
    def arguments(self) -> Sequence[Step]:
        return self.left, self.right

    def key(self) -> Hashable:
        return self.operator, self.left.number, self.right.number

    def compute(self, frame: Frame) -> Column:
        return compared(self.operator, frame.column(self.left), frame.column(self.right))


@dataclass(eq=False)
class Choice(Step):
    """`if condition then … else …`: an unknown condition leaves what both give."""

    condition: Step
    then: Step
    otherwise: Step
    level: str | None

    @property
    def arguments(self) -> Sequence[Step]:
        return self.condition, self.then, self.otherwise

    def key(self) -> Hashable:
        return self.condition.number, self.then.number, self.otherwise.number

    def compute(self, frame: Frame) -> Column:
        condition = frame.truth(self.condition)
        then, otherwise = frame.column(self.then), frame.column(self.otherwise)
        if isinstance(then, Truth) or isinstance(otherwise, Truth):
            return _chosen_truth(condition, as_truth(then), as_truth(otherwise))
        if isinstance(then, Coded) and isinstance(otherwise, Coded):
            return _chosen_code(condition, then, otherwise)
        return _chosen_number(condition, as_number(then), as_number(otherwise))

    def causes(self, frame: Frame) -> Causes:
        condition = frame.truth(self.condition)
        may_then = either(condition.true, condition.unknown)
        may_not = neither(condition.true, False)
        within = frame.unknown(self)
        return merged(
            [
                frame.causes(self.condition),
                merged([frame.causes(self.then)], may_then),
                merged([frame.causes(self.otherwise)], may_not),
            ],
            within,
        )


def _chosen_truth(condition: Truth, then: Truth, otherwise: Truth) -> Truth:
    unsure = condition.unknown
    agree = both(unsure, same(then, otherwise)) if unsure is not False else False
    first = either(condition.true, agree)
    unknown = but_not(unsure, agree)
    true = but_not(chosen(first, then.true, otherwise.true), unknown)
    false = but_not(chosen(first, then.false, otherwise.false), unknown)
    null = but_not(chosen(first, then.null, otherwise.null), unknown)
    known = unknown is False and then.unsure is False and otherwise.unsure is False
    return Truth(true, false, null, False if known else None)


def _chosen_code(condition: Truth, then: Coded, otherwise: Coded) -> Coded:
    unsure = condition.unknown
    agree = both(unsure, same(then, otherwise)) if unsure is not False else False
    values = (*then.values, *otherwise.values, UNKNOWN)
    first = either(condition.true, agree)
    count = len(values)
    codes: Ints = chosen(
        first, fits(then.codes, count), fits(otherwise.codes, count) + len(then.values)
    )
    return Coded(chosen(but_not(unsure, agree), count - 1, codes), values)


def _chosen_number(condition: Truth, then: Number, otherwise: Number) -> Number:
    then, otherwise = to_one_scale(then, otherwise)
    unsure = condition.unknown
    agree = both(unsure, same(then, otherwise)) if unsure is not False else False
    first = either(condition.true, agree)
    still = but_not(unsure, agree)
    most = max(then.most, otherwise.most)
    then, otherwise = (one.map(lambda ends: fits(ends, most)) for one in (then, otherwise))
    low = chosen(first, then.low, otherwise.low)
    exact = then.high is then.low and otherwise.high is otherwise.low
    high = low if exact else chosen(first, then.high, otherwise.high)
    bounded = but_not(chosen(first, then.bounded, otherwise.bounded), still)
    if still is not False:
        ends = both(still, both(then.has_ends, otherwise.has_ends))
        if ends is not False:
            low = chosen(ends, np.minimum(then.low, otherwise.low), low)
            high = chosen(ends, np.maximum(then.high, otherwise.high), high)
            bounded = either(bounded, ends)
    return Number(
        low,
        high,
        then.scale,
        either(chosen(first, then.unknown, otherwise.unknown), still),
        but_not(chosen(first, then.null, otherwise.null), still),
        bounded,
        most,
        then.is_date or otherwise.is_date,
    )


def to_one_scale(left: Number, right: Number) -> tuple[Number, Number]:
    """Both as multiples of one fraction."""
    scale = math.lcm(left.scale, right.scale)
    return _scaled(left, scale), _scaled(right, scale)


def _scaled(number: Number, scale: int) -> Number:
    times = scale // number.scale
    if times == 1:
        return number
    most = number.most * times
    return number.map(lambda values: multiplied(values, times, most), scale=scale, most=most)
