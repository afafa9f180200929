"""Calls: of functions in general, and of built-ins by the shortest way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, Final

from vanzelf.feel import ast
from vanzelf.feel.builtins.library import LIBRARY
from vanzelf.feel.builtins.registry import BuiltIn
from vanzelf.feel.compiler.core import Compiler, Scope, compiles
from vanzelf.feel.compiler.frame import Code, Frame
from vanzelf.feel.compiler.functions import invoke
from vanzelf.feel.constants import constant
from vanzelf.feel.limits import CHARACTERS
from vanzelf.feel.messages import report
from vanzelf.feel.values.durations import YearsMonths
from vanzelf.feel.values.functions import FeelFunction
from vanzelf.feel.values.kinds import KINDS
from vanzelf.feel.values.numbers import ARITHMETIC_ERRORS

_CONVERSIONS = frozenset({"date", "time", "date and time", "duration", "number"})
"""Built-ins whose result for literals is computed once, when compiling."""


@compiles(ast.Call)
def compile_call(compiler: Compiler, node: ast.Call, scope: Scope) -> Code:
    if node.named:
        return _named_call(compiler, node, scope)
    arguments = [compiler.code(argument, scope) for argument in node.arguments]
    callee = compiler.code(node.function, scope)

    def general(frame: Frame) -> object:
        return invoke(callee(frame), [code(frame) for code in arguments])

    own = _built_in(node.function, scope)
    if own is None:
        return general
    own_call = _folded(own, node) or _short(own, arguments) or _in_full(own, arguments)
    name = own.name
    # a context may give the name another meaning
    return lambda frame: own_call(frame) if name not in frame[0] else general(frame)


def _built_in(function: ast.Node, scope: Scope) -> BuiltIn | None:
    if isinstance(function, ast.Name) and scope.find(function.name) is None:
        return LIBRARY.get(function.name)
    return None


def _folded(own: BuiltIn, node: ast.Call) -> Code | None:
    """A conversion of literals, such as `date("2026-01-15")`, done once."""
    known = [constant(argument) for argument in node.arguments]
    if own.name not in _CONVERSIONS or None in known:
        return None
    value = own.call([argument for found in known if found for argument in found])
    return None if value is None else lambda frame: value


def _in_full(own: BuiltIn, arguments: list[Code]) -> Code:
    return lambda frame: own.call([code(frame) for code in arguments])


# --- the short way ----------------------------------------------------------------------------

_SIZED: Final = frozenset({str, list, dict})
_LEAVES: Final = frozenset({Decimal, str, bool, date, YearsMonths, type(None)})
_FEW: Final = 32
"""Members of a list that are looked through before the short way is taken."""

Ready = Callable[[Any], bool]


def _short(own: BuiltIn, arguments: list[Code]) -> Code | None:
    """The Python function at once, where the arguments are of just the kinds it takes.

    Small arguments without unknowns, as they are nearly always; else the call goes in full.
    """
    signature = own.fitting(len(arguments))
    if signature is None or not 1 <= len(arguments) <= 2:
        return None
    python = signature.python
    ready = [
        _ready(parameter.kinds, signature.sees_unknown)
        for parameter in signature.parameters[: len(arguments)]
    ]
    if len(arguments) == 2:
        return _short_of_two(own, python, arguments, ready)
    (argument,), (fits,) = arguments, ready

    def run(frame: Frame) -> object:
        value = argument(frame)
        if fits(value):
            try:
                return python(value)
            except ARITHMETIC_ERRORS:
                pass  # the call in full says why it is null
        return own.call([value])

    return run


def _short_of_two(
    own: BuiltIn, python: Callable[..., object], arguments: list[Code], ready: list[Ready]
) -> Code:
    first, second = arguments
    first_fits, second_fits = ready

    def run(frame: Frame) -> object:
        one, other = first(frame), second(frame)
        if first_fits(one) and second_fits(other):
            try:
                return python(one, other)
            except ARITHMETIC_ERRORS:
                pass  # the call in full says why it is null
        return own.call([one, other])

    return run


def _ready(kinds: frozenset[str] | None, sees_unknown: bool) -> Ready:
    """Whether a value is of one of the kinds, small, and without unknowns in it."""
    classes = {
        c for c, kind in KINDS.items() if c in _LEAVES | _SIZED and (not kinds or kind in kinds)
    }
    atoms = frozenset(classes - _SIZED)
    if not classes & _SIZED:
        return lambda value: value.__class__ in atoms
    if classes == {str}:
        return lambda value: value.__class__ is str and len(value) < CHARACTERS

    def ready(value: Any) -> bool:
        if value.__class__ is list and list in classes:
            return len(value) <= _FEW and (sees_unknown or _all_leaves(value))
        if value.__class__ is str:
            return str in classes and len(value) < CHARACTERS
        return value.__class__ in atoms

    return ready


def _all_leaves(values: list[object]) -> bool:
    for value in values:  # noqa: SIM110 - `all` takes three times as long for a few
        if value.__class__ not in _LEAVES:
            return False
    return True


def _named_call(compiler: Compiler, node: ast.Call, scope: Scope) -> Code:
    callee = compiler.code(node.function, scope)
    named = [(argument.name, compiler.code(argument.value, scope)) for argument in node.named]
    if len({name for name, _ in named}) < len(named):
        return lambda frame: report("the same argument twice")

    def run(frame: Frame) -> object:
        function = callee(frame)
        arguments = {name: code(frame) for name, code in named}
        if isinstance(function, FeelFunction):
            return function.call_named(arguments)
        return invoke(function, list(arguments.values()))

    return run
