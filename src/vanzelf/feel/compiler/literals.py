"""Literals: constants, lists, contexts and ranges."""

from __future__ import annotations

from vanzelf.feel import ast
from vanzelf.feel.compiler.core import Compiler, Scope, compiles
from vanzelf.feel.compiler.frame import Code, Frame
from vanzelf.feel.compiler.functions import UserFunction, name_itself
from vanzelf.feel.constants import constant, make_range
from vanzelf.feel.messages import report


@compiles(ast.Null, ast.Boolean, ast.Number, ast.String, ast.AtLiteral)
def compile_constant(compiler: Compiler, node: ast.Node, scope: Scope) -> Code:
    (value,) = constant(node) or (None,)
    if value is None and isinstance(node, ast.AtLiteral):
        return lambda frame: report(f'@"{node.text}" is no date, time or duration')
    return lambda frame: value


@compiles(ast.ListLiteral)
def compile_list(compiler: Compiler, node: ast.ListLiteral, scope: Scope) -> Code:
    items = [compiler.code(item, scope) for item in node.items]
    return lambda frame: [item(frame) for item in items]


@compiles(ast.ContextLiteral)
def compile_context(compiler: Compiler, node: ast.ContextLiteral, scope: Scope) -> Code:
    """Later entries see the earlier ones; a function in an entry sees itself."""
    keys = [entry.key for entry in node.entries]
    if len(set(keys)) < len(keys):
        return lambda frame: report("a context with the same key twice")
    inner = Scope(scope)
    entries: list[tuple[str, int, Code]] = []
    for entry in node.entries:
        slot = compiler.new_slot()
        of_function = isinstance(entry.value, ast.Function)
        if of_function:
            inner.slots[entry.key] = slot
        code = compiler.code(entry.value, inner)
        inner.slots[entry.key] = slot
        entries.append((entry.key, slot, code))

    def context(frame: Frame) -> object:
        result: dict[str, object] = {}
        for key, slot, code in entries:
            value = code(frame)
            if value.__class__ is UserFunction:
                name_itself(value, key, slot)
            result[key] = frame[slot] = value
        return result

    return context


@compiles(ast.Range)
def compile_range(compiler: Compiler, node: ast.Range, scope: Scope) -> Code:
    low = compiler.code(node.low or ast.Null(), scope)
    high = compiler.code(node.high or ast.Null(), scope)
    included, form = (node.low_included, node.high_included), range_form(node)
    return lambda frame: make_range(low(frame), high(frame), *included, form)


def range_form(node: ast.Range) -> str:
    """How the range was written: `..` with two ends, or as a comparison."""
    if node.low is None:
        return "<=" if node.high_included else "<"
    if node.high is None:
        return ">=" if node.low_included else ">"
    return ".."
