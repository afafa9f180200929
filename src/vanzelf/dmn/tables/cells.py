"""A cell as a function of the frame: whether the tested value passes.

Tests against constants, which most are, have short ways for numbers and strings; whatever else
the value is (null, unknown, of another kind) goes the general way of FEEL.
"""

from __future__ import annotations

import operator as python
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from vanzelf.dmn.tables.constants import fixed, fixed_range, points_of
from vanzelf.feel import ast
from vanzelf.feel.ast import BinaryOperator as Op
from vanzelf.feel.compiler.names import INPUT
from vanzelf.feel.extending import STATE, Compiler, Frame, Scope, children
from vanzelf.feel.values.comparison import matches
from vanzelf.feel.values.logic import Truth, disjunction, negation, truth
from vanzelf.feel.values.ranges import Range
from vanzelf.feel.values.unknown import Unknown

_PYTHON: Final[dict[Op, Callable[[Any, Any], bool]]] = {
    Op.EQUAL: python.eq,
    Op.NOT_EQUAL: python.ne,
    Op.LESS: python.lt,
    Op.LESS_OR_EQUAL: python.le,
    Op.GREATER: python.gt,
    Op.GREATER_OR_EQUAL: python.ge,
}
_VERDICTS: Final = (ast.Binary, ast.Between, ast.In, ast.Quantified, ast.InstanceOf, ast.Call)
"""What is a question of its own when it gives a boolean, also where `?` is not in it."""

Test = Callable[[Frame], Truth]


@dataclass(frozen=True, slots=True)
class Cell:
    """`points`: the constants that the outcome depends on, besides the tested value; None if it
    depends on more."""

    column: int
    test: Test
    points: tuple[object, ...] | None


def compile_tests(compiler: Compiler, node: ast.Node, scope: Scope, slot: int) -> Test:
    """Whether the value in the slot passes these unary tests.

    A test passes when it is true of `?`, when the value equals what it gives, or is in that
    list or range (DMN 1.5, 7.3.4 and 10.3.1.2, rules 7 to 17).
    """
    inner = Scope(scope, {INPUT: slot})
    if not isinstance(node, ast.UnaryTests):
        code = compiler.code(node, inner)
        return lambda frame: truth(code(frame))
    tests = [_test(compiler, test, inner, slot) for test in node.tests]
    if not tests:
        return lambda frame: True
    found = _texts(node, slot, tests) or (tests[0] if len(tests) == 1 else _any(tests))
    if node.negated:
        return compiler.watch(node, lambda frame: negation(found(frame)))
    return compiler.watch(node, found)


def _any(tests: list[Test]) -> Test:
    def run(frame: Frame) -> Truth:
        result: Truth = False
        for test in tests:
            found = test(frame)
            if found is True:
                return True
            result = disjunction(result, found)
        return result

    return run


def _texts(node: ast.UnaryTests, slot: int, tests: list[Test]) -> Test | None:
    """`"a", "b", "c"`: one look in a set."""
    texts = frozenset(test.value for test in node.tests if isinstance(test, ast.String))
    if not 1 < len(texts) == len(tests):
        return None
    general = _any(tests)

    def run(frame: Frame) -> Truth:
        value = frame[slot]
        return value in texts if value.__class__ is str else general(frame)

    return run


def _test(compiler: Compiler, node: ast.Node, scope: Scope, slot: int) -> Test:
    if isinstance(node, ast.UnaryComparison):
        known, compare = fixed(node.operand), _PYTHON[node.operator]
    else:
        known, compare = fixed(node), python.eq
    general = _general(compiler, node, scope, slot)
    kinds = (Decimal, str, bool) if compare in (python.eq, python.ne) else (Decimal, str)
    if known and known[0].__class__ in kinds:
        return _against(slot, known[0], compare, general)
    span = fixed_range(node)
    if span is not None and _of_numbers(span):
        return _within(slot, span, general)
    return general


def _against(
    slot: int, constant: object, compare: Callable[[Any, Any], bool], general: Test
) -> Test:
    kind = constant.__class__

    def run(frame: Frame) -> Truth:
        value = frame[slot]
        if value.__class__ is kind:
            return bool(compare(value, constant))
        return general(frame)

    return run


def _of_numbers(span: Range) -> bool:
    return span.form == ".." and span.low.__class__ is span.high.__class__ is Decimal


def _within(slot: int, span: Range, general: Test) -> Test:
    low: Any = span.low
    high: Any = span.high
    above = python.le if span.low_included else python.lt
    below = python.le if span.high_included else python.lt

    def run(frame: Frame) -> Truth:
        value = frame[slot]
        if value.__class__ is Decimal:
            return bool(above(low, value) and below(value, high))
        return general(frame)

    return run


def _general(compiler: Compiler, node: ast.Node, scope: Scope, slot: int) -> Test:
    """The way that is right for every value and every test."""
    if isinstance(node, _VERDICTS) and not fixed(node):
        code = compiler.code(node, scope)
        if not uses_input(node):
            return lambda frame: _own_verdict(frame, frame[slot], code(frame))
    passes = compiler.code(ast.UnaryTests((node,)), scope)
    return lambda frame: truth(passes(frame))


def _own_verdict(frame: Frame, value: object, found: object) -> Truth:
    """`count(x) > 2` in a column of strings is a question, in one of booleans a value."""
    if isinstance(found, bool) and not isinstance(value, bool | Unknown):
        return found
    if isinstance(found, list):
        frame[STATE].charge(len(found))
    return matches(value, found)


def uses_input(node: ast.Node) -> bool:
    """Whether `?` stands in it, elsewhere than in the tests of an inner `in`."""
    pending = [node]
    while pending:
        node = pending.pop()
        if isinstance(node, ast.Input):
            return True
        pending.extend([node.value] if isinstance(node, ast.In) else children(node))
    return False


def cell(compiler: Compiler, column: int, node: ast.Node, scope: Scope, slot: int) -> Cell:
    return Cell(column, compile_tests(compiler, node, scope, slot), points_of(node))
