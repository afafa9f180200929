"""Names and paths."""

from __future__ import annotations

from operator import itemgetter
from typing import Final

from vanzelf.feel import ast
from vanzelf.feel.builtins.library import LIBRARY
from vanzelf.feel.compiler.core import Compiler, Scope, compiles
from vanzelf.feel.compiler.frame import STATE, Code, Frame
from vanzelf.feel.messages import report
from vanzelf.feel.values.kinds import ATOMS, PRESENT, adopt
from vanzelf.feel.values.members import member_of
from vanzelf.feel.values.unknown import Unknown, merge, unknown_within

_FEW = 32
"""Elements of a list that are looked through here; a longer one is charged for."""

INPUT = "?"
"""The name under which the tested value stands in scope."""


NO_ELEMENT: Final = object()
"""Stands for the element when a filter's condition is tried outside the list, as a position.

What is absent there is null, also where an absent name is unknown: it may be a member.
"""


@compiles(ast.Name)
def compile_name(compiler: Compiler, node: ast.Name, scope: Scope) -> Code:
    return _resolve(node.name, scope, compiler.absent)


@compiles(ast.Input)
def compile_input(compiler: Compiler, node: ast.Input, scope: Scope) -> Code:
    return _resolve(INPUT, scope, compiler.absent)


def _resolve(name: str, scope: Scope | None, absent: Unknown | None) -> Code:
    while scope is not None:
        if scope.item is not None and name in scope.slots:  # `item`, unless it has such a member
            itself = itemgetter(scope.item)
            return _member_or(name, scope.item, itself, itself)
        if name in scope.slots:
            return itemgetter(scope.slots[name])
        if scope.item is not None:
            outside = _resolve(name, scope.parent, absent)
            tried = outside if absent is None else _resolve(name, scope.parent, None)
            return _member_or(name, scope.item, outside, tried)
        scope = scope.parent
    return _global(name, LIBRARY.get(name, absent))


def _global(name: str, absent: object) -> Code:
    def look_up(frame: Frame) -> object:
        value = frame[0].get(name, absent)
        if value.__class__ in PRESENT:
            return value
        if value is None:
            return None if name in frame[0] else report(f"there is no {name} here")
        return _adopted(value) if value.__class__ is list else adopt(value)

    return look_up


def _adopted(values: list[object]) -> object:
    """A list as FEEL has it; that it is so already takes one look, nearly always."""
    if len(values) > _FEW:
        return adopt(values)
    for element in values:
        if element.__class__ not in ATOMS:
            return adopt(values)
    return values


def _member_or(name: str, slot: int, outside: Code, tried: Code) -> Code:
    """In a filter: the member of the element if it has one, else the name outside.

    `tried` is the name outside when there is no element.
    """

    def look_up(frame: Frame) -> object:
        item = frame[slot]
        if isinstance(item, dict):
            if name in item:
                value = item[name]
                return value if value.__class__ in ATOMS else adopt(value)
        elif isinstance(item, Unknown):  # it may be a context that has such a member
            return merge((item, unknown_within(outside(frame))))
        elif item is NO_ELEMENT:
            return tried(frame)
        return outside(frame)

    return look_up


@compiles(ast.Path)
def compile_path(compiler: Compiler, node: ast.Path, scope: Scope) -> Code:
    member, absent = node.member, compiler.absent
    if isinstance(node.source, ast.Name):
        slot = _plain_slot(node.source.name, scope)
        if slot is not None:
            return _member_of_slot(slot, member, absent)
    source = compiler.code(node.source, scope)

    def path(frame: Frame) -> object:
        value = source(frame)
        if value.__class__ is dict:
            found = value.get(member, absent)
            if found.__class__ in PRESENT:
                return found
            if found.__class__ is list:
                return _adopted(found)
        if value.__class__ is list:
            frame[STATE].charge(len(value))
            return _members(value, member, absent)
        return member_of(value, member, absent)

    return path


def _members(values: list[object], member: str, absent: Unknown | None) -> list[object]:
    """The member of each element, which is a context nearly always."""
    members: list[object] = []
    for element in values:
        if element.__class__ is dict:
            found = element.get(member, absent)
            if found.__class__ in PRESENT:
                members.append(found)
                continue
        members.append(member_of(element, member, absent))
    return members


def _plain_slot(name: str, scope: Scope | None) -> int | None:
    """The slot of a variable that no filter's element can hide."""
    while scope is not None:
        if scope.item is not None:
            return None
        if name in scope.slots:
            return scope.slots[name]
        scope = scope.parent
    return None


def _member_of_slot(slot: int, member: str, absent: Unknown | None) -> Code:
    """`lid.leeftijd` where `lid` is a variable: the most frequent path, so the shortest way."""

    def path(frame: Frame) -> object:
        value = frame[slot]
        if value.__class__ is dict:
            found = value.get(member, absent)
            if found.__class__ in PRESENT:
                return found
            if found.__class__ is list:
                return _adopted(found)
        return member_of(value, member, absent)

    return path
