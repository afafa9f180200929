"""A decision table in words: what its columns ask, and what each row says, in plain language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from vanzelf.dmn.definitions import HitPolicy
from vanzelf.dmn.lowering.nodes import Conform
from vanzelf.feel import UNKNOWN, Unknown, ast, unparse
from vanzelf.feel import compile as compile_feel
from vanzelf.rights.facts import Catalogue
from vanzelf.rights.fired import cells_of
from vanzelf.rights.model import Parameter, UsedTable
from vanzelf.rights.trees import names_in
from vanzelf.rights.types import Quantity, Type
from vanzelf.rights.verdict import TableStep
from vanzelf.rights.wording import WORDS, capital, typed

Op = ast.BinaryOperator
_COMPARED = {
    Op.LESS: "less",
    Op.LESS_OR_EQUAL: "at most",
    Op.GREATER: "more",
    Op.GREATER_OR_EQUAL: "at least",
    Op.NOT_EQUAL: "anything but",
}


@dataclass(frozen=True, slots=True)
class RowLine:
    """A row in words; `holds` is None when no one is spoken of."""

    number: int
    cells: tuple[str, ...]
    holds: bool | None


@dataclass(frozen=True, slots=True)
class TableLine:
    """A table in words; the last `results` columns are what it gives."""

    title: str
    columns: tuple[str, ...]
    results: int
    rows: tuple[RowLine, ...]
    one_row: bool = False
    """At most one row may hold, as the table says of itself (UNIQUE)."""

    @property
    def fired(self) -> tuple[RowLine, ...]:
        """The rows that hold."""
        return tuple(row for row in self.rows if row.holds)

    @property
    def contradicts_itself(self) -> bool:
        """More rows hold than may: the table gives no answer then."""
        return self.one_row and len(self.fired) > 1


@dataclass(frozen=True, slots=True)
class TableWords:
    """Says tables in one language; `bound` is what parameters are worth on the day."""

    catalogue: Catalogue
    language: str
    parameters: Mapping[str, Parameter]
    bound: Mapping[str, object]

    def of(self, table: UsedTable, step: TableStep | None) -> TableLine:
        """The whole table; only the rows of the step when the table has been changed since."""
        held = step.rows if step else ()
        changed = step and step.cells != _cells(table, held)
        rows = (
            [RowLine(number, cells, True) for number, cells in zip(held, step.cells, strict=True)]
            if step and changed
            else self._rows(table, held if step else None)
        )
        return TableLine(
            table.decision,
            self._columns(table),
            len(table.said.outputs),
            tuple(rows),
            table.node.policy is HitPolicy.UNIQUE,
        )

    def _rows(self, table: UsedTable, held: tuple[int, ...] | None) -> list[RowLine]:
        return [
            RowLine(
                row.number,
                (
                    *map(self._test, row.tests, table.inputs),
                    *map(self._value, row.outputs, table.outputs),
                ),
                None if held is None else row.number in held,
            )
            for row in table.node.rows
        ]

    def _columns(self, table: UsedTable) -> tuple[str, ...]:
        said = table.said
        asked = (
            clause.label or self._asked(column.expression)
            for clause, column in zip(said.inputs, table.node.inputs, strict=True)
        )
        given = (clause.label or clause.name or table.decision for clause in said.outputs)
        return (*map(capital, asked), *map(capital, given))

    def _asked(self, expression: ast.Node) -> str:
        """What a column without a label asks: the fact's own name where it is one."""
        text = unparse(expression)
        fact = self.catalogue.get(text)
        return fact.names[self.language] if fact else text

    # --- cells --------------------------------------------------------------------------------

    def _test(self, test: ast.Node, kind: Type) -> str:
        words = WORDS[self.language]
        if isinstance(test, ast.UnaryTests):
            if not test.tests:
                return words["any value"]
            found = f" {words['or']} ".join(self._one(inner, kind) for inner in test.tests)
            return f"{words['not a']} {found}" if test.negated else found
        return self._one(test, kind)

    def _one(self, test: ast.Node, kind: Type) -> str:
        words = WORDS[self.language]
        match test:
            case ast.UnaryComparison(operator=Op.EQUAL, operand=operand):
                return self._value(operand, kind)
            case ast.UnaryComparison(operator=operator, operand=operand) if operator in _COMPARED:
                return f"{words[_COMPARED[operator]]} {self._value(operand, kind)}"
            case ast.Range(low=low, high=high) if low is not None and high is not None:
                return self._range(test, low, high, kind)
        return self._value(test, kind)

    def _range(self, test: ast.Range, low: ast.Node, high: ast.Node, kind: Type) -> str:
        words = WORDS[self.language]
        first = words["at least" if test.low_included else "more"]
        last = words["at most" if test.high_included else "less"]
        between = f"{first} {self._value(low, kind)} {words['and']} {last}"
        return f"{between} {self._value(high, kind)}"

    def _value(self, node: ast.Node, kind: Type) -> str:
        """What a cell is worth when that is known without anyone's facts; else its text."""
        while isinstance(node, Conform):
            node = node.value
        value = self._worth(node)
        if value is None:
            return unparse(node)
        named = node.function if isinstance(node, ast.Call) else node
        parameter = self.parameters.get(named.name) if isinstance(named, ast.Name) else None
        if parameter is not None:
            return typed(parameter.type, parameter.per, value, self.language)
        money, per = (kind.money, kind.per) if isinstance(kind, Quantity) else (False, None)
        return typed("money" if money else "number", per, value, self.language)

    def _worth(self, node: ast.Node) -> Decimal | str | bool | date | Unknown | None:
        if not names_in(node).keys() <= self.bound.keys():
            return None
        value = compile_feel(node, absent=UNKNOWN)(self.bound)
        return value if isinstance(value, Decimal | str | bool | date | Unknown) else None


def _cells(table: UsedTable, rows: tuple[int, ...]) -> tuple[tuple[str, ...], ...]:
    """The texts of these rows as the table has them now."""
    there = len(table.said.rules)
    return tuple(cells_of(table, number) if number <= there else () for number in rows)
