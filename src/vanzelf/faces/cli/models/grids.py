"""A decision table as it was evaluated: its rows, which cells held, and the row that fired."""

from __future__ import annotations

from collections.abc import Sequence

from vanzelf import feel
from vanzelf.dmn.tables import Row, Table
from vanzelf.faces.cli.models.columns import columns
from vanzelf.feel import Trace, Unknown, ast, unparse

_FIRED, _MAY = "→", "?"
_EVERYTHING = "-"
_MOST = 40
"""Rows shown; of a longer table, those that held or may hold."""


def grid(trace: Trace) -> list[str] | None:
    """The lines of a table's trace; None for the trace of anything else."""
    table = trace.node
    if not isinstance(table, Table):
        return None
    rows = {part.node.number: part for part in trace.parts if isinstance(part.node, Row)}
    shown = [row for row in table.rows if len(table.rows) <= _MOST or _mark(rows.get(row.number))]
    cells = [_heads(table, trace), *(_cells(row, rows.get(row.number)) for row in shown)]
    left = len(table.rows) - len(shown)
    more = [f"  ({left} more rows, which do not hold)"] if left else []
    return [f"{table}", *columns(cells, indent=""), *more]


def _heads(table: Table, trace: Trace) -> Sequence[str]:
    values = {id(part.node): part.value for part in trace.parts}
    inputs = (
        f"{column} = {_text(values[id(column.expression)])}"
        if id(column.expression) in values
        else f"{column}"
        for column in table.inputs
    )
    return ("", "", *inputs, *(f"‖ {column}".rstrip() for column in table.outputs))


def _cells(row: Row, trace: Trace | None) -> Sequence[str]:
    held = {id(part.node): part.value for part in trace.parts} if trace else {}
    return (
        _mark(trace),
        str(row.number),
        *(_cell(test, held.get(id(test))) for test in row.tests),
        *(f"‖ {unparse(output)}" for output in row.outputs),
    )


def _cell(test: ast.Node, held: object) -> str:
    if test == ast.UnaryTests(()):
        return _EVERYTHING
    mark = {True: " ✓", False: " ✗"}.get(held, "") if isinstance(held, bool) else ""
    return unparse(test) + (f" {_MAY}" if isinstance(held, Unknown) else mark)


def _mark(trace: Trace | None) -> str:
    if trace is None or trace.value is False:
        return ""
    return _MAY if isinstance(trace.value, Unknown) else _FIRED


def _text(value: object) -> str:
    return feel.text([value])[1:-1]
