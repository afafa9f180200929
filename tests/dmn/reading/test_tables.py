"""Decision tables, as they are read."""

from __future__ import annotations

import pytest

from tests.dmn.reading.writing_xml import logic, problems
from vanzelf.dmn.definitions import (
    Aggregation,
    DecisionTable,
    HitPolicy,
    InputClause,
    Literal,
    OutputClause,
    Rule,
)

TESTED = "<input><inputExpression><text>x</text></inputExpression></input>"


def entry(name: str, text: str) -> str:
    return f"<{name}><text>{text}</text></{name}>"


def test_table_is_read() -> None:
    table = logic(
        f"""<decisionTable hitPolicy="COLLECT" aggregation="SUM" outputLabel="som"
              preferredOrientation="Rule-as-Column">
              <input id="i" label="Hoeveel?">
                <inputExpression typeRef="number"><text> x </text></inputExpression>
                <inputValues><text>[0..9]</text></inputValues>
              </input>
              <output name="a" typeRef="number">
                <outputValues><text>1, 2</text></outputValues>
                <defaultOutputEntry><text>0</text></defaultOutputEntry>
              </output>
              <output name="b"/>
              <annotation name="waarom"/>
              <rule id="r"><description>eerst</description>
                {entry("inputEntry", "&lt; 3")}
                {entry("outputEntry", "1")}{entry("outputEntry", "2")}
                {entry("annotationEntry", "daarom")}
              </rule>
            </decisionTable>"""
    )
    assert table == DecisionTable(
        inputs=(
            InputClause(Literal(" x ", type_ref="number"), "[0..9]", id="i", label="Hoeveel?"),
        ),
        outputs=(
            OutputClause("a", "number", "1, 2", Literal("0")),
            OutputClause("b"),
        ),
        rules=(
            Rule(("< 3",), (Literal("1"), Literal("2")), ("daarom",), id="r", description="eerst"),
        ),
        hit_policy=HitPolicy.COLLECT,
        aggregation=Aggregation.SUM,
        annotations=("waarom",),
        output_label="som",
    )


@pytest.mark.parametrize("policy", list(HitPolicy))
def test_hit_policy_is_read(policy: HitPolicy) -> None:
    table = logic(f'<decisionTable hitPolicy="{policy}"><output/></decisionTable>')
    assert isinstance(table, DecisionTable)
    assert table.hit_policy is policy


def test_policy_is_unique_where_none_is_said() -> None:
    assert logic("<decisionTable><output/></decisionTable>") == DecisionTable(
        (), (OutputClause(),), ()
    )


def test_entries_without_text_are_empty() -> None:
    rule = "<rule><inputEntry/><outputEntry/></rule>"
    table = logic(f"<decisionTable>{TESTED}<output/>{rule}</decisionTable>")
    assert isinstance(table, DecisionTable)
    assert table.rules == (Rule(("",), (Literal(""),)),)


def test_values_that_are_listed_one_by_one_are_one_test() -> None:
    values = "<outputValues><text>1</text><text>2</text></outputValues>"
    table = logic(f"<decisionTable><output>{values}</output></decisionTable>")
    assert isinstance(table, DecisionTable)
    assert table.outputs[0].allowed_values == "1, 2"


@pytest.mark.parametrize(
    ("attributes", "inside", "problem"),
    [
        ('hitPolicy="RULE_ORDER"', "<output/>", "hitPolicy 'RULE_ORDER' is not in the standard"),
        ('aggregation="LIST"', "<output/>", "aggregation 'LIST' is not in the standard"),
        ("", "", "this decision table has no output"),
        ("", "<input/><output/>", "<input> has no <inputExpression>"),
        ("", f"{TESTED}<output/><rule><outputEntry/></rule>",
         "this rule has 0 input entries for 1 inputs"),
        ("", "<output/><rule><outputEntry/><outputEntry/></rule>",
         "this rule has 2 output entries for 1 outputs"),
    ],
)  # fmt: skip
def test_table_that_does_not_add_up_is_a_problem(
    attributes: str, inside: str, problem: str
) -> None:
    table = f"<decisionTable {attributes}>{inside}</decisionTable>"
    assert problems(f'<decision name="d">{table}</decision>') == [f"2: {problem}"]
