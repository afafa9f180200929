"""A decision table as it was evaluated: its rows, which cells held, and the row that fired."""

from __future__ import annotations

from vanzelf import feel
from vanzelf.dmn.tables import ShownCell, ShownRow, Table, as_rows
from vanzelf.faces.cli.models.columns import columns
from vanzelf.feel import Trace, Unknown

_FIRED, _MAY = "→", "?"
_EVERYTHING = "-"
_MOST = 40
"""Rows shown; of a longer table, those that fired or may have."""


def grid(trace: Trace) -> list[str] | None:
    """The lines of a table's trace; None for the trace of anything else."""
    if not isinstance(trace.node, Table):
        return None
    table = as_rows(trace)
    inputs = (f"{one.text} = {feel.text([one.value])[1:-1]}" for one in table.inputs)
    heads = ("", "", *inputs, *(f"‖ {name}".rstrip() for name in table.outputs))
    shown = [row for row in table.rows if len(table.rows) <= _MOST or _fired(row)]
    left = len(table.rows) - len(shown)
    more = [f"  ({left} more rows, which do not fire)"] if left else []
    return [str(trace.node), *columns([heads, *map(_cells, shown)], indent=""), *more]


def _cells(row: ShownRow) -> tuple[str, ...]:
    outputs = (f"‖ {output}" for output in row.outputs)
    return (_fired(row), str(row.number), *map(_cell, row.cells), *outputs)


def _cell(cell: ShownCell) -> str:
    if cell.text == _EVERYTHING or cell.holds is None:
        return cell.text
    mark = _MAY if isinstance(cell.holds, Unknown) else "✗✓"[cell.holds]
    return f"{cell.text} {mark}"


def _fired(row: ShownRow) -> str:
    if isinstance(row.fires, Unknown):
        return _MAY
    return _FIRED if row.fires else ""
