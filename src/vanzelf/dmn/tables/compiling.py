"""Compiles a table to a function of the frame.

While everything is known a row is a handful of short functions, tried until one says no. As
soon as anything is unknown, `possible` takes over and looks at all that may be.
"""

from __future__ import annotations

from collections.abc import Callable

from vanzelf.dmn.definitions import HitPolicy
from vanzelf.dmn.tables.cells import Cell, Test, cell, compile_tests
from vanzelf.dmn.tables.constants import points_of
from vanzelf.dmn.tables.nodes import InputColumn, Row, Table
from vanzelf.dmn.tables.outputs import compile_outputs
from vanzelf.dmn.tables.plan import Column, Plan
from vanzelf.dmn.tables.policies import decide
from vanzelf.dmn.tables.possible import possible
from vanzelf.feel import ast
from vanzelf.feel.extending import STATE, Code, Compiler, Frame, Scope, compiles, report
from vanzelf.feel.values.text import text
from vanzelf.feel.values.unknown import Unknown


@compiles(Table)
def compile_table(compiler: Compiler, node: Table, scope: Scope) -> Code:
    columns = tuple(_column(compiler, column, scope) for column in node.inputs)
    rows = tuple(_cells(compiler, row, columns, scope) for row in node.rows)
    outputs = compile_outputs(compiler, node, scope)
    plan = Plan(node, columns, rows, outputs, decide(node, outputs))
    fits = [
        compiler.watch(row, _fits([one.test for one in cells]))
        for row, cells in zip(node.rows, rows, strict=True)
    ]
    return _run(plan, fits)


def _column(compiler: Compiler, column: InputColumn, scope: Scope) -> Column:
    value, slot = compiler.code(column.expression, scope), compiler.new_slot()
    if column.allowed is None:
        return Column(slot, value, None, (), column.label, column.type)
    allowed = compile_tests(compiler, column.allowed, scope, slot)
    return Column(slot, value, allowed, points_of(column.allowed), column.label, column.type)


def _cells(
    compiler: Compiler, row: Row, columns: tuple[Column, ...], scope: Scope
) -> tuple[Cell, ...]:
    return tuple(
        cell(compiler, index, test, scope, columns[index].slot)
        for index, test in enumerate(row.tests)
        if test != ast.UnaryTests(())
    )


def _fits(tests: list[Test]) -> Callable[[Frame], object]:
    """Whether all cells of a row hold: true, false or, if a cell is unknown, unknown."""

    def run(frame: Frame) -> object:
        for test in tests:
            found = test(frame)
            if found is not True:
                return found if isinstance(found, Unknown) else False
        return True

    return run


def _run(plan: Plan, fits: list[Callable[[Frame], object]]) -> Code:
    columns, decide = plan.columns, plan.decide
    first_only = plan.table.policy is HitPolicy.FIRST
    steps = 1 + len(fits)

    def run(frame: Frame) -> object:
        frame[STATE].charge(steps)
        unsure = False
        for column in columns:
            value = frame[column.slot] = column.value(frame)
            if isinstance(value, Unknown):
                unsure = True
            elif column.allowed is not None:
                allowed = column.allowed(frame)
                if isinstance(allowed, Unknown):
                    unsure = True
                elif allowed is not True:
                    return report(f"{text([value])[1:-1]} is no input value of {column.label}")
        if unsure:
            return _unsure(plan, frame, fits)
        hits: list[int] = []
        for index, row in enumerate(fits):
            found = row(frame)
            if found is True:
                hits.append(index)
                if first_only:
                    break
            elif found is not False:
                return _unsure(plan, frame, fits)
        return decide(frame, hits)

    return run


def _unsure(plan: Plan, frame: Frame, fits: list[Callable[[Frame], object]]) -> object:
    """What may be is looked at outside the trace, which has each row as it is."""
    state = frame[STATE]
    recorder, state.recorder = state.recorder, None
    try:
        value = possible(plan, frame)
    finally:
        state.recorder = recorder
    if recorder is not None:
        for row in fits:
            row(frame)
    return value
