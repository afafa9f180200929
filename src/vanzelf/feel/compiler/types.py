"""`instance of`, and types as a text writes them."""

from __future__ import annotations

from collections.abc import Callable

from vanzelf.feel import ast
from vanzelf.feel.compiler.core import Compiler, Scope, compiles
from vanzelf.feel.compiler.frame import Code
from vanzelf.feel.messages import report
from vanzelf.feel.types import (
    SIMPLE,
    ContextOf,
    FunctionOf,
    ListOf,
    RangeOf,
    Type,
    Undetermined,
    unconstrained,
)


@compiles(ast.InstanceOf)
def compile_instance_of(compiler: Compiler, node: ast.InstanceOf, scope: Scope) -> Code:
    value = compiler.code(node.value, scope)
    expected = unconstrained(compile_type(compiler, node.type))
    if isinstance(expected, Undetermined):
        return lambda frame: report(f"there is no type {expected}")
    return lambda frame: expected.includes(value(frame))


def compile_type(compiler: Compiler, node: ast.Node) -> Type:
    """The type that a text names; one that neither FEEL nor the model knows is undetermined."""
    return type_of(node, lambda name: compiler.types.get(name) or Undetermined(name))


def type_of(node: ast.Node, named: Callable[[str], Type]) -> Type:
    """The type that a tree says; `named` gives the types that are not FEEL's own."""
    match node:
        case ast.TypeName(name=name):
            return SIMPLE.get(name) or named(name)
        case ast.ListType(element=element):
            return ListOf(type_of(element, named))
        case ast.RangeType(element=element):
            return RangeOf(type_of(element, named))
        case ast.ContextType(entries=entries):
            return ContextOf({name: type_of(member, named) for name, member in entries})
        case ast.FunctionType(parameters=parameters, result=result):
            taken = tuple(type_of(parameter, named) for parameter in parameters)
            return FunctionOf(taken, type_of(result, named))
    raise TypeError(f"not a type: {node!r}")
