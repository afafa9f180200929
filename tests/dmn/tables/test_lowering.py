"""Tables as a model says them."""

from __future__ import annotations

from vanzelf import feel
from vanzelf.dmn import Model
from vanzelf.dmn import definitions as dmn
from vanzelf.feel import UNKNOWN


def model(table: dmn.DecisionTable, *items: dmn.ItemDefinition, **inputs: str | None) -> Model:
    data = tuple(
        dmn.InputData(id=name, name=name, variable=dmn.Variable(name=name, type_ref=type_ref))
        for name, type_ref in inputs.items()
    )
    decision = dmn.Decision(
        name="outcome",
        variable=dmn.Variable(name="outcome"),
        logic=table,
        required_inputs=tuple(map(dmn.Reference, inputs)),
    )
    return Model(
        dmn.Definitions(
            name="model",
            namespace="model",
            item_definitions=items,
            input_data=data,
            decisions=(decision,),
        )
    )


def literal(text: str, type_ref: str | None = None) -> dmn.Literal:
    return dmn.Literal(text=text, type_ref=type_ref)


def column(text: str, type_ref: str | None = None, **more: str) -> dmn.InputClause:
    return dmn.InputClause(expression=literal(text, type_ref), **more)


def rule(tests: list[str], *outputs: str) -> dmn.Rule:
    return dmn.Rule(tests=tuple(tests), outputs=tuple(map(literal, outputs)))


def given(asked: Model, **inputs: object) -> str:
    return feel.text([asked.decide("outcome", inputs).value])[1:-1]


FEES = dmn.DecisionTable(
    inputs=(column("age", "number"), column("", label="city")),
    outputs=(dmn.OutputClause(type_ref="number"),),
    rules=(rule(["< 18", ""], "0"), rule([">= 18", '"Gent"'], "age * 2"), rule(["> 90", "-"], "")),
)


def test_table_is_evaluated_as_part_of_the_model() -> None:
    asked = model(FEES, age="number", city="string")
    assert asked.problems == ()
    assert given(asked, age=17) == "0"
    assert given(asked, age=20, city="Gent") == "40"


def test_input_without_expression_tests_what_its_label_names() -> None:
    assert given(model(FEES, age="number", city="string"), age=20, city="Aalst") == "null"


def test_empty_output_is_null() -> None:
    assert given(model(FEES, age="number", city="string"), age=91, city="Aalst") == "null"


def test_test_that_is_no_feel_is_a_problem_and_leaves_the_table_without_an_answer() -> None:
    table = dmn.DecisionTable(
        inputs=(column("age"),),
        outputs=(dmn.OutputClause(),),
        rules=(
            dmn.Rule(tests=("< <",), outputs=(literal("1"),), place=dmn.Place("model.dmn", 12)),
            rule(["-"], "2"),
        ),
    )
    asked = model(table, age=None)
    assert [str(one.place) for one in asked.problems] == [str(dmn.Place("model.dmn", 12))]
    assert given(asked, age=3) == "null"


def test_value_of_another_type_than_the_column_is_null() -> None:
    table = dmn.DecisionTable(
        inputs=(column("age", "number"),),
        outputs=(dmn.OutputClause(),),
        rules=(rule(['"a"'], "1"), rule(["not(5)"], "2")),
    )
    assert given(model(table, age=None), age="a") == "2"


def test_output_of_another_type_is_null() -> None:
    table = dmn.DecisionTable(
        inputs=(column("age"),),
        outputs=(dmn.OutputClause(name="fee", type_ref="number"), dmn.OutputClause(name="why")),
        rules=(rule(["-"], '"much"', '"because"'),),
    )
    assert given(model(table, age=None), age=3) == '{fee: null, why: "because"}'


def test_priority_may_come_from_the_allowed_values_of_the_type() -> None:
    item = dmn.ItemDefinition(name="risk", type_ref="string", allowed_values='"high", "low"')
    table = dmn.DecisionTable(
        inputs=(column("age"),),
        outputs=(dmn.OutputClause(type_ref="risk"),),
        rules=(rule(["> 1"], '"low"'), rule(["> 2"], '"high"')),
        hit_policy=dmn.HitPolicy.PRIORITY,
    )
    assert given(model(table, item, age=None), age=3) == '"high"'


def test_members_of_the_tested_value_are_known_in_its_cells() -> None:
    item = dmn.ItemDefinition(
        name="person", components=(dmn.ItemDefinition(name="net income", type_ref="number"),)
    )
    table = dmn.DecisionTable(
        inputs=(column("who", "person"),),
        outputs=(dmn.OutputClause(),),
        rules=(rule(["?.net income > 10"], '"much"'),),
    )
    assert given(model(table, item, who="person"), who={"net income": 11}) == '"much"'


def test_rights_mode_asks_only_what_can_change_the_outcome() -> None:
    asked = model(FEES, age="number", city="string")
    assert asked.decide("outcome", {"age": 17}, absent=UNKNOWN).value == 0
    found = asked.decide("outcome", {"age": 20}, absent=UNKNOWN)
    assert found.missing == ("city",)
    assert found.settled_by == (("city",),)
    found = asked.decide("outcome", {"city": "Gent"}, absent=UNKNOWN)
    assert found.missing == ("age",)


def test_rights_mode_tries_each_allowed_value_of_a_type() -> None:
    item = dmn.ItemDefinition(name="zone", type_ref="string", allowed_values='"Z", "V"')
    rows = (rule(['"Z"', "< 10"], "1"), rule(['"V"', "-"], "1"), rule(["-", ">= 10"], "1"))
    table = dmn.DecisionTable(
        inputs=(column("zone", "zone"), column("bags", "number")),
        outputs=(dmn.OutputClause(),),
        rules=rows,
        hit_policy=dmn.HitPolicy.ANY,
    )
    asked = model(table, item, zone="zone", bags="number")
    assert asked.decide("outcome", {}, absent=UNKNOWN).value == 1


def test_text_in_another_language_is_null_and_a_problem() -> None:
    foreign = dmn.Literal(text="age", language="juel")
    table = dmn.DecisionTable(
        inputs=(dmn.InputClause(expression=foreign),),
        outputs=(dmn.OutputClause(name="fee"),),
        rules=(dmn.Rule(tests=("-",), outputs=(foreign,)),),
    )
    asked = model(table, age=None)
    assert [(problem.message, problem.hint) for problem in asked.problems] == [
        ("decision 'outcome': the input age is written in juel", "write it in FEEL"),
        ("decision 'outcome': the output fee is written in juel", "write it in FEEL"),
    ]
    assert given(asked, age=3) == "null"
