"""A table shown as it was evaluated."""

from __future__ import annotations

from decimal import Decimal

from tests.dmn.tables.building import missing, table
from vanzelf import feel
from vanzelf.dmn.tables import ShownTable, Table, as_rows, tables_in
from vanzelf.feel import Unknown

AGES = table(
    ["age", "city"],
    [(["< 18", "-"], ['"child"']), ([">= 18", '"Gent"'], ["age + 1"]), (["-", "-"], ['"other"'])],
    "FIRST",
)


def shown(node: Table, **context: object) -> ShownTable:
    _, trace = feel.compile(node, traced=True)(context)
    return as_rows(trace)


def test_rows_say_which_fired_and_which_were_not_looked_at() -> None:
    found = shown(AGES, age=Decimal(20), city="Gent")
    assert [row.fires for row in found.rows] == [False, True, None]
    assert found.value == 21


def test_cells_after_one_that_does_not_hold_are_not_looked_at() -> None:
    found = shown(AGES, age=Decimal(17), city="Gent")
    assert [[cell.holds for cell in row.cells] for row in found.rows] == [
        [True, True],
        [None, None],
        [True, True],
    ]
    found = shown(AGES, age=Decimal(20), city="Aalst")
    assert [[cell.holds for cell in row.cells] for row in found.rows[:2]] == [
        [False, True],
        [True, False],
    ]


def test_inputs_and_texts_are_as_in_the_table() -> None:
    found = shown(AGES, age=Decimal(20), city="Gent")
    assert [(one.text, one.value) for one in found.inputs] == [("age", 20), ("city", "Gent")]
    assert [cell.text for cell in found.rows[1].cells] == [">= 18", '"Gent"']
    assert found.rows[1].outputs == ("age + 1",)


def test_unknown_cells_are_shown_as_such_without_what_was_tried() -> None:
    age = missing("age", "number")
    found = shown(AGES, age=age, city="Gent")
    assert [row.fires for row in found.rows] == [Unknown({"age"}), Unknown({"age"}), True]
    assert found.inputs[0].value == age
    assert found.value == Unknown({"age"})


def test_tables_are_found_anywhere_in_a_trace() -> None:
    both = feel.ast.ListLiteral((AGES, AGES))
    _, trace = feel.compile(both, traced=True)({"age": Decimal(3), "city": None})
    assert [one.value for one in tables_in(trace)] == ["child", "child"]
