"""Cells that compare the tested value with constants only, and what these constants are."""

from __future__ import annotations

from typing import Final

from vanzelf.feel import ast
from vanzelf.feel import compile as compile_feel
from vanzelf.feel.ast import BinaryOperator as Op
from vanzelf.feel.compiler.literals import range_form
from vanzelf.feel.constants import constant, make_range
from vanzelf.feel.messages import collected
from vanzelf.feel.values.kinds import kind
from vanzelf.feel.values.ranges import Range

_CONVERSIONS: Final = frozenset({"date", "duration", "number"})
_ORDERED: Final = frozenset({"number", "date"})
_EQUATED: Final = frozenset({"number", "date", "string", "boolean", "null"})


def fixed(node: ast.Node) -> tuple[object] | None:
    """The value of a literal, of `-5` or of `date("2026-01-15")`, in a tuple of one."""
    found = constant(node)
    if found:
        return found
    if isinstance(node, ast.Negate) and isinstance(node.operand, ast.Number):
        return _computed(node)
    if isinstance(node, ast.Call) and isinstance(node.function, ast.Name) and not node.named:
        known = node.function.name in _CONVERSIONS
        if known and all(constant(argument) for argument in node.arguments):
            return _computed(node)
    return None


def _computed(node: ast.Node) -> tuple[object]:
    with collected(None):
        return (compile_feel(node)({}),)


def fixed_range(node: ast.Node) -> Range | None:
    """The range that a node with constant ends stands for."""
    if not isinstance(node, ast.Range):
        return None
    low, high = fixed(node.low or ast.Null()), fixed(node.high or ast.Null())
    if low is None or high is None:
        return None
    with collected(None):
        found = make_range(low[0], high[0], node.low_included, node.high_included, range_form(node))
    return found if isinstance(found, Range) else None


def points_of(tests: ast.Node) -> tuple[object, ...] | None:
    """The constants that the tests of a cell speak of; None if they speak of anything else.

    Between two neighbouring constants such a cell has one outcome: a value of each stretch
    tells what all its values give.
    """
    if not isinstance(tests, ast.UnaryTests):
        return None
    found = [_points(test) for test in tests.tests]
    if None in found:
        return None
    return tuple(point for points in found if points for point in points)


def _points(test: ast.Node) -> tuple[object, ...] | None:
    if isinstance(test, ast.UnaryComparison):
        known = fixed(test.operand)
        kinds = _EQUATED if test.operator in (Op.EQUAL, Op.NOT_EQUAL) else _ORDERED
        return known if known and kind(known[0]) in kinds else None
    if isinstance(test, ast.Range):
        span = fixed_range(test)
        if span is None:
            return None
        ends = tuple(end for end in (span.low, span.high) if end is not None)
        return (*ends, span) if all(kind(end) in _ORDERED for end in ends) else None
    known = fixed(test)
    return known if known and kind(known[0]) in _EQUATED else None
