"""What FEEL has no node for: nodes of decision models, and how they compile."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from vanzelf.feel import ast
from vanzelf.feel.compiler.functions import name_itself
from vanzelf.feel.extending import Code, Compiler, Frame, Scope, compiles, report
from vanzelf.feel.syntax.unparse import unparse
from vanzelf.feel.types import Simple, Type, coerce
from vanzelf.feel.values.kinds import kind
from vanzelf.feel.values.unknown import Unknown


@dataclass(frozen=True, slots=True)
class Broken(ast.Node):
    """What the model says cannot be evaluated: null, with the reason as a message."""

    reason: str

    def __str__(self) -> str:
        return "null"


@compiles(Broken)
def compile_broken(compiler: Compiler, node: Broken, scope: Scope) -> Code:
    return lambda frame: report(node.reason)


@dataclass(frozen=True, slots=True)
class Conform(ast.Node):
    """A value where a type is asked (DMN 1.5, 10.3.2.9.4): null if it does not conform.

    `asked` is the type's name in the model, `what` the thing that must be of it.
    """

    value: ast.Node
    type: Type = field(compare=False)
    asked: str
    what: str

    def __str__(self) -> str:
        return unparse(self.value)


@compiles(Conform)
def compile_conform(compiler: Compiler, node: Conform, scope: Scope) -> Code:
    value, expected = compiler.code(node.value, scope), node.type
    own_class = OWN_CLASS.get(str(expected)) if isinstance(expected, Simple) else None

    def run(frame: Frame) -> object:
        found = value(frame)
        if found.__class__ is own_class:
            return found
        taken, fits = coerce(found, expected)
        return taken if fits else report(unfit(node.what, found, node.asked))

    return run


OWN_CLASS: Final = {"number": Decimal, "string": str, "boolean": bool}
"""Types whose values are those of one Python class, and all of them: no more to be looked at."""


def unfit(what: str, value: object, asked: str) -> str:
    """Says that a value is not of the type that is asked."""
    return f"{what}: this {kind(value)} is not of type {asked}"


@dataclass(frozen=True, slots=True)
class ContextResult(ast.Node):
    """A boxed context with a last entry that has no name: that entry's value (10.4)."""

    entries: tuple[ast.ContextEntry, ...]
    result: ast.Node

    def __str__(self) -> str:
        named = unparse(ast.ContextLiteral(self.entries))
        return f"{named[:-1]}{', ' if self.entries else ''}{unparse(self.result)}}}"


@compiles(ContextResult)
def compile_context_result(compiler: Compiler, node: ContextResult, scope: Scope) -> Code:
    inner = Scope(scope)
    entries: list[tuple[str, int, Code]] = []
    for entry in node.entries:
        slot = compiler.new_slot()
        if isinstance(entry.value, ast.Function):
            inner.slots[entry.key] = slot
        code = compiler.code(entry.value, inner)
        inner.slots[entry.key] = slot
        entries.append((entry.key, slot, code))
    result = compiler.code(node.result, inner)

    def run(frame: Frame) -> object:
        for key, slot, code in entries:
            frame[slot] = value = code(frame)
            name_itself(value, key, slot)
        return result(frame)

    return run


@dataclass(frozen=True, slots=True)
class Row(ast.Node):
    """A row of a relation: a context of which no cell sees another."""

    cells: tuple[ast.ContextEntry, ...]

    def __str__(self) -> str:
        return unparse(ast.ContextLiteral(self.cells))


@compiles(Row)
def compile_row(compiler: Compiler, node: Row, scope: Scope) -> Code:
    cells = [(cell.key, compiler.code(cell.value, scope)) for cell in node.cells]
    return lambda frame: {key: code(frame) for key, code in cells}


class NoTruth(Exception):
    """The condition of a boxed quantifier gave something else than true, false or null."""


@dataclass(frozen=True, slots=True)
class Condition(ast.Node):
    """The condition of a boxed quantifier, which ends it when it is no truth."""

    value: ast.Node

    def __str__(self) -> str:
        return unparse(self.value)


@compiles(Condition)
def compile_condition(compiler: Compiler, node: Condition, scope: Scope) -> Code:
    """In rights mode `some` and `every` are Kleene's, so that unknowns never take back a truth."""
    value = compiler.code(node.value, scope)
    if compiler.absent is not None:
        return value

    def run(frame: Frame) -> object:
        found = value(frame)
        if found is None or isinstance(found, bool | Unknown):
            return found
        raise NoTruth(kind(found))

    return run


@dataclass(frozen=True, slots=True)
class BoxedQuantified(ast.Node):
    """A boxed `some` or `every` (10.2.1.13): null as soon as its condition gives no truth."""

    quantified: ast.Quantified

    def __str__(self) -> str:
        return unparse(self.quantified)


@compiles(BoxedQuantified)
def compile_boxed_quantified(compiler: Compiler, node: BoxedQuantified, scope: Scope) -> Code:
    quantified = compiler.code(node.quantified, scope)

    def run(frame: Frame) -> object:
        try:
            return quantified(frame)
        except NoTruth as found:
            return report(f"the condition of `{node.quantified.quantifier}` is a {found}")

    return run
