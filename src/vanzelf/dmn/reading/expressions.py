"""Boxed expressions: what each element is read to (DMN 1.5, 7.3 and 10.2)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from vanzelf.dmn.definitions import (
    Binding,
    Conditional,
    Context,
    ContextEntry,
    Expression,
    Filter,
    For,
    FunctionDefinition,
    FunctionKind,
    Invocation,
    ListExpression,
    Literal,
    Quantified,
    Quantifier,
    Relation,
    Variable,
)
from vanzelf.dmn.reading.node import Node
from vanzelf.dmn.reading.type_names import type_ref
from vanzelf.dmn.reading.versions import FEEL


def inner_expressions(node: Node) -> list[Node]:
    """The elements inside this one that are expressions."""
    return [child for child in node.children() if child.name in READERS]


def optional_expression(node: Node) -> Expression | None:
    """The expression inside this element, if there is one; a second is a problem."""
    found = inner_expressions(node)
    for extra in found[1:]:
        extra.problem(f"<{node.name}> has more than one expression")
    return expression(found[0]) if found else None


def only_expression(node: Node) -> Expression:
    """The expression that must stand inside this element."""
    found = optional_expression(node)
    if found is None:
        node.problem(f"<{node.name}> has no expression", "for instance a <literalExpression>")
    return found or Literal("", place=node.place)


def expression(node: Node) -> Expression:
    return READERS[node.name](node)


def variable(node: Node) -> Variable:
    return Variable(node.required("name"), type_ref(node), **node.common())


def literal(node: Node) -> Literal:
    """A text; of one that stands elsewhere (`importedValues`) only its language is known."""
    language = node.get("expressionLanguage") or node.source.language
    imported = node.child("importedValues")
    if imported is not None:
        language = imported.get("importType") or language
    return Literal(
        node.child_text("text") or "",
        None if language in FEEL else language,
        type_ref=type_ref(node),
        **node.common(),
    )


def context(node: Node) -> Context:
    entries = tuple(context_entry(entry) for entry in node.children("contextEntry"))
    return Context(entries, type_ref=type_ref(node), **node.common())


def context_entry(node: Node) -> ContextEntry:
    name = node.child("variable")
    return ContextEntry(name and variable(name), only_expression(node), **node.common())


def list_expression(node: Node) -> ListExpression:
    items = tuple(map(expression, inner_expressions(node)))
    return ListExpression(items, type_ref=type_ref(node), **node.common())


def relation(node: Node) -> Relation:
    columns = tuple(map(variable, node.children("column")))
    rows = []
    for row in node.children("row"):
        cells = tuple(map(expression, inner_expressions(row)))
        if len(cells) != len(columns):
            row.problem(f"this row has {len(cells)} cells for {len(columns)} columns")
        rows.append(cells)
    return Relation(columns, tuple(rows), type_ref=type_ref(node), **node.common())


_KINDS: Final = {
    **{kind.value.upper(): kind for kind in FunctionKind},
    "F": FunctionKind.FEEL,
    "J": FunctionKind.JAVA,
    "P": FunctionKind.PMML,
}


def function_definition(node: Node) -> FunctionDefinition:
    return FunctionDefinition(
        tuple(map(variable, node.children("formalParameter"))),
        optional_expression(node),
        _function_kind(node),
        type_ref=type_ref(node),
        **node.common(),
    )


def _function_kind(node: Node) -> FunctionKind:
    """In DMN 1.1 a kind is a letter, in an attribute of the tool that wrote it."""
    elsewhere = (value for key, value in node.tag.attributes.items() if key.endswith("\nkind"))
    written = node.get("kind") or next(elsewhere, FunctionKind.FEEL.value)
    kind = _KINDS.get(written.upper())
    if kind is None:
        node.problem(f"a function of the kind {written!r}", "it is FEEL, Java or PMML")
    return kind or FunctionKind.FEEL


def invocation(node: Node) -> Invocation:
    bindings = tuple(map(binding, node.children("binding")))
    return Invocation(only_expression(node), bindings, type_ref=type_ref(node), **node.common())


def binding(node: Node) -> Binding:
    parameter = node.child("parameter")
    if parameter is None:
        node.problem("<binding> has no <parameter>")
    name = Variable("") if parameter is None else variable(parameter)
    return Binding(name, optional_expression(node), place=node.place)


def part(node: Node, name: str) -> Expression:
    """The expression in a part of this element, such as the `then` of a conditional."""
    found = node.child(name)
    if found is None:
        node.problem(f"<{node.name}> has no <{name}>")
        return Literal("", place=node.place)
    return only_expression(found)


def conditional(node: Node) -> Conditional:
    return Conditional(
        part(node, "if"),
        part(node, "then"),
        part(node, "else"),
        type_ref=type_ref(node),
        **node.common(),
    )


def filtered(node: Node) -> Filter:
    return Filter(part(node, "in"), part(node, "match"), type_ref=type_ref(node), **node.common())


def iterator_type_ref(node: Node) -> str | None:
    domain = node.child("in")
    return None if domain is None else type_ref(domain)


def iterated(node: Node) -> For:
    return For(
        node.required("iteratorVariable"),
        part(node, "in"),
        part(node, "return"),
        iterator_type_ref(node),
        type_ref=type_ref(node),
        **node.common(),
    )


def quantified(node: Node) -> Quantified:
    return Quantified(
        Quantifier(node.name),
        node.required("iteratorVariable"),
        part(node, "in"),
        part(node, "satisfies"),
        iterator_type_ref(node),
        type_ref=type_ref(node),
        **node.common(),
    )


READERS: Final[dict[str, Callable[[Node], Expression]]] = {
    "literalExpression": literal,
    "context": context,
    "list": list_expression,
    "relation": relation,
    "functionDefinition": function_definition,
    "invocation": invocation,
    "conditional": conditional,
    "filter": filtered,
    "for": iterated,
    "some": quantified,
    "every": quantified,
}
"""Element → reader. Decision tables add themselves (tables.py)."""
