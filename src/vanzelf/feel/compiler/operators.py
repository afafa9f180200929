"""Operators: logic, comparison, arithmetic, `between` and unary minus.

A chain of operators of one family runs in a loop, however long it is.
"""

from __future__ import annotations

import operator as python
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, Final

from vanzelf.feel import ast
from vanzelf.feel.ast import BinaryOperator as Op
from vanzelf.feel.compiler.core import Compiler, Scope, compiles
from vanzelf.feel.compiler.frame import Code, Frame
from vanzelf.feel.constants import constant
from vanzelf.feel.syntax.height import family
from vanzelf.feel.values.arithmetic import OPERATIONS, Operation, negate, operate
from vanzelf.feel.values.comparison import COMPARISONS, between
from vanzelf.feel.values.kinds import KINDS
from vanzelf.feel.values.logic import conjunction, disjunction
from vanzelf.feel.values.numbers import ARITHMETIC_ERRORS, CONTEXT

Step = tuple[Callable[[object, object], object], Code]

_PYTHON: Final[dict[Op, Callable[[Any, Any], bool]]] = {
    Op.EQUAL: python.eq,
    Op.NOT_EQUAL: python.ne,
    Op.LESS: python.lt,
    Op.LESS_OR_EQUAL: python.le,
    Op.GREATER: python.gt,
    Op.GREATER_OR_EQUAL: python.ge,
}
_DIRECT: Final = frozenset({Decimal, str, date})
"""Python types of which two values compare as FEEL has it."""
_DECIMAL: Final[dict[Op, Callable[[Decimal, Decimal], Decimal]]] = {
    Op.ADD: CONTEXT.add,
    Op.SUBTRACT: CONTEXT.subtract,
    Op.MULTIPLY: CONTEXT.multiply,
    Op.DIVIDE: CONTEXT.divide,
}


def _by_class(operator: Op) -> dict[tuple[type, type], Operation]:
    """The operations of an operator, by the Python types of their operands."""
    return {
        (left, right): operation
        for left, kind_left in KINDS.items()
        for right, kind_right in KINDS.items()
        if (operation := OPERATIONS.get((operator, kind_left, kind_right))) is not None
    }


@compiles(ast.Binary)
def compile_binary(compiler: Compiler, node: ast.Binary, scope: Scope) -> Code:
    """The left spine of one family is taken apart, so that a long chain is not deep."""
    chain = [node]
    while isinstance(node.left, ast.Binary) and family(node.left.operator) == family(node.operator):
        node = node.left
        chain.append(node)
    chain.reverse()
    first = compiler.code(node.left, scope)
    if node.operator in (Op.AND, Op.OR):
        parts = [first, *(compiler.code(link.right, scope) for link in chain)]
        return _logic(parts, decisive=node.operator is Op.OR)
    if len(chain) > _NESTED:
        steps = [(binary(link.operator), compiler.code(link.right, scope)) for link in chain]
        return _chain(first, steps)
    for link in chain:
        first = _single(compiler, link, first, scope)
    return first


_NESTED: Final = 8
"""Operators in a row that nest; more of them run in a loop, which is slower but never deep."""


def binary(operator: Op) -> Callable[[object, object], object]:
    """A comparison or an arithmetic operator as a function of two values."""
    compare = COMPARISONS.get(operator)
    return compare or (lambda left, right: operate(operator, left, right))


def _chain(first: Code, steps: list[Step]) -> Code:
    def run(frame: Frame) -> object:
        value = first(frame)
        for operation, operand in steps:
            value = operation(value, operand(frame))
        return value

    return run


def _single(compiler: Compiler, node: ast.Binary, left: Code, scope: Scope) -> Code:
    known = constant(node.right)
    value = known[0] if known else None
    if node.operator in _DECIMAL:
        if isinstance(value, Decimal):
            return _arithmetic_with_constant(node.operator, left, value)
        return _arithmetic(node.operator, left, compiler.code(node.right, scope))
    right = compiler.code(node.right, scope)
    if node.operator is Op.POWER:
        return lambda frame: operate(Op.POWER, left(frame), right(frame))
    if isinstance(value, Decimal | str):
        return _comparison_with_constant(node.operator, left, value)
    return _comparison(node.operator, left, right)


def _comparison_with_constant(operator: Op, left: Code, value: Decimal | str) -> Code:
    compare, quick, kind = COMPARISONS[operator], _PYTHON[operator], value.__class__

    def run(frame: Frame) -> object:
        found = left(frame)
        return quick(found, value) if found.__class__ is kind else compare(found, value)

    return run


def _comparison(operator: Op, left: Code, right: Code) -> Code:
    compare, quick = COMPARISONS[operator], _PYTHON[operator]

    def run(frame: Frame) -> object:
        first, second = left(frame), right(frame)
        if first.__class__ is second.__class__ and first.__class__ in _DIRECT:
            return quick(first, second)
        return compare(first, second)

    return run


def _arithmetic_with_constant(operator: Op, left: Code, value: Decimal) -> Code:
    quick = _DECIMAL[operator]

    def run(frame: Frame) -> object:
        first = left(frame)
        if first.__class__ is Decimal:
            try:
                return quick(first, value)
            except ARITHMETIC_ERRORS:
                pass  # `operate` says why it is null
        return operate(operator, first, value)

    return run


def _arithmetic(operator: Op, left: Code, right: Code) -> Code:
    quick, by_class = _DECIMAL[operator], _by_class(operator)

    def run(frame: Frame) -> object:
        first, second = left(frame), right(frame)
        try:
            if first.__class__ is Decimal and second.__class__ is Decimal:
                return quick(first, second)
            operation = by_class.get((first.__class__, second.__class__))
            if operation is not None:
                return operation(first, second)
        except ARITHMETIC_ERRORS:
            pass  # `operate` says why it is null
        return operate(operator, first, second)

    return run


def _logic(parts: list[Code], *, decisive: bool) -> Code:
    """`and` stops at the first false, `or` at the first true; an unknown does not stop it."""
    neutral = not decisive
    combine = disjunction if decisive else conjunction
    if len(parts) == 2:
        return _logic_of_two(*parts, decisive=decisive)

    def run(frame: Frame) -> object:
        result: object = neutral
        for part in parts:
            value = part(frame)
            if value is decisive:
                return decisive
            if value is not neutral:
                result = combine(result, value)
        return result

    return run


def _logic_of_two(left: Code, right: Code, *, decisive: bool) -> Code:
    neutral = not decisive
    combine = disjunction if decisive else conjunction

    def run(frame: Frame) -> object:
        first = left(frame)
        if first is decisive:
            return decisive
        second = right(frame)
        if second is decisive:
            return decisive
        if first is neutral and second is neutral:
            return neutral
        return combine(first, second)

    return run


@compiles(ast.Negate)
def compile_negate(compiler: Compiler, node: ast.Negate, scope: Scope) -> Code:
    operand = compiler.code(node.operand, scope)
    return lambda frame: negate(operand(frame))


@compiles(ast.Between)
def compile_between(compiler: Compiler, node: ast.Between, scope: Scope) -> Code:
    value = compiler.code(node.value, scope)
    low = compiler.code(node.low, scope)
    high = compiler.code(node.high, scope)
    return lambda frame: between(value(frame), low(frame), high(frame))
