"""What can be told of an expression's type without evaluating it: the result of a function."""

from __future__ import annotations

from collections.abc import Mapping

from vanzelf.feel import ast
from vanzelf.feel.ast import BinaryOperator as Op
from vanzelf.feel.constants import constant
from vanzelf.feel.types import SIMPLE, UNDETERMINED, ContextOf, ListOf, RangeOf, Type
from vanzelf.feel.values.kinds import kind

_ARITHMETIC = frozenset({Op.ADD, Op.SUBTRACT, Op.MULTIPLY, Op.DIVIDE, Op.POWER})
_TRUTHS = (ast.Between, ast.In, ast.Quantified, ast.InstanceOf, ast.UnaryTests)


def type_of(node: ast.Node, names: Mapping[str, Type]) -> Type:
    """The type of every value but null that the node can give, as far as its form tells.

    `names` are the types of the variables.
    """
    known = constant(node)
    if known:
        return SIMPLE["Null"] if known[0] is None else SIMPLE[kind(known[0])]
    match node:
        case ast.Name(name=name):
            return names.get(name, UNDETERMINED)
        case ast.ListLiteral(items=items):
            return ListOf(_common([type_of(item, names) for item in items]))
        case ast.ContextLiteral(entries=entries):
            return ContextOf({entry.key: type_of(entry.value, names) for entry in entries})
        case ast.Range(low=low, high=high):
            return RangeOf(_common([type_of(end, names) for end in (low, high) if end]))
        case ast.If(then=then, otherwise=otherwise):
            return _common([type_of(then, names), type_of(otherwise, names)])
        case ast.Binary(operator=operator, left=left, right=right):
            if operator not in _ARITHMETIC:
                return SIMPLE["boolean"]
            both = {type_of(left, names), type_of(right, names)}
            return both.pop() if both in _CLOSED else UNDETERMINED
    return SIMPLE["boolean"] if isinstance(node, _TRUTHS) else UNDETERMINED


_CLOSED = ({SIMPLE["number"]}, {SIMPLE["string"]})
"""Operands whose arithmetic gives the same type again."""


def _common(types: list[Type]) -> Type:
    found = {str(one): one for one in types}
    return types[0] if len(found) == 1 else UNDETERMINED
