"""Types: `instance of`, and the types of parameters."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from vanzelf.feel import ast
from vanzelf.feel.compiler.core import Compiler, Scope, compiles
from vanzelf.feel.compiler.frame import Code
from vanzelf.feel.values.functions import FeelFunction
from vanzelf.feel.values.kinds import kind
from vanzelf.feel.values.logic import Truth, conjunction
from vanzelf.feel.values.ranges import Range
from vanzelf.feel.values.unknown import Unknown

Type = Callable[[object], Truth]
"""Whether a value is of the type."""

_ALIASES: Final = {
    "dateTime": "date and time",
    "dayTimeDuration": "days and time duration",
    "yearMonthDuration": "years and months duration",
    "days and time duration": "days and time duration",
}
_SIMPLE: Final = frozenset(
    {
        "number", "string", "boolean", "date", "time", "date and time", "list", "context",
        "days and time duration", "years and months duration", "range", "function",
    }
)  # fmt: skip


@compiles(ast.InstanceOf)
def compile_instance_of(compiler: Compiler, node: ast.InstanceOf, scope: Scope) -> Code:
    value, expected = compiler.code(node.value, scope), compile_type(node.type)
    return lambda frame: expected(value(frame))


def compile_type(node: ast.Node) -> Type:
    """The type as a test. A type that FEEL does not know, and so cannot refuse, is null."""
    if isinstance(node, ast.TypeName):
        return _named(node.name)
    if isinstance(node, ast.ListType):
        return _list_of(compile_type(node.element))
    if isinstance(node, ast.RangeType):
        return _range_of(compile_type(node.element))
    if isinstance(node, ast.ContextType):
        return _context_of({name: compile_type(member) for name, member in node.entries})
    assert isinstance(node, ast.FunctionType)
    return _function_of(len(node.parameters))


def _unless_unknown(test: Callable[[object], Truth]) -> Type:
    return lambda value: value.plain() if isinstance(value, Unknown) else test(value)


def _named(name: str) -> Type:
    if name == "Any":
        return _unless_unknown(lambda value: value is not None)
    if name in ("Null", "null"):
        return _unless_unknown(lambda value: value is None)
    expected = _ALIASES.get(name, name)
    if expected not in _SIMPLE:
        return lambda value: None
    return _unless_unknown(lambda value: kind(value) == expected)


def _all(tests: list[Truth]) -> Truth:
    result: Truth = True
    for found in tests:
        result = conjunction(result, found)
    return result


def _list_of(element: Type) -> Type:
    return _unless_unknown(
        lambda value: isinstance(value, list) and _all([_or_null(element, e) for e in value])
    )


def _or_null(expected: Type, value: object) -> Truth:
    """Null is a value of every type when it stands inside another."""
    return True if value is None else expected(value)


def _range_of(element: Type) -> Type:
    def test(value: object) -> Truth:
        if not isinstance(value, Range):
            return False
        return _all([_or_null(element, value.low), _or_null(element, value.high)])

    return _unless_unknown(test)


def _context_of(members: dict[str, Type]) -> Type:
    def test(value: object) -> Truth:
        if not isinstance(value, dict) or not members.keys() <= value.keys():
            return False
        return _all([_or_null(member, value[name]) for name, member in members.items()])

    return _unless_unknown(test)


def _function_of(count: int) -> Type:
    def test(value: object) -> Truth:
        if not isinstance(value, FeelFunction):
            return False
        return value.parameters is None or len(value.parameters) == count

    return _unless_unknown(test)


def coerce(value: object, expected: Type) -> tuple[object, bool]:
    """A value as a parameter of that type takes it, and whether it fits (DMN 1.5, 10.3.2.9.4).

    A list of one may stand for its element, an element for a list of one.
    """
    if value is None or expected(value) is not False:
        return value, True
    if isinstance(value, list) and len(value) == 1 and expected(value[0]) is not False:
        return value[0], True
    if expected([value]) is True:
        return [value], True
    return None, False
