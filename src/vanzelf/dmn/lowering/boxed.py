"""Boxed expressions to FEEL trees (DMN 1.5, 10.2.1)."""

from __future__ import annotations

from functools import singledispatch

from vanzelf.dmn import definitions as dmn
from vanzelf.dmn.lowering.external import external
from vanzelf.dmn.lowering.here import Here
from vanzelf.dmn.lowering.nodes import (
    BoxedQuantified,
    Broken,
    Condition,
    Conform,
    ContextResult,
    Row,
)
from vanzelf.dmn.lowering.shapes import shape_of
from vanzelf.dmn.tables import lower as lower_table
from vanzelf.feel import ast
from vanzelf.feel.types import ANY, SIMPLE, Type


def lower(
    expression: dmn.Expression | None, here: Here, what: str, asked: str | None = None
) -> ast.Node:
    """The tree of an expression, whose value is made to be of its own type.

    `what` names the thing whose value it is, for messages; `asked` is the type that this must
    be of besides.
    """
    if expression is None:
        return Broken(f"{what}: the model does not say what it is")
    asked = None if asked == expression.type_ref else asked
    if isinstance(expression, dmn.FunctionDefinition):
        return _function(expression, here, what, asked)
    node = _node(expression, here, what)
    for type_ref in (expression.type_ref, asked):
        node = here.conforming(node, type_ref, what, expression.place)
    return node


def _function(
    function: dmn.FunctionDefinition, here: Here, what: str, asked: str | None
) -> ast.Node:
    """A function, of the types that are said of it, or with a result of them: models say both."""
    said = [(one, here.type_of(one, function.place)) for one in (function.type_ref, asked) if one]
    results = [kind for _, kind in said if kind.base() != SIMPLE["function"]]
    node = lower_function(function, here, what, *results)
    for type_ref, kind in said:
        if kind not in results:
            node = here.conforming(node, type_ref, what, function.place)
    return node


@singledispatch
def _node(expression: dmn.Expression, here: Here, what: str) -> ast.Node:
    name = type(expression).__name__
    here.problem(expression.place, f"{what}: a {name} is not known here")
    return Broken(f"a {name} cannot be evaluated")


@_node.register
def _(literal: dmn.Literal, here: Here, what: str) -> ast.Node:
    foreign = here.foreign(literal, what)
    if foreign is not None:
        return foreign
    if not literal.text.strip():
        return Broken(f"{what}: the model does not say what it is")
    return here.parse(literal.text, literal.place)


@_node.register
def _(context: dmn.Context, here: Here, what: str) -> ast.Node:
    entries: list[ast.ContextEntry] = []
    result: ast.Node | None = None
    for entry in context.entries:
        if entry.variable is None:
            result = lower(entry.value, here, what)
            continue
        name, type_ref = entry.variable.name, entry.variable.type_ref
        inside = here.knowing({name: None}) if _is_function(entry.value) else here
        value = lower(entry.value, inside, name, type_ref)
        entries.append(ast.ContextEntry(name, value))
        here = here.knowing({name: shape_of(entry.value, type_ref, here.types)})
    if result is not None:
        return ContextResult(tuple(entries), result)
    return ast.ContextLiteral(tuple(entries))


def _is_function(expression: dmn.Expression) -> bool:
    """Whether an entry may call itself: it is a function definition."""
    if isinstance(expression, dmn.Literal):
        return expression.text.lstrip().startswith("function")
    return isinstance(expression, dmn.FunctionDefinition)


@_node.register
def _(boxed: dmn.ListExpression, here: Here, what: str) -> ast.Node:
    return ast.ListLiteral(tuple(lower(item, here, f"an item of {what}") for item in boxed.items))


@_node.register
def _(relation: dmn.Relation, here: Here, what: str) -> ast.Node:
    return ast.ListLiteral(tuple(_row(relation, row, here) for row in relation.rows))


