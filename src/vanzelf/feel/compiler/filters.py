"""Filters: `list[condition]` and `list[position]`."""

from __future__ import annotations

from vanzelf.feel import ast
from vanzelf.feel.ast import BinaryOperator as Op
from vanzelf.feel.compiler.core import Compiler, Scope, compiles
from vanzelf.feel.compiler.frame import STATE, Code, Frame, weight
from vanzelf.feel.compiler.names import NO_ELEMENT
from vanzelf.feel.constants import constant
from vanzelf.feel.messages import collected, report
from vanzelf.feel.syntax.height import children
from vanzelf.feel.values.kinds import kind
from vanzelf.feel.values.logic import conjunction
from vanzelf.feel.values.numbers import as_integer
from vanzelf.feel.values.unknown import PartialList, Unknown, merge, unknown_within

ITEM = "item"

TRY = 8
"""Steps that trying a condition as a position counts for, beside what it does."""

_ARITHMETIC = (Op.ADD, Op.SUBTRACT, Op.MULTIPLY, Op.DIVIDE, Op.POWER)
_BOOLEAN = (ast.Boolean, ast.Between, ast.In, ast.Quantified, ast.InstanceOf, ast.UnaryTests)


@compiles(ast.Filter)
def compile_filter(compiler: Compiler, node: ast.Filter, scope: Scope) -> Code:
    source = compiler.code(node.source, scope)
    known = constant(node.condition)
    if known and not isinstance(known[0], bool):
        return lambda frame: element_at(source(frame), known[0])
    slot = compiler.new_slot()
    inner = Scope(scope, {ITEM: slot}, item=slot)
    condition = compiler.code(node.condition, inner)
    cost = weight(node.condition)
    if _is_boolean(node.condition) or _uses_item(node.condition):
        return _condition_only(source, condition, slot, cost)
    return _position_or_condition(source, condition, slot, cost)


def _condition_only(source: Code, condition: Code, slot: int, cost: int) -> Code:
    def run(frame: Frame) -> object:
        values = source(frame)
        if values.__class__ is list:
            return _select_certain(frame, values, condition, slot, cost)
        return _select(frame, values, condition, slot, cost)

    return run


def _is_boolean(node: ast.Node) -> bool:
    """Whether the condition can only be a truth, and so never a position."""
    if isinstance(node, ast.Binary):
        return node.operator not in _ARITHMETIC
    return isinstance(node, _BOOLEAN)


def _uses_item(node: ast.Node) -> bool:
    pending = [node]
    while pending:
        node = pending.pop()
        if isinstance(node, ast.Name) and node.name == ITEM:
            return True
        pending.extend(children(node))
    return False


def _position_or_condition(source: Code, condition: Code, slot: int, cost: int) -> Code:
    """What may be a position (`list[i]`) is one if it is a number outside the list."""

    def outside(frame: Frame) -> object:
        state = frame[STATE]
        state.charge(cost + TRY)
        recorder, state.recorder = state.recorder, None  # a try explains nothing
        frame[slot] = NO_ELEMENT
        try:
            with collected(None):
                return condition(frame)
        finally:
            state.recorder = recorder

    def run(frame: Frame) -> object:
        values = source(frame)
        index = outside(frame)
        if as_integer(index) is not None:
            return element_at(values, index)
        selected = _select(frame, values, condition, slot, cost)
        if isinstance(index, Unknown):  # it may yet be a position
            return merge((index, unknown_within(selected)))
        return selected

    return run


def element_at(value: object, position: object) -> object:
    """The element at a position from 1, or from -1 at the end; null where there is none."""
    if isinstance(value, Unknown) or isinstance(position, Unknown):
        return unknown_within([value, position])
    values = _as_list(value)
    index = as_integer(position)
    if index is None or index == 0 or abs(index) > len(values):
        return report("there is no element at this position")
    return values[index - 1 if index > 0 else index]


def _as_list(value: object) -> list[object]:
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


def _select(frame: Frame, value: object, condition: Code, slot: int, cost: int) -> object:
    """The elements for which the condition is true; a partial list where it is unknown."""
    if isinstance(value, PartialList):
        pairs = value.members
    elif isinstance(value, Unknown):
        frame[STATE].took_both(value)
        frame[slot] = value.plain()  # what it would be asked is among the causes
        return merge((value, unknown_within(condition(frame))))
    else:
        return _select_certain(frame, _as_list(value), condition, slot, cost)
    frame[STATE].charge(len(pairs) * cost)
    members: list[tuple[object, bool | Unknown]] = []
    for frame[slot], sure in pairs:
        both = conjunction(sure, condition(frame))
        if both is True or isinstance(both, Unknown):
            members.append((frame[slot], both))
    return PartialList.of(members)


def _select_certain(
    frame: Frame, values: list[object], condition: Code, slot: int, cost: int
) -> object:
    """Those for which it is true; null if for one it is something else than true, false or null."""
    frame[STATE].charge(len(values) * cost)
    selected: list[object] = []
    members: list[tuple[object, bool | Unknown]] | None = None
    for value in values:
        frame[slot] = value
        found = condition(frame)
        if found is True:
            selected.append(value)
            if members is not None:
                members.append((value, True))
        elif found is False or found is None:
            continue
        elif not isinstance(found, Unknown):
            return report(f"the condition of a filter is a {kind(found)}")
        else:
            if members is None:
                members = [(kept, True) for kept in selected]
            members.append((value, found.plain()))
    return selected if members is None else PartialList.of(members)
