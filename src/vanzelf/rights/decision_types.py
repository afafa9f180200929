"""The types of a decision model, by what the regulation says of its facts and parameters.

A model knows numbers; a regulation knows money per year. So a table is checked as any expression
of the regulation is: what differs in period is not compared, and no amount stands in a cell.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from vanzelf.dmn.definitions import Aggregation, HitPolicy
from vanzelf.dmn.lowering import nodes as lowered
from vanzelf.dmn.lowering.external import External
from vanzelf.dmn.tables import Row, Table
from vanzelf.feel import ast
from vanzelf.rights.checking import Checker, Scope
from vanzelf.rights.types import ANY, ERROR, NUMBER, TEXT, ListOf, Quantity, Record, Type, Words

_LISTS = (HitPolicy.COLLECT, HitPolicy.RULE_ORDER, HitPolicy.OUTPUT_ORDER)
_DEEPEST = 20


@dataclass(frozen=True, slots=True)
class Formula:
    """A function of a model: what it gives is found anew for each call."""

    function: ast.Function = field(compare=False)
    scope: Scope = field(compare=False)

    def __str__(self) -> str:
        return "a function"


@dataclass(slots=True)
class DecisionChecker(Checker):
    """Finds the type of a lowered tree; `columns` keeps those of the tables on the way."""

    columns: dict[int, tuple[tuple[Type, ...], tuple[Type, ...]]] = field(default_factory=dict)
    depth: int = 0

    def _other(self, node: ast.Node, scope: Scope) -> Type:
        match node:
            case lowered.Broken(reason=reason):
                self.report(node, reason, "")
                return ERROR
            case External():
                self.report(node, "an external function is not used in a regulation", "")
                return ERROR
            case lowered.Conform(value=value):
                return self.type_of(value, scope)
            case lowered.ContextResult(entries=entries, result=result):
                return self.type_of(result, {**scope, **self._entries(entries, scope)})
            case lowered.Row(cells=cells):
                typed = [(cell.key, self.type_of(cell.value, scope)) for cell in cells]
                return Record(tuple(typed))
            case Table():
                return self._table(node, scope)
            case ast.Function():
                return Formula(node, scope)  # type: ignore[return-value]  # a type of its own
        return Checker._other(self, node, scope)

    def _entries(self, entries: tuple[ast.ContextEntry, ...], scope: Scope) -> Mapping[str, Type]:
        typed: dict[str, Type] = {}
        for entry in entries:
            typed[entry.key] = self.type_of(entry.value, {**scope, **typed})
        return typed

    def _call(self, node: ast.Call, scope: Scope) -> Type:
        function = self.type_of(node.function, scope)
        if not isinstance(function, Formula):
            return Checker._call(self, node, scope)
        if self.depth >= _DEEPEST:
            self.report(node, "a function that calls itself has no type here", "")
            return ERROR
        names = [parameter.name for parameter in function.function.parameters]
        given = dict(zip(names, node.arguments, strict=False))
        given |= {argument.name: argument.value for argument in node.named}
        typed = {name: self.type_of(value, scope) for name, value in given.items()}
        self.depth += 1
        found = self.type_of(function.function.body, {**function.scope, **typed})
        self.depth -= 1
        return found

    # --- tables -------------------------------------------------------------------------------

    def _table(self, table: Table, scope: Scope) -> Type:
        tested = tuple(self.type_of(column.expression, scope) for column in table.inputs)
        for column, kind in zip(table.inputs, tested, strict=True):
            if column.allowed is not None:
                self._test(column.allowed, kind, scope)
        for row in table.rows:
            for test, kind in zip(row.tests, tested, strict=False):
                self._test(test, kind, scope)
        given = tuple(
            self._output(table.rows, position, column.default, scope)
            for position, column in enumerate(table.outputs)
        )
        self.columns[id(table)] = (tested, given)
        return self._result(table, given)

    def _output(
        self, rows: tuple[Row, ...], position: int, default: ast.Node | None, scope: Scope
    ) -> Type:
        cells = [row.outputs[position] for row in rows if position < len(row.outputs)]
        found = [
            (cell, self.type_of(cell, scope)) for cell in cells + ([default] if default else [])
        ]
        if not found:
            return ANY
        kind = found[0][1]
        for cell, other in found[1:]:
            kind = self._same(cell, kind, other)
        # A number in a cell is a number like any other: money only as a parameter.
        if isinstance(kind, Quantity) and kind.literal.strip("-0."):
            return NUMBER
        return TEXT if isinstance(kind, Words) else kind

    def _result(self, table: Table, given: tuple[Type, ...]) -> Type:
        names = [column.name for column in table.outputs]
        one = given[0] if len(given) == 1 else Record(tuple(zip(names, given, strict=True)))
        if table.policy not in _LISTS:
            return one
        if table.aggregation is None:
            return ListOf(one)
        return NUMBER if table.aggregation is Aggregation.COUNT else one


def without_types(function: ast.Node) -> ast.Node:
    """A function without the declared types of its parameters: they are checked before it runs."""
    if not isinstance(function, ast.Function):
        return function
    bare = tuple(replace(parameter, type=None) for parameter in function.parameters)
    return replace(function, parameters=bare)
