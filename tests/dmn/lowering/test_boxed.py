"""Boxed expressions: each means what its FEEL text means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.dmn.building import (
    call,
    context,
    decision,
    feel,
    function,
    function_item,
    knowledge,
    logic,
    model,
)
from vanzelf.dmn import Outcome
from vanzelf.dmn.definitions import (
    Conditional,
    DecisionTable,
    Expression,
    Filter,
    For,
    FunctionDefinition,
    FunctionKind,
    InputClause,
    ListExpression,
    Literal,
    OutputClause,
    Quantified,
    Quantifier,
    Relation,
    Rule,
    Variable,
)

ATOMS = st.sampled_from(
    ["1", "-3.5", "true", "false", "null", '"a"', '@"2026-01-15"', "[1, 2]", "a", "b c", "a + 1"]
)  # fmt: skip
CONDITIONS = st.sampled_from(
    ["true", "false", "null", "e > 1", "e = 2", "e != null", "a < e", "e in [1..2]"]
)
LISTS = st.sampled_from(
    ["[1, 2, 3]", "[]", "[1, null]", "null", "5", '["a", 1]', "[{e: 1, f: 2}, {e: 2, f: 3}]"]
)
NAMES = ["a", "b c", "d-e", "f"]
"""What the expressions of a test may name; the boxes give them values."""


def outcome_of(expression: Expression | str) -> Outcome:
    """The value of an expression as the logic of a decision, with `a` and `b c` in scope."""
    box = context(("a", "2"), ("b c", '"x"'), ("", expression))
    return model(decision("d", box)).decide("d")


def same(boxed: Expression, text: str) -> None:
    assert outcome_of(boxed).value == outcome_of(text).value


@given(st.lists(st.tuples(st.sampled_from(NAMES), ATOMS), unique_by=lambda entry: entry[0]))
def test_boxed_context_is_the_context_of_its_entries(entries: Sequence[tuple[str, str]]) -> None:
    written = ", ".join(f'"{name}": {text}' for name, text in entries)
    same(context(*entries), f"{{{written}}}")


@given(st.lists(ATOMS, max_size=4))
def test_boxed_list_is_the_list_of_its_items(items: list[str]) -> None:
    same(ListExpression(items=tuple(map(feel, items))), f"[{', '.join(items)}]")


@given(st.lists(st.tuples(ATOMS, ATOMS), max_size=3))
def test_relation_is_a_list_of_contexts_of_which_no_cell_sees_another(
    rows: list[tuple[str, str]],
) -> None:
    columns = (Variable(name="a"), Variable(name="g h"))
    boxed = Relation(columns=columns, rows=tuple((feel(x), feel(y)) for x, y in rows))
    written = (f'context([{{key: "a", value: {x}}}, {{key: "g h", value: {y}}}])' for x, y in rows)
    same(boxed, f"[{', '.join(written)}]")


@given(st.one_of(CONDITIONS, ATOMS), ATOMS, ATOMS)
def test_boxed_conditional_is_if(condition: str, then: str, otherwise: str) -> None:
    boxed = Conditional(feel(condition), feel(then), feel(otherwise))
    same(boxed, f"if {condition} then {then} else {otherwise}")


@given(LISTS, st.one_of(CONDITIONS, st.sampled_from(["item > 1", "1", "-1", "f > 2", "a"])))
def test_boxed_filter_is_a_filter(source: str, match: str) -> None:
    same(Filter(feel(source), feel(match)), f"{source}[{match}]")


@given(LISTS, st.one_of(ATOMS, CONDITIONS, st.just("partial")))
def test_boxed_for_is_for(source: str, result: str) -> None:
    same(For("e", feel(source), feel(result)), f"for e in {source} return {result}")


@given(st.sampled_from(Quantifier), LISTS, CONDITIONS)
def test_boxed_some_and_every_are_theirs(
    quantifier: Quantifier, source: str, condition: str
) -> None:
    boxed = Quantified(quantifier, "e", feel(source), feel(condition))
    same(boxed, f"{quantifier} e in {source} satisfies {condition}")


@given(ATOMS, ATOMS)
def test_boxed_function_and_invocation_are_a_call(first: str, second: str) -> None:
    boxed = context(("fn", function(["p", "q r"], "[q r, p]")), ("", "fn"))
    made = context(("fn", boxed), ("", call("fn", **{"p": first, "q r": second})))
    same(made, f"[{second}, {first}]")


@given(st.sampled_from(["1..3", "3..1", "a..4", "-1 .. a + 1", "[1..3]", "(1..3]", "1..null"]))
def test_boxed_iterators_take_a_range_as_feel_does(source: str) -> None:
    same(For("e", feel(source), feel("e * 2")), f"for e in {source} return e * 2")
    boxed = Quantified(Quantifier.SOME, "e", feel(source), feel("e > 2"))
    same(boxed, f"some e in {source} satisfies e > 2")


# --- single cases -----------------------------------------------------------------------------


@pytest.mark.parametrize("condition", ['"x"', 'if e = 1 then "x" else true'])
@pytest.mark.parametrize("quantifier", Quantifier)
def test_boxed_quantifier_is_null_when_its_condition_is_no_truth(
    quantifier: Quantifier, condition: str
) -> None:
    outcome = outcome_of(Quantified(quantifier, "e", feel("[1, 2]"), feel(condition)))
    assert outcome.value is None
    assert "is a string" in str(outcome.messages[0])


def test_entry_that_fails_is_null_and_the_others_stand() -> None:
    outcome = outcome_of(context(("p", "1 +"), ("q", '1 + "x"'), ("r", "3")))
    assert outcome.value == {"p": None, "q": None, "r": 3}
    assert len(outcome.messages) == 2


def test_entries_see_the_ones_before_them_by_names_with_signs() -> None:
    box = context(
        ("d-e", "5"),
        ("uit/in", context(("aantal *", "d-e + 1"))),
        ("", "uit/in.aantal * * 2"),
    )
    assert outcome_of(box).value == 12


def test_function_in_an_entry_calls_itself() -> None:
    boxed = function(["n"], "if n = 0 then 0 else n + som(n - 1)")
    assert outcome_of(context(("som", boxed), ("", "som(4)"))).value == 10
    text = "function(n) if n = 0 then 0 else n + som(n - 1)"
    assert outcome_of(context(("som", text), ("", "som(4)"))).value == 10


@pytest.mark.parametrize("said", ["fn", "fn: number", "fn: function", "fn: tReken"])
def test_type_of_an_entry_is_of_the_function_or_of_its_result(said: str) -> None:
    box = context((said, function(["p: number"], "p + 1")), ("", "[fn(1), fn(null)]"))
    asked = model(function_item("tReken", ["p: number"], "number"), decision("d", box))
    assert asked.decide("d").value == [2, None]


def test_result_of_a_boxed_function_is_of_the_type_that_is_said() -> None:
    box = context(("fn: string", function(["p"], "p")), ("", '[fn(1), fn("x")]'))
    assert outcome_of(box).value == [None, "x"]


def test_binding_without_a_value_is_null() -> None:
    box = context(("fn", function(["p"], "p = null")), ("", call("fn", p=None)))
    assert outcome_of(box).value is True


def test_function_is_called_as_a_member_of_a_context() -> None:
    box = context(("k", context(("fn", function(["p"], "p + 1")))), ("", call("k.fn", p="1")))
    assert outcome_of(box).value == 2


def test_members_of_results_are_known_without_types() -> None:
    rows = Relation(
        columns=(Variable(name="n-aam"), Variable(name="prijs / stuk")),
        rows=((feel('"x"'), feel("3")),),
    )
    asked = model(
        decision("lijst", rows),
        decision("som", "sum(lijst.prijs / stuk)", decisions=["lijst"]),
        decision("dure", "lijst[prijs / stuk > 2].n-aam", decisions=["lijst"]),
        decision("vak", Filter(feel("lijst"), feel("prijs / stuk > 2")), decisions=["lijst"]),
        decision("elk", For("r", feel("lijst"), feel("r.prijs / stuk")), decisions=["lijst"]),
    )
    assert asked.decide("som").value == 3
    assert asked.decide("dure").value == ["x"]
    assert asked.decide("vak").value == [{"n-aam": "x", "prijs / stuk": 3}]
    assert asked.decide("elk").value == [3]
    assert asked.problems == ()


def test_decision_table_may_stand_in_a_function() -> None:
    table = DecisionTable(
        inputs=(InputClause(expression=feel("n")),),
        outputs=(OutputClause(),),
        rules=(
            Rule(tests=("< 10",), outputs=(feel('"klein"'),)),
            Rule(tests=(">= 10",), outputs=(feel("n * 2"),)),
        ),
    )
    asked = model(knowledge("f", ["n"], table), decision("d", "[f(1), f(10)]", knowledge=["f"]))
    assert asked.decide("d").value == ["klein", 20]


def test_text_in_another_language_is_null_and_a_problem() -> None:
    asked = model(decision("d", Literal("return 1", "https://www.python.org")))
    outcome = asked.decide("d")
    assert outcome.value is None
    assert "not in FEEL" in str(outcome.messages[0])
    assert asked.problems[0].hint == "write it in FEEL"


@pytest.mark.parametrize("kind", [FunctionKind.JAVA, FunctionKind.PMML])
def test_external_function_without_equivalent_is_null(kind: FunctionKind) -> None:
    body = context(("class", '"java.lang.System"'), ("method signature", '"exit(int)"'))
    boxed = FunctionDefinition(parameters=(Variable(name="n"),), body=logic(body), kind=kind)
    outcome = outcome_of(context(("stop", boxed), ("", "stop(1)")))
    assert outcome.value is None
    assert "without an equivalent" in str(outcome.messages[0])


def test_external_function_with_equivalent_is_computed() -> None:
    body = context(("class", '"java.lang.Math"'), ("method signature", '"max(int, int)"'))
    boxed = FunctionDefinition(
        parameters=(Variable(name="p"), Variable(name="q")),
        body=body,
        kind=FunctionKind.JAVA,
    )
    assert outcome_of(context(("grootste", boxed), ("", "grootste(3, 7)"))).value == 7
    text = (
        "function(p, q) external"
        ' {java: {class: "java.lang.Math", method signature: "max(int, int)"}}'
    )
    assert outcome_of(context(("grootste", text), ("", "grootste(q: 3, p: 7)"))).value == 7


@pytest.mark.parametrize(
    ("argument", "value"), [("[1, 2]", [1, 2]), ("1", [1]), ('["a"]', None), ("null", None)]
)
def test_parameter_is_of_a_type_that_takes_another(argument: str, value: object) -> None:
    knows = knowledge("f", ["a: list<number>"], "a")
    calls = decision("d", f"f({argument})", knowledge=["f"])
    assert model(knows, calls).decide("d", {}).value == value


def test_result_of_a_knowledge_model_is_of_the_type_said_of_its_logic() -> None:
    one = knowledge("f", ["a: number"], "a")
    assert one.logic is not None
    for type_ref, value in (("number", 1), ("string", None)):
        typed = replace(one, logic=replace(one.logic, type_ref=type_ref))
        of_type = model(typed, decision("d", "f(1)", knowledge=["f"]))
        assert of_type.decide("d", {}).value == value
