"""`if`, `for`, `some` and `every`."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from vanzelf.feel import ast
from vanzelf.feel.compiler.core import Compiler, Scope, compiles
from vanzelf.feel.compiler.frame import STATE, Code, Frame
from vanzelf.feel.compiler.iteration import Iteration, Turn, compile_iterators, series_of, turns
from vanzelf.feel.syntax.height import children
from vanzelf.feel.values.comparison import bounds, equal
from vanzelf.feel.values.logic import conjunction, disjunction, negation
from vanzelf.feel.values.unknown import PartialList, Unknown, merge, unknown_within

PARTIAL = "partial"


@compiles(ast.If)
def compile_if(compiler: Compiler, node: ast.If, scope: Scope) -> Code:
    condition = compiler.code(node.condition, scope)
    then = compiler.code(node.then, scope)
    otherwise = compiler.code(node.otherwise, scope)

    def run(frame: Frame) -> object:
        decided = condition(frame)
        if decided is True:
            return then(frame)
        if isinstance(decided, Unknown):
            frame[STATE].charge(1)
            frame[STATE].took_both(decided)
            return either(decided, then(frame), otherwise(frame))
        return otherwise(frame)

    return run


def either(condition: Unknown, left: object, right: object) -> object:
    """What an unknown condition leaves of two values: the value on which both agree."""
    inside = [unknown_within(left), unknown_within(right)]
    causes = condition.causes.union(*(found.causes for found in inside if found is not None))
    if inside == [None, None] and equal(left, right) is True:
        return left
    (low_left, high_left), (low_right, high_right) = bounds(left), bounds(right)
    return Unknown(causes, _extreme(min, low_left, low_right), _extreme(max, high_left, high_right))


def _extreme(
    choose: Callable[[Decimal, Decimal], Decimal], left: Decimal | None, right: Decimal | None
) -> Decimal | None:
    return None if left is None or right is None else choose(left, right)


@compiles(ast.For)
def compile_for(compiler: Compiler, node: ast.For, scope: Scope) -> Code:
    iterations, inner = compile_iterators(compiler, node.iterators, node.result, scope)
    partial = compiler.new_slot() if _mentions(node.result, PARTIAL) else None
    if partial is not None:
        inner = Scope(inner, {PARTIAL: partial})
    result = compiler.code(node.result, inner)

    def run(frame: Frame) -> object:
        members: list[tuple[object, bool | Unknown]] = []
        unsettled: Unknown | None = None
        for turn in turns(frame, iterations):
            if not turn.bound:
                if turn.instead is None and turn.certain is True:
                    return None
                if partial is not None:
                    frame[partial] = turn.instead
                unsettled = merge((unsettled, _unsettled(turn, result, frame), turn.certain))
                continue
            if partial is not None:
                frame[STATE].charge(len(members) // 5)  # it is a copy
                frame[partial] = PartialList.of(members)
            members.append((result(frame), turn.certain))
        found = PartialList.of(members)
        return found if unsettled is None else merge((unsettled, found))

    return run


def _unsettled(turn: Turn, code: Code, frame: Frame) -> Unknown | None:
    """What an unknown series leaves: unknown for its causes and those of what is asked of it."""
    if turn.instead is None:
        return None
    return merge((turn.instead, unknown_within(code(frame))))


def _mentions(node: ast.Node, name: str) -> bool:
    pending = [node]
    while pending:
        node = pending.pop()
        if isinstance(node, ast.Name) and node.name == name:
            return True
        pending.extend(children(node))
    return False


@compiles(ast.Quantified)
def compile_quantified(compiler: Compiler, node: ast.Quantified, scope: Scope) -> Code:
    iterations, inner = compile_iterators(compiler, node.iterators, node.condition, scope)
    condition = compiler.code(node.condition, inner)
    some = node.quantifier is ast.Quantifier.SOME
    in_turns = _in_turns(iterations, condition, some)
    if len(iterations) > 1 or iterations[0].until is not None:
        return in_turns
    return _over_list(iterations[0], condition, some, in_turns)


def _over_list(iteration: Iteration, condition: Code, some: bool, general: Code) -> Code:
    """One iterator over a list, which is nearly every quantifier there is."""
    slot, source, cost = iteration.slot, iteration.source, iteration.cost
    combine = disjunction if some else conjunction
    neutral = not some

    def run(frame: Frame) -> object:
        values = source(frame)
        if values.__class__ is not list:
            values = series_of(values)
            if not isinstance(values, list):
                return general(frame)
        frame[STATE].charge(len(values) * cost)
        result: object = neutral
        for frame[slot] in values:
            found = condition(frame)
            if found is some:
                return some
            if found is not neutral:
                result = combine(result, found)
        return result

    return run


def _in_turns(iterations: list[Iteration], condition: Code, some: bool) -> Code:
    combine = disjunction if some else conjunction

    def run(frame: Frame) -> object:
        result: object = not some
        for turn in turns(frame, iterations):
            holds = condition(frame) if turn.bound else _unsettled(turn, condition, frame)
            if some:
                found = conjunction(turn.certain, holds)
            else:
                found = disjunction(negation(turn.certain), holds)
            if found is some:
                return some
            result = combine(result, found)
        return result

    return run