def _row(relation: dmn.Relation, row: tuple[dmn.Expression, ...], here: Here) -> ast.Node:
    cells: list[ast.ContextEntry] = []
    for column, cell in zip(relation.columns, row, strict=False):
        value = lower(cell, here, column.name, column.type_ref)
        cells.append(ast.ContextEntry(column.name, value))
    return Row(tuple(cells))


@_node.register
def _(table: dmn.DecisionTable, here: Here, what: str) -> ast.Node:
    return lower_table(table, here)


def lower_function(
    function: dmn.FunctionDefinition, here: Here, what: str, *results: Type
) -> ast.Node:
    """A function; `results` are types that its result must be of, besides its body's own."""
    parameters = function.parameters
    if function.kind is not dmn.FunctionKind.FEEL:
        body = lower(function.body, here, what) if function.body else ast.Null()
        return external([one.name for one in parameters], body)
    names = {one.name: shape_of(None, one.type_ref, here.types) for one in parameters}
    body = lower(function.body, here.knowing(names), f"the result of {what}")
    for result in results:
        if result == ANY:
            continue
        body = Conform(body, result, str(result), f"the result of {what}")
    return ast.Function(tuple(_parameter(one, here) for one in parameters), body)


def _parameter(parameter: dmn.Variable, here: Here) -> ast.Parameter:
    if parameter.type_ref is None:
        return ast.Parameter(parameter.name)
    here.type_of(parameter.type_ref, parameter.place)  # a problem if there is none
    return ast.Parameter(parameter.name, ast.TypeName(parameter.type_ref))


@_node.register
def _(call: dmn.Invocation, here: Here, what: str) -> ast.Node:
    function = lower(call.function, here, what)
    named = tuple(
        ast.NamedArgument(one.parameter.name, _argument(one, here)) for one in call.bindings
    )
    return ast.Call(function, (), named)


def _argument(binding: dmn.Binding, here: Here) -> ast.Node:
    if binding.value is None:
        return ast.Null()
    return lower(binding.value, here, binding.parameter.name, binding.parameter.type_ref)


@_node.register
def _(choice: dmn.Conditional, here: Here, what: str) -> ast.Node:
    condition = lower(choice.condition, here, f"the condition of {what}")
    return ast.If(condition, lower(choice.then, here, what), lower(choice.otherwise, here, what))


@_node.register
def _(filtered: dmn.Filter, here: Here, what: str) -> ast.Node:
    source = lower(filtered.source, here, f"the list of {what}")
    shape = shape_of(filtered.source, None, here.types, here.names)
    inside = here.knowing({**(shape or {}), "item": shape})
    return ast.Filter(source, _node(filtered.match, inside, f"the condition of {what}"))


@_node.register
def _(loop: dmn.For, here: Here, what: str) -> ast.Node:
    iterator, inside = _iterator(loop, here, what)
    return ast.For((iterator,), lower(loop.result, inside.knowing({"partial": None}), what))


@_node.register
def _(quantified: dmn.Quantified, here: Here, what: str) -> ast.Node:
    iterator, inside = _iterator(quantified, here, what)
    condition = Condition(lower(quantified.condition, inside, f"the condition of {what}"))
    quantifier = ast.Quantifier(quantified.quantifier.value)
    return BoxedQuantified(ast.Quantified(quantifier, (iterator,), condition))


def _iterator(loop: dmn.For | dmn.Quantified, here: Here, what: str) -> tuple[ast.Iterator, Here]:
    shape = shape_of(None, loop.iterator_type_ref, here.types)
    if shape is None:
        shape = shape_of(loop.source, None, here.types, here.names)
    inside = here.knowing({loop.iterator: shape})
    if isinstance(loop.source, dmn.Literal) and ".." in loop.source.text:
        ends = here.parse_iteration(loop.source.text, loop.source.place)
        if ends is not None:
            return ast.Iterator(loop.iterator, *ends), inside
    source = lower(loop.source, here, f"the list of {what}")
    return ast.Iterator(loop.iterator, source), inside
