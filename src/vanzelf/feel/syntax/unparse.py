"""From tree back to text, so that `parse(unparse(tree)) == tree`."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from typing import Any, Final

from vanzelf.feel import ast
from vanzelf.feel.ast import BinaryOperator as Op
from vanzelf.feel.syntax.errors import FeelSyntaxError
from vanzelf.feel.syntax.lexer import Kind, quoted, tokenize
from vanzelf.feel.syntax.types import GENERIC

ANYTHING, OR, AND, COMPARISON, ADDITION, MULTIPLICATION, POWER, UNARY, TYPED, ACCESS = range(10)
"""How strong an expression binds; one that binds weaker than its place needs goes in brackets."""

_BINARY: Final[dict[Op, int]] = {
    Op.OR: OR, Op.AND: AND, Op.ADD: ADDITION, Op.SUBTRACT: ADDITION,
    Op.MULTIPLY: MULTIPLICATION, Op.DIVIDE: MULTIPLICATION, Op.POWER: POWER,
}  # fmt: skip


def unparse(tree: ast.Node) -> str:
    """The tree as FEEL text, with no more brackets than it takes.

    Names with spaces read back the same only with those names in scope. A node of another
    package is written as its `str`.
    """
    return _unary_tests(tree) if isinstance(tree, ast.UnaryTests) else _text(tree, ANYTHING)


def _text(node: ast.Node, needed: int) -> str:
    printer = _PRINTERS.get(type(node))
    strength, text = printer(node) if printer else (ANYTHING, str(node))
    return text if strength >= needed else f"({text})"


def _listed(nodes: Iterable[ast.Node]) -> str:
    return ", ".join(_text(node, ANYTHING) for node in nodes)


def _key(name: str) -> str:
    try:
        tokens = tokenize(name)[:-1]
    except FeelSyntaxError:
        return quoted(name)
    plain = bool(tokens) and tokens[0].kind is Kind.WORD
    plain = plain and all(token.kind in (Kind.WORD, Kind.NUMBER) for token in tokens)
    plain = plain and " ".join(token.text for token in tokens) == name
    return name if plain and unicodedata.is_normalized("NFC", name) else quoted(name)


# --- literals ---------------------------------------------------------------------------------


def _number(node: ast.Number) -> tuple[int, str]:
    return (UNARY if node.value.is_signed() else ACCESS), format(node.value, "f")


def _range(node: ast.Range) -> tuple[int, str]:
    if node.low is None and node.high is not None:
        return ACCESS, f"(<{'=' * node.high_included} {_text(node.high, ANYTHING)})"
    if node.high is None and node.low is not None:
        return ACCESS, f"(>{'=' * node.low_included} {_text(node.low, ANYTHING)})"
    low, high = _text(node.low or ast.Null(), ANYTHING), _text(node.high or ast.Null(), ANYTHING)
    opening, closing = "(["[node.low_included], ")]"[node.high_included]
    return ACCESS, f"{opening}{low}..{high}{closing}"


def _context(node: ast.ContextLiteral) -> tuple[int, str]:
    entries = (f"{_key(entry.key)}: {_text(entry.value, ANYTHING)}" for entry in node.entries)
    return ACCESS, f"{{{', '.join(entries)}}}"


# --- access and operators ---------------------------------------------------------------------


def _path(node: ast.Path) -> tuple[int, str]:
    source = _text(node.source, ACCESS)
    return ACCESS, f"({source}).{node.member}" if source[0].isdigit() else f"{source}.{node.member}"


def _call(node: ast.Call) -> tuple[int, str]:
    named = (f"{argument.name}: {_text(argument.value, ANYTHING)}" for argument in node.named)
    arguments = ", ".join(named) if node.named else _listed(node.arguments)
    function = _text(node.function, ACCESS)
    if function == "function":  # a name here, and no definition
        function = "(function)"
    return ACCESS, f"{function}({arguments})"


def _binary(node: ast.Binary) -> tuple[int, str]:
    """The left spine in a loop: a chain may be longer than Python's stack is deep."""
    strength = _BINARY.get(node.operator, COMPARISON)
    parts: list[str] = []
    left: ast.Node = node
    while isinstance(left, ast.Binary) and _BINARY.get(left.operator, COMPARISON) == strength:
        parts.append(f" {left.operator} {_text(left.right, strength + 1)}")
        left = left.left
    return strength, _text(left, strength) + "".join(reversed(parts))


def _negate(node: ast.Negate) -> tuple[int, str]:
    operand = _text(node.operand, UNARY)
    return UNARY, f"-({operand})" if operand[0] in "0123456789." else f"-{operand}"


