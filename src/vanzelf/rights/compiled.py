"""A regulation as closures: compiled once, run for every person or household.

An outcome is True, False or None (unknown) here: what an expression gives that is neither true
nor false (unknown, null, an error) never becomes a no.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from vanzelf.feel import UNKNOWN, Unknown
from vanzelf.feel import compile as compile_feel
from vanzelf.rights.model import (
    AmountLine,
    Choice,
    CriteriaNode,
    Criterion,
    Delivery,
    Expression,
)

Context: TypeAlias = Mapping[str, object]
Run: TypeAlias = Callable[[Context], object]
Decided: TypeAlias = "tuple[bool | None, tuple[str, ...]]"
Decide: TypeAlias = Callable[[Context], Decided]

NOTHING = object()
"""What an amount gives when none of its alternatives holds."""


def run_of(expression: Expression) -> Run:
    return compile_feel(expression.tree, absent=UNKNOWN)


def decider(node: CriteriaNode) -> Decide:
    """The outcome of a tree with the criteria that decided it, as little as needed evaluated."""
    if isinstance(node, Criterion):
        return _criterion(node)
    inner = [decider(child) for child in node.nodes]
    if node.kind == "not":
        return _negation(inner[0])
    return _group(inner, decides=node.kind == "any")


def _criterion(criterion: Criterion) -> Decide:
    run = run_of(criterion.when)
    reasons = (criterion.id,)
    yes, no, unknown = (True, reasons), (False, reasons), (None, reasons)

    def decide(context: Context) -> Decided:
        value = run(context)
        return yes if value is True else no if value is False else unknown

    return decide


def _negation(inner: Decide) -> Decide:
    def decide(context: Context) -> Decided:
        outcome, reasons = inner(context)
        return (None if outcome is None else not outcome), reasons

    return decide


def _group(inner: list[Decide], decides: bool) -> Decide:
    """`any` is decided by the first true, `all` by the first false; else all have their say."""

    def decide(context: Context) -> Decided:
        unknown: tuple[str, ...] = ()
        others: tuple[str, ...] = ()
        for child in inner:
            outcome, reasons = child(context)
            if outcome is decides:
                return outcome, reasons
            if outcome is None:
                unknown += reasons
            else:
                others += reasons
        return (None, unknown) if unknown else (not decides, others)

    return decide


@dataclass(frozen=True, slots=True)
class CompiledChoice:
    when: Run | None
    value: Run | None


@dataclass(frozen=True, slots=True)
class CompiledAmount:
    """An amount line: the first alternative that holds."""

    line: AmountLine
    choices: tuple[CompiledChoice, ...]

    @classmethod
    def of(cls, line: AmountLine) -> CompiledAmount:
        return cls(line, tuple(_choice(choice) for choice in line.choices))

    def value(self, context: Context) -> tuple[object, int | None]:
        """A number, None (in kind), Unknown or NOTHING; and which alternative it was.

        With an undecided alternative the amount is known only when all that remain agree.
        """
        causes: Unknown | None = None
        possible: list[object] = []
        for position, choice in enumerate(self.choices):
            holds = True if choice.when is None else choice.when(context)
            if holds is False:
                continue
            worth = self._worth(choice, context)
            if holds is True and causes is None:
                return worth, position
            possible.append(worth)
            if holds is True:
                break
            causes = merged(causes, holds)
        else:
            possible.append(NOTHING)
        if causes is None:
            return NOTHING, None
        unknown = [value for value in possible if isinstance(value, Unknown)]
        if not unknown and all(value == possible[0] for value in possible):
            return possible[0], None
        for value in unknown:
            causes = merged(causes, value)
        return causes, None

    def _worth(self, choice: CompiledChoice, context: Context) -> object:
        if choice.value is None:
            return None
        value = choice.value(context)
        return value if isinstance(value, Decimal | Unknown) else UNKNOWN


def _choice(choice: Choice) -> CompiledChoice:
    when = run_of(choice.when) if choice.when else None
    return CompiledChoice(when, run_of(choice.value) if choice.value else None)


def merged(before: Unknown | None, value: object) -> Unknown:
    """The causes of both; a null has none."""
    found = value if isinstance(value, Unknown) else UNKNOWN
    return found.plain() if before is None else before | found


@dataclass(frozen=True, slots=True)
class CompiledDelivery:
    delivery: Delivery
    when: Run | None

    @classmethod
    def of(cls, delivery: Delivery) -> CompiledDelivery:
        return cls(delivery, run_of(delivery.when) if delivery.when else None)


def delivery_of(deliveries: tuple[CompiledDelivery, ...], context: Context) -> str | None:
    """The first whose condition holds; None when none does or when an earlier one is unknown."""
    for compiled in deliveries:
        holds = True if compiled.when is None else compiled.when(context)
        if holds is True:
            return compiled.delivery.id
        if holds is not False:
            return None
    return None
