"""Where a decision table answers because an input is missing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanzelf.dmn.definitions import Aggregation, HitPolicy
from vanzelf.dmn.lowering.nodes import Conform
from vanzelf.dmn.tables import InputColumn, Row, Table
from vanzelf.dmn.tables.constants import points_of
from vanzelf.dmn.tables.policies import gives_list
from vanzelf.dmn.warnings.facts import Fact, Scope, either
from vanzelf.dmn.warnings.overlaps import Overlaps, passes
from vanzelf.feel import ast, unparse
from vanzelf.feel.constants import constant

if TYPE_CHECKING:
    from vanzelf.dmn.warnings.walking import Walker

_DASH = ast.UnaryTests(())


def table_fact(walker: Walker, table: Table, scope: Scope) -> Fact:
    """What a missing input does to a table's result; tells where it does it silently."""
    columns = [walker.fact(column.expression, scope) for column in table.inputs]
    for row in table.rows:
        for test in row.tests:
            _look_at_cell(walker, row, test, scope)
    outputs = [walker.fact(node, scope) for row in table.rows for node in row.outputs]
    overlaps = Overlaps(table)
    for index, (column, fact) in enumerate(zip(table.inputs, columns, strict=True)):
        if fact.null and not _refuses_null(column) and not _speaks_of_null(table, index):
            _Column(walker, table, overlaps, index, fact.null).look()
    given = either(*outputs)
    return (
        given if _always_answers(table) else Fact(either(*columns).null or given.null, given.inside)
    )


def _always_answers(table: Table) -> bool:
    catches_all = any(_is_catch_all(row) for row in table.rows)
    return catches_all or _has_default(table) or gives_list(table)


def _has_default(table: Table) -> bool:
    return any(column.default is not None for column in table.outputs)


def _is_catch_all(row: Row) -> bool:
    return all(test == _DASH for test in row.tests)


def _refuses_null(column: InputColumn) -> bool:
    """Then the table gives null for it, with a message."""
    return column.allowed is not None and not passes(column.allowed, None)


def _speaks_of_null(table: Table, index: int) -> bool:
    """Whether the author thought of it: a cell of the column names null."""
    cells = (row.tests[index] for row in table.rows)
    return any(ast.Null() in cell.tests for cell in cells if isinstance(cell, ast.UnaryTests))


def _look_at_cell(walker: Walker, row: Row, cell: ast.Node, scope: Scope) -> None:
    """What a cell compares with may be missing too."""
    if not isinstance(cell, ast.UnaryTests) or points_of(cell) is not None:
        return
    for test in cell.tests:
        fact = walker.fact(test, scope.having({"?": Fact()}))
        if fact.null:
            why = f"{row} does not fire when {fact.null} is missing"
            walker.say(cell, why, fact.null, place=row.place)


class _Column:
    """A column of which the value may be null because `cause` is missing."""

    def __init__(
        self, walker: Walker, table: Table, overlaps: Overlaps, index: int, cause: str
    ) -> None:
        self.walker, self.table, self.index, self.cause = walker, table, index, cause
        self.overlaps = overlaps
        self.testing = [row for row in table.rows if row.tests[index] != _DASH]
        self.silent = [row for row in self.testing if not passes(row.tests[index], None)]

    def look(self) -> None:
        for row in self.testing:
            if row not in self.silent:
                self._say(row, f"{row} fires when {self.cause} is missing: null passes this test")
        if not self.silent:
            return
        if self.table.policy in (HitPolicy.COLLECT, HitPolicy.RULE_ORDER, HitPolicy.OUTPUT_ORDER):
            self._look_at_list()
        else:
            for row in self.table.rows:
                before = next(self._instead_of(row), None)
                if before is not None:
                    why = (
                        f"{row} answers when {self.cause} is missing, because {before} cannot fire"
                    )
                    self._say(row, why)
        if _has_default(self.table) and not any(map(_is_catch_all, self.table.rows)):
            why = f"the default output answers when {self.cause} is missing and no rule fires"
            self._say(self.silent[0], why)

    def _look_at_list(self) -> None:
        """The list (empty, maybe), count or total is there all the same, but short."""
        others = any(row not in self.testing for row in self.table.rows)
        if others or self.table.aggregation in (None, Aggregation.COUNT):
            row = self.silent[0]
            what = "counts" if self.table.aggregation is Aggregation.COUNT else "is in the result"
            self._say(row, f"{row} never {what} when {self.cause} is missing")

    def _instead_of(self, row: Row) -> Iterator[Row]:
        """The rows that, if it were known, might go before this one and give something else."""
        if row in self.testing:
            return
        for other in self.silent:
            if (
                other.outputs != row.outputs
                and self._goes_before(other, row)
                and self.overlaps.both(row, other, apart_from=self.index)
            ):
                yield other

    def _goes_before(self, one: Row, other: Row) -> bool:
        if self.table.policy is HitPolicy.FIRST:
            return one.number < other.number
        if self.table.policy is not HitPolicy.PRIORITY:
            return False
        first, second = _ranks(self.table, one), _ranks(self.table, other)
        return first is None or second is None or first < second

    def _say(self, row: Row, why: str) -> None:
        cells = ", ".join(unparse(test) for test in row.tests)
        instead = f"add a rule that tests {self.table.inputs[self.index].label} for null"
        self.walker.say(cells, why, self.cause, instead, row.place)


def _ranks(table: Table, row: Row) -> list[int] | None:
    """The places of a row's outputs among the output values; None if they are computed."""
    found: list[int] = []
    for column, node in zip(table.outputs, row.outputs, strict=True):
        value = constant(node.value if isinstance(node, Conform) else node)
        order = column.priorities.tests if isinstance(column.priorities, ast.UnaryTests) else ()
        if value is None:
            return None
        ranks = (at for at, test in enumerate(order) if passes(ast.UnaryTests((test,)), value[0]))
        found.append(next(ranks, len(order)))
    return found
