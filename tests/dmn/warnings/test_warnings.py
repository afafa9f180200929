"""Where a model turns missing data into an answer: one test per way in which that happens."""

from __future__ import annotations

import pytest

from vanzelf.dmn import Model
from vanzelf.dmn import definitions as dmn
from vanzelf.dmn.warnings import Warning, warnings

NAMES = ("age", "income", "city", "children", "adult")


def model_of(logic: str | dmn.Expression, *more: dmn.Decision) -> Model:
    inputs = tuple(
        dmn.InputData(id=name, name=name, variable=dmn.Variable(name=name)) for name in NAMES
    )
    decision = dmn.Decision(
        id="outcome",
        name="outcome",
        variable=dmn.Variable(name="outcome"),
        logic=dmn.Literal(text=logic) if isinstance(logic, str) else logic,
        required_inputs=tuple(map(dmn.Reference, NAMES)),
        required_decisions=tuple(dmn.Reference(one.name) for one in more),
        place=dmn.Place("model.dmn", 7),
    )
    model = Model(
        dmn.Definitions(
            name="model", namespace="model", input_data=inputs, decisions=(*more, decision)
        )
    )
    assert model.problems == ()
    return model


def warned(logic: str | dmn.Expression) -> list[tuple[str, str]]:
    """The expression and the reason of each warning."""
    return [(one.expression, one.why) for one in warnings(model_of(logic))]


@pytest.mark.parametrize(
    ("text", "expression", "why"),
    [
        (
            "income = 100",
            "income = 100",
            "null = 100 is false, so a missing income counts as not 100",
        ),
        (
            'city != "Gent"',
            'city != "Gent"',
            'null != "Gent" is true, so a missing city counts as other than "Gent"',
        ),
        (
            'if income < 5 then "ja" else "nee"',
            'if income < 5 then "ja" else "nee"',
            "`income < 5` is null when income is missing, and `if` then takes the `else`",
        ),
        (
            "not(city = 1)",
            "city = 1",
            "null = 1 is false, so a missing city counts as not 1",
        ),
        (
            'city in ("Gent", "Deinze")',
            'city in ("Gent", "Deinze")',
            "null is in no list, so a missing city counts as not one of these",
        ),
        (
            "if income = null then 0 else income",
            "if income = null then 0 else income",
            "a missing income counts as 0",
        ),
        (
            "count([income, age])",
            "count([income, age])",
            "a missing income is counted",
        ),
        (
            'list contains(["a"], city)',
            'list contains(["a"], city)',
            "`list contains` says false of null, so a missing city gives an answer",
        ),
        (
            'string join([city, "x"])',
            'string join([city, "x"])',
            "`string join` leaves null out, so a missing city gives an answer",
        ),
        (
            "if (some child in children satisfies child.age < 3) then 1 else 2",
            "if some child in children satisfies child.age < 3 then 1 else 2",
            "`some child in children satisfies child.age < 3` is null when children is missing, "
            "and `if` then takes the `else`",
        ),
        (
            "some child in children satisfies child.age = 3",
            "child.age = 3",
            "null = 3 is false, so a missing child.age counts as not 3",
        ),
        (
            "if children = null then null else children[born > 3]",
            "children[born > 3]",
            "`born > 3` is null when born is missing, and what it is null for is left out",
        ),
    ],
)
def test_null_that_becomes_an_answer_is_warned_of(text: str, expression: str, why: str) -> None:
    assert warned(text) == [(expression, why)]


def test_missing_list_that_is_filtered_is_an_empty_list() -> None:
    assert warned("count(children[born != null and born > 3])") == [
        ("children[born != null and born > 3]", "a missing children is filtered as an empty list")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "income + age > 10",
        "if income != null and income < 5 then 1 else 2",
        "if income = null then null else if income < 5 then 1 else 2",
        "if not(income = null) then income = 5 else null",
        "if income instance of number then income = 5 else null",
        "income = null",
        "[1, 2, 3][item > 1]",
        "for i in 1..3 return if i = 2 then 1 else 0",
        "{a: 5, b: if a > 3 then 1 else 2}.b",
        "count([1, 2])",
        "if 1 in (1, 2) then 1 else 2",
        "income between 1 and 5",
        "some child in children satisfies child.age < 3",
    ],
)
def test_null_that_stays_null_or_was_tested_is_not_warned_of(text: str) -> None:
    assert warned(text) == []


def test_result_of_another_decision_may_be_missing_too() -> None:
    double = dmn.Decision(
        id="double",
        name="double",
        variable=dmn.Variable(name="double"),
        logic=dmn.Literal(text="income * 2"),
        required_inputs=(dmn.Reference("income"),),
    )
    found = warnings(model_of("if double > 10 then 1 else 2", double))
    assert [one.why for one in found] == [
        "`double > 10` is null when income is missing, and `if` then takes the `else`"
    ]


