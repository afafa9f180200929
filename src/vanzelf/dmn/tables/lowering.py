"""From a table as the model says it to the node that is compiled."""

from __future__ import annotations

from typing import Any

from vanzelf.dmn import definitions as dmn
from vanzelf.dmn.lowering.nodes import Broken
from vanzelf.dmn.tables.nodes import InputColumn, OutputColumn, Row, Table
from vanzelf.dmn.types import allowed as allowed_values
from vanzelf.dmn.types import shape
from vanzelf.feel import ast
from vanzelf.feel.syntax.names import Shape

# Importing it registers how tables compile.
from vanzelf.dmn.tables import compiling  # noqa: F401 isort: skip


def lower(table: dmn.DecisionTable, here: Any) -> ast.Node:
    """The table as a node. `here` parses its texts in their place (see `vanzelf.dmn.lowering`).

    An input clause without an expression tests what its label names. An empty cell is `-`, an
    empty output null. With a test that is no FEEL the whole table is null: whether its row holds
    cannot be told, so neither can which row does.
    """
    inputs = tuple(_input(clause, here) for clause in table.inputs)
    outputs = tuple(_output(clause, here) for clause in table.outputs)
    rows = tuple(_row(number, rule, table, here) for number, rule in enumerate(table.rules, 1))
    for row in rows:
        if any(isinstance(test, Broken) for test in row.tests):
            return Broken(f"a test in row {row.number} of the table is no FEEL")
    return Table(
        inputs=inputs,
        outputs=outputs,
        rows=rows,
        policy=table.hit_policy,
        aggregation=table.aggregation,
        annotations=table.annotations,
    )


def _input(clause: dmn.InputClause, here: Any) -> InputColumn:
    text = _expression_of(clause)
    foreign = here.foreign(clause.expression, f"the input {text}")
    node = foreign or here.parse(text, clause.expression.place)
    type_ref, place = clause.expression.type_ref, clause.expression.place
    asked = here.type_of(type_ref, place)
    node = here.conforming(node, type_ref, f"the input {text}", place)
    allowed = _tests(clause.allowed_values, clause, shape(asked), here)
    return InputColumn(node, allowed, text, asked)


def _expression_of(clause: dmn.InputClause) -> str:
    return clause.expression.text.strip() or (clause.label or "").strip()


def _tests(text: str | None, element: dmn.Element, tested: Shape, here: Any) -> ast.Node | None:
    """Unary tests of the value of a column; None for no tests and for `-`."""
    if text is None or text.strip() in ("", "-"):
        return None
    found: ast.Node = here.parse(text, element.place, start="unary tests", extra={"?": tested})
    return found


def _output(clause: dmn.OutputClause, here: Any) -> OutputColumn:
    name = (clause.name or clause.label or "").strip()
    kind = here.type_of(clause.type_ref, clause.place)
    allowed = _tests(clause.allowed_values, clause, shape(kind), here)
    priorities = allowed or allowed_values(kind)
    default = None
    if clause.default is not None and clause.default.text.strip():
        default = _given(clause.default, clause, here)
    return OutputColumn(name, allowed, priorities, default)


def _given(literal: dmn.Literal, clause: dmn.OutputClause, here: Any) -> ast.Node:
    if not literal.text.strip():
        return ast.Null()
    what = f"the output {clause.name or ''}".strip()
    node = here.foreign(literal, what) or here.parse(literal.text, literal.place)
    found: ast.Node = here.conforming(node, clause.type_ref, what, clause.place)
    return found


def _row(number: int, rule: dmn.Rule, table: dmn.DecisionTable, here: Any) -> Row:
    tests = tuple(
        _tests(text, rule, _shape_of(clause, here), here) or ast.UnaryTests(())
        for text, clause in zip(rule.tests, table.inputs, strict=True)
    )
    outputs = tuple(
        _given(literal, clause, here)
        for literal, clause in zip(rule.outputs, table.outputs, strict=True)
    )
    return Row(number, tests, outputs, rule.annotations, rule.place)


def _shape_of(clause: dmn.InputClause, here: Any) -> Shape:
    return shape(here.type_of(clause.expression.type_ref, clause.expression.place))
