"""Which rows of a decision table decided, for these people."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from vanzelf.dmn.definitions import HitPolicy
from vanzelf.dmn.tables import Row, Table
from vanzelf.feel import UNKNOWN, Unknown
from vanzelf.feel import compile as compile_feel
from vanzelf.feel.compiler.run import Traced
from vanzelf.feel.compiler.tracing import Trace
from vanzelf.rights.compiled import Context
from vanzelf.rights.model import Expression, UsedTable
from vanzelf.rights.verdict import TableStep

EVERYTHING = "-"
"""A cell that tests nothing."""


def tables_of(expression: Expression, context: Context) -> tuple[TableStep, ...]:
    """The tables that an expression goes through, each with the rows that held."""
    if not expression.tables:
        return ()
    _, trace = _traced(_Same(expression))(context)
    return tuple(_step(table, trace) for table in expression.tables)


class _Same:
    """An expression as a key: by identity, for its tree is long to compare."""

    __slots__ = ("expression",)

    def __init__(self, expression: Expression) -> None:
        self.expression = expression

    def __hash__(self) -> int:
        return id(self.expression)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.expression is self.expression


@lru_cache(maxsize=256)
def _traced(key: _Same) -> Traced:
    return compile_feel(key.expression.tree, absent=UNKNOWN, traced=True)


def _step(table: UsedTable, trace: Trace) -> TableStep:
    found = next(_traces(trace, table.node), None)
    rows = list(_held(table.node, found)) if found else []
    return TableStep(
        table.file,
        table.decision,
        tuple(row.number for row in rows),
        tuple(cells_of(table, row.number) for row in rows),
    )


def _held(table: Table, trace: Trace) -> Iterator[Row]:
    """The rows that hold, whatever the unknown ones turn out to be."""
    rows = [(part.node, part.value) for part in trace.parts if isinstance(part.node, Row)]
    unsure = [row.number for row, value in rows if isinstance(value, Unknown)]
    for row, value in rows:
        before = {HitPolicy.FIRST: row.number, HitPolicy.PRIORITY: len(table.rows) + 1}
        overtaken = any(number < before.get(table.policy, 0) for number in unsure)
        if isinstance(row, Row) and value is True and not overtaken:
            yield row
            if table.policy is HitPolicy.FIRST:
                return


def _traces(trace: Trace, table: Table) -> Iterator[Trace]:
    """Where the table was evaluated."""
    if isinstance(trace.node, Table) and trace.node == table:
        yield trace
        return
    for part in trace.parts:
        yield from _traces(part, table)


def cells_of(table: UsedTable, number: int) -> tuple[str, ...]:
    """The texts of a row, counted from 1, as the model has them: inputs, then outputs."""
    rule = table.said.rules[number - 1]
    return (*(test.strip() or EVERYTHING for test in rule.tests), *(o.text for o in rule.outputs))