def test_warning_says_where_and_what_to_do() -> None:
    (found,) = warnings(model_of("income = 100"))
    assert str(found) == (
        "model.dmn:7: decision 'outcome': `income = 100`: "
        "null = 100 is false, so a missing income counts as not 100\n"
        "    say what a missing income gives: test `income = null` first"
    )


# --- tables -----------------------------------------------------------------------------------


def table(
    rows: list[tuple[list[str], str]],
    policy: dmn.HitPolicy = dmn.HitPolicy.FIRST,
    *,
    aggregation: dmn.Aggregation | None = None,
    default: str | None = None,
    allowed: str | None = None,
    outputs: str | None = None,
) -> dmn.DecisionTable:
    names = ("income", "adult")
    return dmn.DecisionTable(
        inputs=tuple(
            dmn.InputClause(expression=dmn.Literal(text=name), allowed_values=allowed)
            for name in names[: len(rows[0][0])]
        ),
        outputs=(
            dmn.OutputClause(
                allowed_values=outputs, default=dmn.Literal(text=default) if default else None
            ),
        ),
        rules=tuple(
            dmn.Rule(
                tests=tuple(tests),
                outputs=(dmn.Literal(text=output),),
                place=dmn.Place("model.dmn", 10 + index),
            )
            for index, (tests, output) in enumerate(rows)
        ),
        hit_policy=policy,
        aggregation=aggregation,
    )


def whys(logic: dmn.DecisionTable) -> list[str]:
    return [one.why for one in warnings(model_of(logic))]


def test_row_with_a_dash_after_a_test_answers_for_what_is_missing() -> None:
    (found,) = warnings(model_of(table([(["< 100"], "1"), (["-"], "2")])))
    assert found == Warning(
        dmn.Place("model.dmn", 11),
        "decision 'outcome'",
        "-",
        "rule 2 answers when income is missing, because rule 1 cannot fire",
        "add a rule that tests income for null",
    )


def test_default_output_answers_for_what_is_missing() -> None:
    logic = table([(["< 100"], "1")], dmn.HitPolicy.UNIQUE, default="0")
    assert whys(logic) == ["the default output answers when income is missing and no rule fires"]


def test_negated_cell_is_passed_by_null() -> None:
    logic = table([(["not(100)"], "1")], dmn.HitPolicy.UNIQUE)
    assert whys(logic) == ["rule 1 fires when income is missing: null passes this test"]


def test_collected_rows_that_cannot_fire_are_missed() -> None:
    rows = [(["< 100"], "1"), (["-"], "2")]
    collected = table(rows, dmn.HitPolicy.COLLECT, aggregation=dmn.Aggregation.SUM)
    assert whys(collected) == ["rule 1 never is in the result when income is missing"]
    listed = table(rows[:1], dmn.HitPolicy.RULE_ORDER)
    assert whys(listed) == ["rule 1 never is in the result when income is missing"]
    counted = table(rows[:1], dmn.HitPolicy.COLLECT, aggregation=dmn.Aggregation.COUNT)
    assert whys(counted) == ["rule 1 never counts when income is missing"]


def test_row_of_higher_priority_that_cannot_fire_is_missed() -> None:
    rows = [(["-"], '"low"'), (["< 100"], '"high"')]
    logic = table(rows, dmn.HitPolicy.PRIORITY, outputs='"high", "low"')
    assert whys(logic) == ["rule 1 answers when income is missing, because rule 2 cannot fire"]


def test_cell_that_compares_with_what_is_missing_does_not_fire() -> None:
    logic = table([(["null, < age"], "1"), (["not(null)"], "2")])
    assert whys(logic) == ["rule 1 does not fire when age is missing"]


@pytest.mark.parametrize(
    "logic",
    [
        table([(["< 100"], "1"), ([">= 100"], "2")], dmn.HitPolicy.UNIQUE),
        table([(["null"], "null"), (["< 100"], "1"), (["-"], "2")]),
        table([(["< 100"], "1"), (["-"], "1")]),
        table([(["< 100"], "1"), (["-"], "2")], allowed="[0..1000]"),
        table(
            [(["< 100", "true"], "1"), ([">= 100", "true"], "2"), (["-", "false"], "3")],
            dmn.HitPolicy.UNIQUE,
        ),
        table([(["< 100", "true"], "1"), (["-", "false"], "3")]),
        table([(["< 100"], "1")], dmn.HitPolicy.COLLECT, aggregation=dmn.Aggregation.SUM),
        table([(["-"], "1"), (["< 100"], "2")], dmn.HitPolicy.PRIORITY, outputs="1, 2"),
    ],
    ids=[
        "complete",
        "null tested",
        "same output",
        "null refused",
        "don't care",
        "apart",
        "sum",
        "highest priority",
    ],
)
def test_table_that_does_not_answer_for_what_is_missing_is_clean(
    logic: dmn.DecisionTable,
) -> None:
    assert whys(logic) == []
