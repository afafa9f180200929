"""What is known of a value's members before anything is evaluated, so that their names can be read.

A declared type says it; without one, the form of the expression does.
"""

from __future__ import annotations

from collections.abc import Mapping

from vanzelf import feel
from vanzelf.dmn import definitions as dmn
from vanzelf.dmn.types import Types, shape
from vanzelf.feel import ast
from vanzelf.feel.syntax.names import Shape, merged


def shape_of(
    expression: dmn.Expression | None,
    type_ref: str | None,
    types: Types,
    names: Mapping[str, Shape] | None = None,
) -> Shape:
    """The members' names of a value of this type, that this expression gives; None if unknown."""
    for declared in (type_ref, expression.type_ref if expression else None):
        known = shape(types[declared]) if declared is not None and declared in types else None
        if known is not None:
            return known
    return _of(expression, types, names or {})


def _of(expression: dmn.Expression | None, types: Types, names: Mapping[str, Shape]) -> Shape:
    match expression:
        case dmn.Context(entries=entries):
            return _of_context(entries, types, names)
        case dmn.Relation(columns=columns):
            return {one.name: shape_of(None, one.type_ref, types) for one in columns}
        case dmn.ListExpression(items=items):
            return merged(shape_of(item, None, types, names) for item in items)
        case dmn.DecisionTable(outputs=outputs) if len(outputs) > 1:
            return {one.name or "": shape_of(None, one.type_ref, types) for one in outputs}
        case dmn.Conditional(then=then, otherwise=otherwise):
            return merged(shape_of(one, None, types, names) for one in (then, otherwise))
        case dmn.Filter(source=source):
            return shape_of(source, None, types, names)
        case dmn.For(result=result):
            return shape_of(result, None, types, names)
        case dmn.Literal(text=text):
            return _of_text(text, names)
    return None


def _of_context(
    entries: tuple[dmn.ContextEntry, ...], types: Types, names: Mapping[str, Shape]
) -> Shape:
    known: dict[str, Shape] = {}
    for entry in entries:
        type_ref = entry.variable.type_ref if entry.variable else None
        found = shape_of(entry.value, type_ref, types, {**names, **known})
        if entry.variable is None:
            return found
        known[entry.variable.name] = found
    return known


def _of_text(text: str, names: Mapping[str, Shape]) -> Shape:
    try:
        return _of_tree(feel.parse(text, names), names)
    except feel.FeelSyntaxError:
        return None


def _of_tree(tree: ast.Node, names: Mapping[str, Shape]) -> Shape:
    match tree:
        case ast.Name(name=name):
            return names.get(name)
        case ast.Path(source=source, member=member):
            return (_of_tree(source, names) or {}).get(member)
        case ast.Filter(source=source):
            return _of_tree(source, names)
        case ast.If(then=then, otherwise=otherwise):
            return merged([_of_tree(then, names), _of_tree(otherwise, names)])
        case ast.ListLiteral(items=items):
            return merged(_of_tree(item, names) for item in items)
        case ast.ContextLiteral(entries=entries):
            return {entry.key: _of_tree(entry.value, names) for entry in entries}
        case ast.For(result=result):
            return _of_tree(result, names)
    return None