def _between(node: ast.Between) -> tuple[int, str]:
    value, low, high = node.value, node.low, node.high
    return COMPARISON, (
        f"{_text(value, COMPARISON)} between {_text(low, ADDITION)} and {_text(high, ADDITION)}"
    )


def _in(node: ast.In) -> tuple[int, str]:
    tests = ", ".join(map(_test, node.tests))
    return COMPARISON, f"{_text(node.value, COMPARISON)} in ({tests})"


def _test(node: ast.Node) -> str:
    if isinstance(node, ast.UnaryComparison):
        return f"{node.operator} {_text(node.operand, ADDITION)}"
    return _text(node, ANYTHING)


def _unary_tests(node: ast.UnaryTests) -> str:
    if not node.tests:
        return "-"
    tests = ", ".join(map(_test, node.tests))
    if node.negated:
        return f"not({tests})"
    return f"({tests})" if len(node.tests) == 1 and tests.startswith("not(") else tests


# --- control, functions and types -------------------------------------------------------------


def _if(node: ast.If) -> tuple[int, str]:
    condition, then = _text(node.condition, ANYTHING), _text(node.then, ANYTHING)
    return ANYTHING, f"if {condition} then {then} else {_text(node.otherwise, ANYTHING)}"


def _iterators(iterators: Iterable[ast.Iterator]) -> str:
    return ", ".join(map(_iterator, iterators))


def _iterator(node: ast.Iterator) -> str:
    until = f"..{_text(node.until, ADDITION)}" if node.until else ""
    return f"{node.name} in {_text(node.source, ADDITION)}{until}"


def _for(node: ast.For) -> tuple[int, str]:
    return ANYTHING, f"for {_iterators(node.iterators)} return {_text(node.result, ANYTHING)}"


def _quantified(node: ast.Quantified) -> tuple[int, str]:
    condition = _text(node.condition, ANYTHING)
    return ANYTHING, f"{node.quantifier} {_iterators(node.iterators)} satisfies {condition}"


def _function(node: ast.Function) -> tuple[int, str]:
    parameters = ", ".join(
        f"{parameter.name}: {_type(parameter.type)}" if parameter.type else parameter.name
        for parameter in node.parameters
    )
    external = " external" if node.external else ""
    return ANYTHING, f"function({parameters}){external} {_text(node.body, ANYTHING)}"


def _instance_of(node: ast.InstanceOf) -> tuple[int, str]:
    """In brackets where a `<` could follow that would be read as part of the type."""
    open_ended = isinstance(node.type, ast.TypeName) and node.type.name in GENERIC
    text = f"{_text(node.value, TYPED)} instance of {_type(node.type)}"
    return (ANYTHING if open_ended else TYPED), text


def _type(node: ast.Node) -> str:
    match node:
        case ast.TypeName(name=name):
            return name
        case ast.ListType(element=element):
            return f"list<{_type(element)}>"
        case ast.RangeType(element=element):
            return f"range<{_type(element)}>"
        case ast.ContextType(entries=entries):
            return f"context<{', '.join(f'{name}: {_type(member)}' for name, member in entries)}>"
        case ast.FunctionType(parameters=parameters, result=result):
            return f"function<{', '.join(map(_type, parameters))}> -> {_type(result)}"
    raise TypeError(f"not a type: {node!r}")


_PRINTERS: Final[dict[type[ast.Node], Callable[[Any], tuple[int, str]]]] = {
    ast.Null: lambda node: (ACCESS, "null"),
    ast.Boolean: lambda node: (ACCESS, "true" if node.value else "false"),
    ast.Number: _number,
    ast.String: lambda node: (ACCESS, quoted(node.value)),
    ast.AtLiteral: lambda node: (ACCESS, f"@{quoted(node.text)}"),
    ast.ListLiteral: lambda node: (ACCESS, f"[{_listed(node.items)}]"),
    ast.ContextLiteral: _context,
    ast.Range: _range,
    ast.Name: lambda node: (ACCESS, node.name),
    ast.Input: lambda node: (ACCESS, "?"),
    ast.Path: _path,
    ast.Filter: lambda node: (
        ACCESS,
        f"{_text(node.source, ACCESS)}[{_text(node.condition, ANYTHING)}]",
    ),
    ast.Call: _call,
    ast.Binary: _binary,
    ast.Negate: _negate,
    ast.Between: _between,
    ast.In: _in,
    ast.UnaryComparison: lambda node: (ACCESS, f"({_test(node)})"),
    ast.If: _if,
    ast.For: _for,
    ast.Quantified: _quantified,
    ast.Function: _function,
    ast.InstanceOf: _instance_of,
}
