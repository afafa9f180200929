"""What each hit policy gives (DMN 1.5, 8.2.8 and 8.2.11)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.dmn.tables.building import table, text_of, value_of

OVERLAPPING = [(["> 1"], ["100"]), (["> 2"], ["200"]), (["> 3"], ["300"]), (["> 5"], ["200"])]
DISCOUNTS = [(["> 1"], ['"low"']), (["> 2"], ['"high"']), (["> 3"], ['"middle"'])]
ORDER = {"result": '"high", "middle", "low"'}


def messages_of(rows: list[tuple[list[str], list[str]]], policy: str, x: str) -> list[str]:
    messages: list[str] = []
    assert value_of(table(["x"], rows, policy), {"x": Decimal(x)}, messages) is None
    return messages


@pytest.mark.parametrize(
    ("policy", "x", "expected"),
    [
        ("UNIQUE", "2", "100"),
        ("FIRST", "6", "100"),
        ("RULE ORDER", "4", "[100, 200, 300]"),
        ("COLLECT", "6", "[100, 200, 300, 200]"),
        ("COLLECT", "2", "[100]"),
        ("ANY", "2", "100"),
    ],
)
def test_rows_that_fire_give_their_outputs(policy: str, x: str, expected: str) -> None:
    assert text_of(table(["x"], OVERLAPPING, policy), x=x) == expected


def test_unique_table_with_two_rows_that_fire_is_null_and_names_them() -> None:
    assert messages_of(OVERLAPPING, "UNIQUE", "4") == [
        "rules 1, 2 and 3 all fit; in a UNIQUE table only one may"
    ]


def test_any_table_with_equal_outputs_gives_it() -> None:
    rows = [(["> 1"], ["1 + 1"]), (["> 2"], ["2"])]
    assert text_of(table(["x"], rows, "ANY"), x="5") == "2"


def test_any_table_with_different_outputs_is_null_and_names_them() -> None:
    assert messages_of(OVERLAPPING, "ANY", "3") == ["rules 1 and 2 both fit, and differ"]


@pytest.mark.parametrize(("x", "expected"), [("2", '"low"'), ("3", '"high"'), ("4", '"high"')])
def test_priority_is_the_order_of_the_output_values(x: str, expected: str) -> None:
    assert text_of(table(["x"], DISCOUNTS, "PRIORITY", allowed=ORDER), x=x) == expected


def test_output_order_sorts_by_the_output_values() -> None:
    node = table(["x"], [*DISCOUNTS, (["> 3"], ['"high"'])], "OUTPUT ORDER", allowed=ORDER)
    assert text_of(node, x="4") == '["high", "high", "middle", "low"]'


def test_priority_of_several_outputs_goes_column_by_column() -> None:
    rows = [
        (["> 1"], ['"b"', "2"]),
        (["> 1"], ['"a"', "1"]),
        (["> 1"], ['"a"', "2"]),
        (["> 1"], ['"b"', "1"]),
    ]
    allowed = {"word": '"a", "b"', "number": "2, 1"}
    outputs = ["word", "number"]
    first = table(["x"], rows, "PRIORITY", outputs=outputs, allowed=allowed)
    assert text_of(first, x="2") == '{word: "a", number: 2}'
    ordered = table(["x"], rows, "OUTPUT ORDER", outputs=outputs, allowed=allowed)
    assert text_of(ordered, x="2") == (
        '[{word: "a", number: 2}, {word: "a", number: 1}, '
        '{word: "b", number: 2}, {word: "b", number: 1}]'
    )


def test_priority_without_output_values_is_the_order_of_the_rules() -> None:
    assert text_of(table(["x"], DISCOUNTS, "PRIORITY"), x="4") == '"low"'


@pytest.mark.parametrize(
    ("aggregation", "x", "expected"),
    [
        ("SUM", "4", "600"),
        ("MIN", "4", "100"),
        ("MAX", "6", "300"),
        ("COUNT", "6", "4"),
        ("COUNT", "0", "0"),
        ("SUM", "0", "null"),
        ("MIN", "0", "null"),
        ("MAX", "0", "null"),
    ],
)
def test_collected_outputs_are_aggregated(aggregation: str, x: str, expected: str) -> None:
    node = table(["x"], OVERLAPPING, "COLLECT", aggregation=aggregation)
    assert text_of(node, x=x) == expected


def test_several_outputs_cannot_be_aggregated() -> None:
    node = table(
        ["x"], [(["> 1"], ["1", "2"])], "COLLECT", aggregation="SUM", outputs=["one", "other"]
    )
    messages: list[str] = []
    assert value_of(node, {"x": Decimal(2)}, messages) is None
    assert messages == ["several outputs cannot be aggregated"]


def test_several_outputs_are_a_context_by_name() -> None:
    node = table(["x"], [(["> 1"], ["1", "x * 2"])], outputs=["one", "other"])
    assert text_of(node, x="2") == "{one: 1, other: 4}"


@pytest.mark.parametrize("policy", ["COLLECT", "RULE ORDER", "OUTPUT ORDER"])
def test_no_row_that_fires_is_an_empty_list_of_hits(policy: str) -> None:
    assert text_of(table(["x"], OVERLAPPING, policy), x="0") == "[]"


@pytest.mark.parametrize("policy", ["UNIQUE", "ANY", "PRIORITY", "FIRST"])
def test_no_row_that_fires_is_null_with_a_message(policy: str) -> None:
    assert messages_of(OVERLAPPING, policy, "0") == [
        "no rule of the table fits, and it has no default output"
    ]


@pytest.mark.parametrize(
    ("policy", "expected"),
    [("UNIQUE", "7"), ("FIRST", "7"), ("PRIORITY", "7"), ("COLLECT", "[7]"), ("RULE ORDER", "[7]")],
)
def test_no_row_that_fires_gives_the_default_output(policy: str, expected: str) -> None:
    node = table(["x"], OVERLAPPING, policy, defaults={"result": "3 + 4"})
    assert text_of(node, x="0") == expected


def test_output_without_a_default_is_null_among_defaults() -> None:
    node = table(["x"], [(["> 1"], ["1", "2"])], outputs=["a", "b"], defaults={"b": "5"})
    assert text_of(node, x="0") == "{a: null, b: 5}"


def test_table_without_rows_has_no_row_that_fires() -> None:
    assert text_of(table(["x"], []), x="0") == "null"


def test_value_outside_the_input_values_is_null_with_a_message() -> None:
    node = table(["x"], [(["-"], ["1"])], allowed={"x": '"a", "b"'})
    messages: list[str] = []
    assert value_of(node, {"x": "c"}, messages) is None
    assert messages == ['"c" is no input value of x']
    assert value_of(node, {"x": "a"}) == 1


def test_output_outside_the_output_values_is_null_with_a_message() -> None:
    node = table(["x"], [(["-"], ["x"])], allowed={"result": "[1..5]"})
    messages: list[str] = []
    assert value_of(node, {"x": Decimal(6)}, messages) is None
    assert messages == ["rule 1 gives 6: no output value of result"]
    assert value_of(node, {"x": Decimal(5)}) == 5


def test_outputs_of_rows_that_do_not_fire_are_not_evaluated() -> None:
    node = table(["x"], [(["1"], ["1 + true"]), (["2"], ["2"])])
    messages: list[str] = []
    assert value_of(node, {"x": Decimal(2)}, messages) == 2
    assert messages == []
