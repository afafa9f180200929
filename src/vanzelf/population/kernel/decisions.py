"""Lowering of decisions of DMN files, with their tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from vanzelf.dmn.lowering.nodes import Conform
from vanzelf.dmn.tables import Table
from vanzelf.feel import UNKNOWN, ast
from vanzelf.feel import compile as compile_feel
from vanzelf.feel.syntax.height import children
from vanzelf.feel.types import Simple
from vanzelf.population.kernel import coded
from vanzelf.population.kernel.column import EPOCH
from vanzelf.population.kernel.lowering import HANDLERS, HOLE, Lowering
from vanzelf.population.kernel.values import (
    CODED,
    DATE,
    FINITE,
    NUMBER,
    TRUTH,
    Part,
    Refused,
    Scope,
    Value,
    folded,
)
from vanzelf.rights.decided import Decided

_OWN = {"boolean": TRUTH, "number": NUMBER, "date": DATE}


def decided(lowering: Lowering, node: Decided, scope: Scope) -> Part:
    """What the decision requires, in order, and then itself; the model has names of its own."""
    inner = Scope({}, {})
    named = [(one.name, lowering.part(one.value, scope)) for one in node.arguments]
    for name, part in named:
        inner = _bound(inner, name, part)
    for name, tree in node.steps.required:
        inner = _bound(inner, name, lowering.part(tree, inner))
    return lowering.part(node.steps.result, inner)


def _bound(scope: Scope, name: str, part: Part) -> Scope:
    if isinstance(part, Value) and part.constant:
        return replace(scope, constants={**scope.constants, name: part.constant[0]})
    return scope.with_parts({name: part})


def conform(lowering: Lowering, node: Conform, scope: Scope) -> Part:
    """A value where a type is asked: of few values each is looked at; others are of their type."""
    part = lowering.part(node.value, scope)
    if not isinstance(part, Value):
        return part
    base = str(node.type.base())
    plain = isinstance(node.type, Simple) and (base == "Any" or _OWN.get(base) == part.kind)
    if plain:
        return part
    if part.kind in FINITE:
        hole = replace(node, value=ast.Name(HOLE))
        return lowering.mapped(node, part, hole, scope, part.kind)
    raise Refused(node, f"{node.what} must be {node.asked}", "leave out the allowed values")


def table(lowering: Lowering, node: Table, scope: Scope) -> Value:
    """A table of which cells and outputs are the same for everyone."""
    for row in node.rows:
        for part in (*row.tests, *row.outputs):
            if lowering.differs(part, scope):
                raise Refused(
                    part,
                    f"rule {row.number} gives or tests what differs between people",
                    "make it an input of the table",
                )
    values = [lowering.value(one.expression, scope) for one in node.inputs]
    level, found = lowering.builder.together(node, *values)
    inputs = tuple(
        coded.Tested(step, _points(node, place, scope, value), value.kind == DATE)
        for place, (step, value) in enumerate(zip(found, values, strict=True))
    )
    holes = [
        replace(one, expression=ast.Name(f"{HOLE}{place}")) for place, one in enumerate(node.inputs)
    ]
    tree = replace(node, inputs=tuple(holes))
    run, constants = compile_feel(tree, absent=UNKNOWN), dict(scope.constants)

    def function(given: Sequence[object]) -> object:
        named = {f"{HOLE}{place}": value for place, value in enumerate(given)}
        value = run({**constants, **named})
        if coded.is_kept(value):
            return value
        raise Refused(node, "the table gives a list or several outputs", "give one value")

    step = coded.Table(inputs, function, (tree, lowering.used(tree, scope)), level)
    return Value(lowering.graph.add(step), CODED)


def _points(node: Table, place: int, scope: Scope, value: Value) -> tuple[Fraction, ...]:
    """The numbers and days that a column of cells speaks of."""
    if value.kind not in (NUMBER, DATE):
        return ()
    allowed = node.inputs[place].allowed
    tests = [row.tests[place] for row in node.rows] + ([allowed] if allowed else [])
    found = {point for test in tests for point in _spoken(test, scope)}
    return tuple(sorted(found))


def _spoken(test: ast.Node, scope: Scope) -> Iterator[Fraction]:
    if isinstance(test, ast.UnaryTests | ast.UnaryComparison | ast.Range):
        for inner in children(test):
            yield from _spoken(inner, scope)
        return
    if any(isinstance(one, ast.Input) for one in _all(test)):
        raise Refused(test, "a cell that calculates with the value", "compare it with a value")
    value = folded(test, scope)
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, Decimal):
            yield Fraction(one)
        elif isinstance(one, date):
            yield Fraction(one.toordinal() - EPOCH)


def _all(node: ast.Node) -> Iterator[ast.Node]:
    yield node
    for child in children(node):
        yield from _all(child)


HANDLERS[Decided] = decided
HANDLERS[Conform] = conform
HANDLERS[Table] = table
