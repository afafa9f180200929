"""Lowering of operators: logic, comparison, arithmetic, days, and tests with `in`."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

from vanzelf.feel import ast
from vanzelf.feel.ast import BinaryOperator as Op
from vanzelf.feel.values.durations import YearsMonths
from vanzelf.population.kernel import arithmetic, dates, steps
from vanzelf.population.kernel.graph import Step
from vanzelf.population.kernel.lowering import HANDLERS, HOLE, Lowering
from vanzelf.population.kernel.values import (
    CODED,
    DATE,
    FINITE,
    OTHER,
    TEXT,
    TRUTH,
    Refused,
    Scope,
    Value,
)

_COMPARISONS = (
    Op.EQUAL, Op.NOT_EQUAL, Op.LESS, Op.LESS_OR_EQUAL, Op.GREATER, Op.GREATER_OR_EQUAL,
)  # fmt: skip
_TURNED = {
    Op.LESS: Op.GREATER,
    Op.LESS_OR_EQUAL: Op.GREATER_OR_EQUAL,
    Op.GREATER: Op.LESS,
    Op.GREATER_OR_EQUAL: Op.LESS_OR_EQUAL,
}
_AT_LEAST = {
    Op.GREATER_OR_EQUAL: (True, False),
    Op.LESS: (False, False),
    Op.GREATER: (True, True),
    Op.LESS_OR_EQUAL: (False, True),
}
"""A comparison with an age: whether it says at least, and of more than the limit."""


def binary(lowering: Lowering, node: ast.Binary, scope: Scope) -> Value:
    if node.operator in (Op.AND, Op.OR):
        return lowering.logic(
            node, lowering.value(node.left, scope), lowering.value(node.right, scope)
        )
    left, right = lowering.value(node.left, scope), lowering.value(node.right, scope)
    for one, other in ((left, right), (right, left)):
        if one.kind in (TEXT, CODED) and other.constant and one.constant is None:
            kind = TRUTH if node.operator in _COMPARISONS else one.kind
            hole = (
                replace(node, left=ast.Name(HOLE))
                if one is left
                else replace(node, right=ast.Name(HOLE))
            )
            return lowering.mapped(node, one, hole, scope, kind)
    if node.operator in _COMPARISONS:
        return _compared(lowering, node, node.operator, left, right)
    return _arithmetic(lowering, node, left, right)


def _compared(lowering: Lowering, node: ast.Node, operator: Op, left: Value, right: Value) -> Value:
    ordered = operator not in (Op.EQUAL, Op.NOT_EQUAL)
    if ordered and TEXT in (left.kind, right.kind):
        raise Refused(node, "puts two texts in order", "compare with one text")
    if OTHER in (left.kind, right.kind):
        lowering.only_unknown(node, left)
        lowering.only_unknown(node, right)
    for age, limit, way in ((left, right, operator), (right, left, _TURNED.get(operator))):
        years = limit.constant[0] if limit.constant else None
        if isinstance(age.step, dates.Age) and way in _AT_LEAST and isinstance(years, Decimal):
            return _of_age(lowering, age.step, way, years)
    level, (one, other) = lowering.builder.together(node, left, right)
    return Value(lowering.graph.add(steps.Compared(operator, one, other, level)), TRUTH)


def _of_age(lowering: Lowering, age: dates.Age, operator: Op, limit: Decimal) -> Value:
    holds, above = _AT_LEAST[operator]
    years = math.floor(limit) + 1 if above else math.ceil(limit)
    step: Step = lowering.graph.add(dates.OfAge(age.birth, years, age.on, age.level))
    if not holds:
        step = lowering.graph.add(steps.Negation(step, age.level))
    return Value(step, TRUTH)


def _arithmetic(lowering: Lowering, node: ast.Binary, left: Value, right: Value) -> Value:
    if DATE in (left.kind, right.kind):
        return _moved(lowering, node, left, right)
    lowering.only_numbers(node, [left, right])
    level, (one, other) = lowering.builder.together(node, left, right)
    if node.operator is Op.MULTIPLY:
        for side, factor in ((one, right), (other, left)):
            number = factor.constant[0] if factor.constant else None
            if isinstance(number, Decimal):
                return lowering.number(arithmetic.Scaled(side, Fraction(number), level))
        return lowering.number(arithmetic.Product(one, other, level))
    if node.operator is Op.DIVIDE:
        return divided(lowering, node, one, right, level)
    if node.operator in (Op.ADD, Op.SUBTRACT):
        sign = 1 if node.operator is Op.ADD else -1
        return lowering.number(arithmetic.Added(one, other, sign, level))
    raise Refused(node, f"`{node.operator}` between columns", "use sums and products")


def divided(
    lowering: Lowering, node: ast.Node, dividend: Step, by: Value, level: str | None
) -> Value:
    number = by.constant[0] if by.constant else None
    if isinstance(number, Decimal):
        factor = 1 / Fraction(number) if number else None
        return lowering.number(arithmetic.Scaled(dividend, factor, level))
    if by.constant:  # null, or a parameter without a value: so is the quotient
        return lowering.number(arithmetic.Product(dividend, by.step, level))
    raise Refused(
        node, "divides by what differs from person to person", "multiply the other side by it"
    )


def _moved(lowering: Lowering, node: ast.Binary, left: Value, right: Value) -> Value:
    day, length = (left, right) if left.kind == DATE else (right, left)
    if node.operator is Op.SUBTRACT and day is right:
        raise Refused(node, "takes a day from something", "put the day first")
    sign = -1 if node.operator is Op.SUBTRACT else 1
    moved = _months_and_days(length.constant[0]) if length.constant else None
    if moved is not None and node.operator in (Op.ADD, Op.SUBTRACT):
        months, days = (sign * part for part in moved)
        step = dates.Moved(day.step, months, days, day.step.level)
        return Value(lowering.graph.add(step), DATE)
    if length.constant and (length.constant[0] is None or length.kind == OTHER):
        lowering.only_unknown(node, length)
        level, (one, other) = lowering.builder.together(node, day, length)
        return Value(lowering.graph.add(arithmetic.Added(one, other, 1, level)), DATE)
    raise Refused(node, "calculates with two days", "compare days, or use leeftijd()")


def negate(lowering: Lowering, node: ast.Negate, scope: Scope) -> Value:
    value = lowering.value(node.operand, scope)
    return lowering.number(arithmetic.Negative(value.step, value.step.level))


def between(lowering: Lowering, node: ast.Between, scope: Scope) -> Value:
    above = ast.Binary(Op.GREATER_OR_EQUAL, node.value, node.low)
    below = ast.Binary(Op.LESS_OR_EQUAL, node.value, node.high)
    return lowering.value(ast.Binary(Op.AND, above, below), scope)


def tested(lowering: Lowering, node: ast.In, scope: Scope) -> Value:
    value = lowering.value(node.value, scope)
    constant = not any(lowering.differs(test, scope) for test in node.tests)
    if value.kind in FINITE and constant:
        hole = replace(node, value=ast.Name(HOLE))
        return lowering.mapped(node, value, hole, scope, TRUTH)
    found: Value | None = None
    for test in node.tests:
        passed = _passes(lowering, node, test, scope)
        either = ast.Binary(Op.OR, node, node, span=node.span)
        found = passed if found is None else lowering.logic(either, found, passed)
    assert found is not None
    return found


def _passes(lowering: Lowering, node: ast.In, test: ast.Node, scope: Scope) -> Value:
    match test:
        case ast.UnaryComparison(operator=operator, operand=operand):
            return lowering.value(ast.Binary(operator, node.value, operand), scope)
        case ast.Range(low=ast.Node() as low, high=ast.Node() as high):
            first = Op.GREATER_OR_EQUAL if test.low_included else Op.GREATER
            last = Op.LESS_OR_EQUAL if test.high_included else Op.LESS
            above = ast.Binary(first, node.value, low)
            below = ast.Binary(last, node.value, high)
            return lowering.value(ast.Binary(Op.AND, above, below), scope)
        case ast.Number() | ast.AtLiteral() | ast.Name() | ast.Path():
            return lowering.value(ast.Binary(Op.EQUAL, node.value, test), scope)
    raise Refused(test, "a test that is no comparison", "write it with =, <, > and or")


def _months_and_days(length: object) -> tuple[int, int] | None:
    if isinstance(length, YearsMonths):
        return length.months, 0
    if isinstance(length, timedelta) and not length % timedelta(days=1):
        return 0, length.days
    return None


HANDLERS[ast.Binary] = binary
HANDLERS[ast.Negate] = negate
HANDLERS[ast.Between] = between
HANDLERS[ast.In] = tested
