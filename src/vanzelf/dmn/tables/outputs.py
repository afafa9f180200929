"""What the rows of a table give: output values, checked, and their priorities."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from vanzelf.dmn.tables.cells import Test, compile_tests
from vanzelf.dmn.tables.nodes import OutputColumn, Row, Table
from vanzelf.feel import ast
from vanzelf.feel.extending import Code, Compiler, Frame, Scope, report
from vanzelf.feel.values.text import text
from vanzelf.feel.values.unknown import Unknown

Priority = Callable[[Frame, object], "tuple[int, ...] | Unknown"]
"""The places of an output's values among the output values: the lowest has priority."""


@dataclass(frozen=True, slots=True)
class Outputs:
    """What each row gives, what there is when none fires, and which goes first."""

    rows: tuple[Code, ...]
    default: Code | None
    priority: Priority
    several: bool


def compile_outputs(compiler: Compiler, table: Table, scope: Scope) -> Outputs:
    columns = [_Column(compiler, column, scope) for column in table.outputs]
    rows = tuple(_row(compiler, row, columns, scope) for row in table.rows)
    return Outputs(rows, _default(compiler, table, scope), _priority(columns), len(columns) > 1)


class _Column:
    """One output column: the check of its values, and their order."""

    def __init__(self, compiler: Compiler, column: OutputColumn, scope: Scope) -> None:
        self.name = column.name
        self.slot = compiler.new_slot()
        self.allowed: Test | None = None
        if column.allowed is not None:
            self.allowed = compile_tests(compiler, column.allowed, scope, self.slot)
        tests = column.priorities.tests if isinstance(column.priorities, ast.UnaryTests) else ()
        self.ranks: list[Test] = [
            compile_tests(compiler, ast.UnaryTests((test,)), scope, self.slot) for test in tests
        ]

    def checked(self, code: Code, where: str) -> Code:
        """The code, null plus a message where its value is none of the output values."""
        allowed, slot = self.allowed, self.slot
        if allowed is None:
            return code
        label = f" of {self.name}" if self.name else ""

        def run(frame: Frame) -> object:
            value = frame[slot] = code(frame)
            found = allowed(frame)
            if found is True:
                return value
            if isinstance(found, Unknown):  # null is then among what it may be
                return found | value if isinstance(value, Unknown) else found
            return report(f"{where} gives {text([value])[1:-1]}: no output value{label}")

        return run

    def rank(self, frame: Frame, value: object) -> int | Unknown:
        frame[self.slot] = value
        for place, test in enumerate(self.ranks):
            found = test(frame)
            if found is True:
                return place
            if isinstance(found, Unknown):
                return found
        return len(self.ranks)


def _row(compiler: Compiler, row: Row, columns: list[_Column], scope: Scope) -> Code:
    codes = [
        column.checked(compiler.code(node, scope), str(row))
        for node, column in zip(row.outputs, columns, strict=True)
    ]
    return _together(codes, columns)


def _together(codes: list[Code], columns: list[_Column]) -> Code:
    """One output is the value itself; several are a context by output name (DMN 1.5, 8.2.7)."""
    if len(codes) == 1:
        return codes[0]
    named = [(column.name, code) for column, code in zip(columns, codes, strict=True)]
    return lambda frame: {name: code(frame) for name, code in named}


def _default(compiler: Compiler, table: Table, scope: Scope) -> Code | None:
    """The default outputs together; an output without one is null there."""
    if all(column.default is None for column in table.outputs):
        return None
    columns = [_Column(compiler, column, scope) for column in table.outputs]
    codes = [compiler.code(column.default or ast.Null(), scope) for column in table.outputs]
    return _together(codes, columns)


def _priority(columns: list[_Column]) -> Priority:
    """In the order of the output values, column by column from left to right (8.2.8)."""

    def run(frame: Frame, value: object) -> tuple[int, ...] | Unknown:
        if len(columns) == 1:
            values = [value]
        else:
            assert isinstance(value, dict)
            values = [value[column.name] for column in columns]
        found: list[int] = []
        for column, one in zip(columns, values, strict=True):
            rank = column.rank(frame, one)
            if isinstance(rank, Unknown):
                return rank
            found.append(rank)
        return tuple(found)

    return run
