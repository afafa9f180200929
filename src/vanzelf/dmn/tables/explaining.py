"""A table as it was evaluated: what was tested, how each cell came out, which rows fired."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from vanzelf.dmn.definitions import HitPolicy
from vanzelf.dmn.tables.nodes import Row, Table
from vanzelf.feel import Trace, ast, unparse
from vanzelf.feel.constants import constant
from vanzelf.feel.values.unknown import Unknown


@dataclass(frozen=True, slots=True)
class ShownInput:
    """An input column: its expression, and the value that was tested."""

    text: str
    value: object


@dataclass(frozen=True, slots=True)
class ShownCell:
    """`holds`: true, false or unknown; None if it was not looked at, as after a cell that does
    not hold. A `-` always holds."""

    text: str
    holds: bool | Unknown | None


@dataclass(frozen=True, slots=True)
class ShownRow:
    """`fires` as `holds` of a cell; None also for the rows after the hit of a FIRST table."""

    number: int
    cells: tuple[ShownCell, ...]
    outputs: tuple[str, ...]
    annotations: tuple[str, ...]
    fires: bool | Unknown | None


@dataclass(frozen=True, slots=True)
class ShownTable:
    """`outputs` are the names of the output columns; `value` is what the table gave."""

    policy: HitPolicy
    inputs: tuple[ShownInput, ...]
    outputs: tuple[str, ...]
    annotations: tuple[str, ...]
    rows: tuple[ShownRow, ...]
    value: object


def tables_in(trace: Trace) -> Iterator[ShownTable]:
    """The tables that were evaluated for a value, in the order of evaluation."""
    if isinstance(trace.node, Table):
        yield as_rows(trace)
    for part in trace.parts:
        yield from tables_in(part)


def as_rows(trace: Trace) -> ShownTable:
    """The evaluation of one table; `trace` is that of its node."""
    table = trace.node
    assert isinstance(table, Table)
    inputs = tuple(
        ShownInput(column.label, _value_of(column.expression, trace)) for column in table.inputs
    )
    return ShownTable(
        table.policy,
        inputs,
        tuple(column.name for column in table.outputs),
        table.annotations,
        tuple(_row(row, trace) for row in table.rows),
        trace.value,
    )


def _part(node: ast.Node, trace: Trace | None) -> Trace | None:
    """What was traced of this very node, directly below."""
    parts = trace.parts if trace is not None else ()
    return next((part for part in parts if part.node is node), None)


def _value_of(node: ast.Node, trace: Trace) -> object:
    part = _part(node, trace)
    if part is not None:
        return part.value
    known = constant(node)
    return known[0] if known else None


def _row(row: Row, trace: Trace) -> ShownRow:
    own = _part(row, trace)
    cells = tuple(ShownCell(unparse(test), _holds(test, own)) for test in row.tests)
    fires = own.value if own is not None else None
    assert fires is None or isinstance(fires, bool | Unknown)
    outputs = tuple(unparse(node) for node in row.outputs)
    return ShownRow(row.number, cells, outputs, row.annotations, fires)


def _holds(test: ast.Node, own: Trace | None) -> bool | Unknown | None:
    if test == ast.UnaryTests(()):
        return True
    part = _part(test, own)
    if part is None:
        return None
    return part.value if isinstance(part.value, Unknown) else part.value is True
