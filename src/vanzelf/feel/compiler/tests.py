"""`in` and unary tests."""

from __future__ import annotations

import operator as python
from collections.abc import Callable
from decimal import Decimal

from vanzelf.feel import ast
from vanzelf.feel.ast import BinaryOperator as Op
from vanzelf.feel.compiler.core import Compiler, Scope, compiles
from vanzelf.feel.compiler.frame import STATE, Code, Frame
from vanzelf.feel.compiler.literals import range_form
from vanzelf.feel.compiler.names import INPUT, compile_input
from vanzelf.feel.constants import make_range
from vanzelf.feel.syntax.height import children
from vanzelf.feel.values.comparison import COMPARISONS, ORDERED, includes, matches
from vanzelf.feel.values.kinds import kind
from vanzelf.feel.values.logic import Truth, conjunction, disjunction, negation, truth
from vanzelf.feel.values.ranges import Excluded, Range
from vanzelf.feel.values.unknown import Unknown

Test = Callable[[Frame, object], Truth]


@compiles(ast.In)
def compile_in(compiler: Compiler, node: ast.In, scope: Scope) -> Code:
    value = compiler.code(node.value, scope)
    slot = compiler.new_slot()
    inner = Scope(scope, {INPUT: slot})
    tests = [_test(compiler, test, inner) for test in node.tests]
    if len(tests) == 1:
        return _in_one(value, slot, tests[0])

    def run(frame: Frame) -> object:
        tested = frame[slot] = value(frame)
        return _any(tests, frame, tested)

    return run


def _in_one(value: Code, slot: int, test: Test) -> Code:
    def run(frame: Frame) -> object:
        tested = frame[slot] = value(frame)
        return test(frame, tested)

    return run


@compiles(ast.UnaryTests)
def compile_unary_tests(compiler: Compiler, node: ast.UnaryTests, scope: Scope) -> Code:
    """The tested value is the name `?` of the context."""
    if not node.tests:
        return lambda frame: True
    tested = compile_input(compiler, ast.Input(), scope)
    tests = [_test(compiler, test, scope) for test in node.tests]
    if node.negated:
        return lambda frame: negation(_any(tests, frame, tested(frame)))
    return lambda frame: _any(tests, frame, tested(frame))


def _any(tests: list[Test], frame: Frame, value: object) -> Truth:
    result: Truth = False
    for test in tests:
        found = test(frame, value)
        if found is True:
            return True
        result = disjunction(result, found)
    return result


def _test(compiler: Compiler, node: ast.Node, scope: Scope) -> Test:
    if not isinstance(node, ast.UnaryComparison | ast.Range) and _uses_input(node):
        code = compiler.code(node, scope)
        return lambda frame, value: _verdict(value, code(frame))
    return compiler.watch(node, _test_of_value(compiler, node, scope))


def _test_of_value(compiler: Compiler, node: ast.Node, scope: Scope) -> Test:
    if isinstance(node, ast.UnaryComparison):
        operand, compare = compiler.code(node.operand, scope), COMPARISONS[node.operator]
        return lambda frame, value: compare(value, operand(frame))
    if isinstance(node, ast.Range):
        return _range_test(compiler, node, scope)
    code = compiler.code(node, scope)
    return lambda frame, value: matches(value, _charged(frame, code(frame)))


def _charged(frame: Frame, test: object) -> object:
    if isinstance(test, list):
        frame[STATE].charge(len(test))
    return test


def _range_test(compiler: Compiler, node: ast.Range, scope: Scope) -> Test:
    """A range with an unknown end may still exclude a value by its other end."""
    low = compiler.code(node.low or ast.Null(), scope)
    high = compiler.code(node.high or ast.Null(), scope)
    included, form = (node.low_included, node.high_included), range_form(node)
    if form == "..":
        above = python.ge if node.low_included else python.gt
        below = python.le if node.high_included else python.lt

    def test(frame: Frame, value: object) -> Truth:
        first, last = low(frame), high(frame)
        if form == ".." and Decimal is value.__class__ is first.__class__ is last.__class__:
            return bool(above(value, first) and below(value, last))
        found = make_range(first, last, *included, form)
        if isinstance(found, Unknown) and kind(value) in ORDERED:
            return conjunction(found, includes(Range(first, last, *included, form), value))
        return matches(value, found)

    return test


def _verdict(value: object, found: object) -> Truth:
    """A test that speaks of `?` is its own answer when it is a truth."""
    if isinstance(found, bool | Unknown) or found is None:
        return truth(found)
    return matches(value, found)


def _uses_input(node: ast.Node) -> bool:
    pending = [node]
    while pending:
        node = pending.pop()
        if isinstance(node, ast.Input):
            return True
        pending.extend(child for child in children(node) if not isinstance(child, ast.In))
        if isinstance(node, ast.In):
            pending.append(node.value)
    return False


@compiles(ast.UnaryComparison)
def compile_unary_comparison(compiler: Compiler, node: ast.UnaryComparison, scope: Scope) -> Code:
    """As a value: `(= 10)` is the range of that one value, `(!= 10)` is all but it."""
    operand = compiler.code(node.operand, scope)
    if node.operator is Op.NOT_EQUAL:
        return lambda frame: Excluded(operand(frame))
    if node.operator is Op.EQUAL:
        return lambda frame: _only(operand(frame))
    tested, compare = compile_input(compiler, ast.Input(), scope), COMPARISONS[node.operator]
    return lambda frame: compare(tested(frame), operand(frame))


def _only(value: object) -> object:
    return make_range(value, value, True, True, "=")
