"""Boxed expressions → XML, in the order of the schema (DMN 1.5, 7.3 and 10.2)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from vanzelf.dmn.definitions import (
    Conditional,
    Context,
    DecisionTable,
    Expression,
    Filter,
    For,
    FunctionDefinition,
    FunctionKind,
    Invocation,
    ListExpression,
    Literal,
    Quantified,
    Relation,
    Variable,
)
from vanzelf.dmn.writing.element import Out
from vanzelf.dmn.writing.tables import decision_table, literal


def expression(out: Out, said: Expression | None) -> None:
    """Write this expression into `out`."""
    if said is not None:
        WRITERS[type(said)](out, said)


def variable(out: Out, name: str, said: Variable) -> None:
    out.child(name, said, name=said.name, typeRef=said.type_ref)


def context(out: Out, said: Context) -> None:
    inner = out.child("context", said, typeRef=said.type_ref)
    for each in said.entries:
        entry = inner.child("contextEntry", each)
        if each.variable is not None:
            variable(entry, "variable", each.variable)
        expression(entry, each.value)


def list_expression(out: Out, said: ListExpression) -> None:
    inner = out.child("list", said, typeRef=said.type_ref)
    for each in said.items:
        expression(inner, each)


def relation(out: Out, said: Relation) -> None:
    inner = out.child("relation", said, typeRef=said.type_ref)
    for column in said.columns:
        variable(inner, "column", column)
    for row in said.rows:
        cells = inner.child("row")
        for cell in row:
            expression(cells, cell)


def function_definition(
    out: Out, said: FunctionDefinition, name: str = "functionDefinition"
) -> None:
    kind = None if said.kind is FunctionKind.FEEL else said.kind.value
    inner = out.child(name, said, typeRef=said.type_ref, kind=kind)
    for parameter in said.parameters:
        variable(inner, "formalParameter", parameter)
    expression(inner, said.body)


def invocation(out: Out, said: Invocation) -> None:
    inner = out.child("invocation", said, typeRef=said.type_ref)
    expression(inner, said.function)
    for each in said.bindings:
        binding = inner.child("binding")
        variable(binding, "parameter", each.parameter)
        expression(binding, each.value)


def conditional(out: Out, said: Conditional) -> None:
    inner = out.child("conditional", said, typeRef=said.type_ref)
    expression(inner.child("if"), said.condition)
    expression(inner.child("then"), said.then)
    expression(inner.child("else"), said.otherwise)


def filtered(out: Out, said: Filter) -> None:
    inner = out.child("filter", said, typeRef=said.type_ref)
    expression(inner.child("in"), said.source)
    expression(inner.child("match"), said.match)


def iterated(out: Out, said: For) -> None:
    inner = iterator(out, "for", said)
    expression(inner.child("return"), said.result)


def quantified(out: Out, said: Quantified) -> None:
    inner = iterator(out, said.quantifier.value, said)
    expression(inner.child("satisfies"), said.condition)


def iterator(out: Out, name: str, said: For | Quantified) -> Out:
    inner = out.child(name, said, typeRef=said.type_ref, iteratorVariable=said.iterator)
    expression(inner.child("in", typeRef=said.iterator_type_ref), said.source)
    return inner


WRITERS: Final[dict[type[Expression], Callable[[Out, Any], None]]] = {
    Literal: literal,
    Context: context,
    ListExpression: list_expression,
    Relation: relation,
    FunctionDefinition: function_definition,
    Invocation: invocation,
    Conditional: conditional,
    Filter: filtered,
    For: iterated,
    Quantified: quantified,
    DecisionTable: decision_table,
}
"""Expression → writer."""
