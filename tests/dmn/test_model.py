"""Asking a model: decisions, services, knowledge models, and what is put in."""

from __future__ import annotations

import pickle
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from tests.dmn.building import (
    call,
    context,
    decision,
    definitions,
    function,
    function_item,
    item,
    knowledge,
    model,
    put_in,
    service,
)
from vanzelf.dmn import DmnError, Model
from vanzelf.dmn.definitions import Definitions, Import
from vanzelf.feel import UNKNOWN, Unknown

TARIFF = model(
    put_in("Aantal jaren: number"),
    put_in("Kansentarief: boolean"),
    decision("Basis: number", "if Aantal jaren < 18 then 5 else 20", inputs=["Aantal jaren"]),
    decision(
        "Prijs: number",
        "if Kansentarief then Basis * korting(0.8) else Basis",
        inputs=["Kansentarief"],
        decisions=["Basis"],
        knowledge=["korting"],
    ),
    decision("Niet nodig", "1 / 0"),
    knowledge("korting", ["deel: number"], "1 - deel"),
)


def test_decision_is_computed_from_what_it_requires() -> None:
    outcome = TARIFF.decide("Prijs", {"Aantal jaren": 40, "Kansentarief": True})
    assert outcome.value == Decimal(4)
    assert outcome.messages == ()


def test_model_names_what_is_in_it() -> None:
    assert TARIFF.inputs == ("Aantal jaren", "Kansentarief")
    assert TARIFF.decisions == ("Basis", "Prijs", "Niet nodig")
    assert TARIFF.knowledge_models == ("korting",)
    assert TARIFF.services == ()
    assert TARIFF.problems == ()


def test_missing_input_is_null_and_says_in_which_decision_it_mattered() -> None:
    outcome = TARIFF.decide("Prijs", {"Aantal jaren": 40})
    assert outcome.value == Decimal(20)
    outcome = TARIFF.decide("Prijs", {"Kansentarief": True, "Aantal jaren": "veertig"})
    assert str(outcome.messages[0]) == "inputs: Aantal jaren: this string is not of type number"


def test_missing_input_is_unknown_in_rights_mode() -> None:
    outcome = TARIFF.decide("Prijs", {"Aantal jaren": 40}, absent=UNKNOWN)
    assert isinstance(outcome.value, Unknown)
    assert outcome.missing == ("Kansentarief",)
    assert outcome.settled_by == (("Kansentarief",),)
    assert outcome.search_complete


def test_unknown_that_cannot_change_the_outcome_does_not_matter() -> None:
    same = model(put_in("a: boolean"), decision("d", "if a then 1 else 1", inputs=["a"]))
    assert same.decide("d", absent=UNKNOWN).value == 1


def test_input_that_no_one_knows_is_not_used_and_told() -> None:
    outcome = TARIFF.decide("Basis", {"Aantal jaren": 3, "Kansentarif": True})
    assert outcome.value == 5
    assert [str(message) for message in outcome.messages] == [
        "inputs: no input is called 'Kansentarif', so it is not used; did you mean 'Kansentarief'?"
    ]


def test_input_of_another_decision_is_no_cause_for_a_message() -> None:
    assert TARIFF.decide("Basis", {"Aantal jaren": 3, "Kansentarief": True}).messages == ()


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda m: m.decide("Prij"), "did you mean 'Prijs'?"),
        (lambda m: m.decide("korting"), "it is a business knowledge model: use `invoke`"),
        (lambda m: m.call("Prijs"), "it is a decision: use `decide`"),
        (lambda m: m.invoke("xyz"), "there are: korting"),
        (lambda m: m.call("xyz"), "there are: none"),
    ],
)
def test_unknown_name_is_refused_with_a_way_on(ask: object, said: str) -> None:
    with pytest.raises(DmnError, match=said.replace("?", r"\?")):
        ask(TARIFF)  # type: ignore[operator]


def test_explanation_has_the_required_decisions_in_order() -> None:
    outcome = TARIFF.decide("Prijs", {"Aantal jaren": 40, "Kansentarief": True}, explain=True)
    assert [(one.element, one.value) for one in outcome.explanation] == [
        ("decision 'Basis'", Decimal(20)),
        ("decision 'Prijs'", Decimal(4)),
    ]
    trace = outcome.explanation[1].trace
    assert trace.text == "if Kansentarief then Basis * korting(0.8) else Basis"
    assert outcome.value == Decimal(4)


def test_trees_are_those_of_all_that_a_decision_requires() -> None:
    found = TARIFF.trees("Prijs")
    assert [name for name, _, _ in found] == [
        "Kansentarief",
        "Aantal jaren",
        "Basis",
        "korting",
        "Prijs",
    ]
    assert [tree is None for _, _, tree in found] == [True, True, False, False, False]
    assert str(found[2][2]) == "if Aantal jaren < 18 then 5 else 20"


def test_model_warns_where_missing_data_would_become_an_answer() -> None:
    assert [warning.element for warning in TARIFF.warnings] == [
        "decision 'Basis'",
        "decision 'Prijs'",
    ]


def test_moment_is_what_now_reads() -> None:
    asked = model(decision("vandaag", "today()"))
    moment = datetime(2026, 3, 1, 12, tzinfo=UTC)
    assert asked.decide("vandaag", now=moment).value == moment.date()
    assert asked.decide("vandaag").value is None


def test_each_decision_is_evaluated_once_however_many_need_it() -> None:
    """Twenty levels, each using the one below twice, would be a million evaluations."""
    levels = [decision("d0", "1 / 0")]
    levels += [
        decision(f"d{n}", f"[d{n - 1}, d{n - 1}]", decisions=[f"d{n - 1}"]) for n in range(1, 20)
    ]
    outcome = model(*levels).decide("d19")
    assert [message.element for message in outcome.messages] == ["decision 'd0'"]


def test_decision_without_logic_is_null_with_a_message() -> None:
    outcome = model(decision("leeg", None)).decide("leeg")
    assert outcome.value is None
    assert [str(one) for one in outcome.messages] == [
        "decision 'leeg': leeg: the model does not say what it is"
    ]


def test_broken_text_makes_its_decision_null_and_is_a_problem() -> None:
    asked = model(decision("stuk", "1 +"), decision("heel", "[stuk, 2]", decisions=["stuk"]))
    assert asked.decide("heel").value == [None, 2]
    (problem,) = asked.problems
    assert "line 1, column 4" in problem.message


def test_required_names_only_are_in_scope() -> None:
    asked = model(
        put_in("maandelijks inkomen: number"),
        put_in("b"),
        decision("d", "maandelijks inkomen * 12"),
        decision("e", "[b, 1]"),
    )
    assert asked.decide("d", {"maandelijks inkomen": 1}).value is None
    assert asked.decide("e", {"b": 1}).value == [None, 1]
    assert [problem.hint for problem in asked.problems] == [
        "add maandelijks inkomen to its requirements",
        "add b to its requirements",
    ]


_IT_IS_NULL = "it is null; an input is input data in the diagram, with an arrow to where it is used"


def test_name_that_nothing_has_is_a_problem_with_a_suggestion() -> None:
    asked = model(
        put_in("leeftijd: number"),
        put_in("lijst"),
        decision("d", "leeftjid > 3", inputs=["leeftijd"]),
        decision("e", "florr(lijst)", inputs=["lijst"]),
        decision("f", "[zzz, 1][item = 1]"),
        decision("g", "status"),  # which is close to the name of a function, and is not called
        decision(
            "in orde",
            "for a in lijst[wie = 1], b in [a] return {x: a, y: x, z: function(p) p + a}",
            inputs=["lijst"],
        ),
    )
    assert asked.decide("d", {"leeftijd": 4}).value is None
    assert [(problem.message, problem.hint) for problem in asked.problems] == [
        ("decision 'd': `leeftjid > 3`: nothing is called leeftjid", "did you mean leeftijd?"),
        ("decision 'e': `florr(lijst)`: nothing is called florr", "did you mean floor?"),
        ("decision 'f': `[zzz, 1][item = 1]`: nothing is called zzz", _IT_IS_NULL),
        ("decision 'g': `status`: nothing is called status", _IT_IS_NULL),
    ]


def test_circle_of_decisions_is_a_problem_that_names_it() -> None:
    asked = model(
        decision("a", "b", decisions=["b"]),
        decision("b", "c", decisions=["c"]),
        decision("c", "a", decisions=["a"]),
    )
    assert asked.decide("a").value is None
    assert "decisions require themselves: a → b → c → a" in [
        problem.message for problem in asked.problems
    ]


def test_long_chain_of_decisions_needs_no_stack() -> None:
    chain = [decision("d0", "0")]
    chain += [decision(f"d{n}", f"d{n - 1} + 1", decisions=[f"d{n - 1}"]) for n in range(1, 3000)]
    assert model(*chain).decide("d2999").value == 2999


# --- knowledge models -------------------------------------------------------------------------


def test_knowledge_model_calls_itself() -> None:
    asked = model(
        knowledge("faculteit", ["n: number"], "if n = 0 then 1 else n * faculteit(n - 1)"),
        decision("d", "faculteit(10)", knowledge=["faculteit"]),
    )
    assert asked.decide("d").value == 3628800
    assert asked.invoke("faculteit", {"n": 5}).value == 120
    assert asked.invoke("faculteit", [5]).value == 120


def test_knowledge_models_call_one_another() -> None:
    asked = model(
        knowledge("even1", ["n"], "if n = 0 then true else odd1(n - 1)", knowledge=["odd1"]),
        knowledge("odd1", ["n"], "if n = 0 then false else even1(n - 1)", knowledge=["even1"]),
        decision("d", "[even1(7), odd1(7)]", knowledge=["even1", "odd1"]),
    )
    assert asked.decide("d").value == [False, True]
    assert asked.problems == ()


def test_endless_recursion_is_null_with_a_message() -> None:
    asked = model(knowledge("f", ["n"], "f(n + 1)"), decision("d", "f(1)", knowledge=["f"]))
    outcome = asked.decide("d")
    assert outcome.value is None
    assert "stopped" in str(outcome.messages[-1])
    assert asked.invoke("f", {"n": 1}).value is None


def test_knowledge_model_may_give_a_function() -> None:
    asked = model(
        knowledge("meer", ["n"], function(["x"], "x + n")),
        decision("d", "meer(2)(3)", knowledge=["meer"]),
    )
    assert asked.decide("d").value == 5


@pytest.mark.parametrize(
    ("arguments", "value", "said"),
    [
        ({"n": 5}, 10, None),
        ({"n": [5]}, 10, None),
        ({"n": "vijf"}, None, "of another type"),
        ({"m": 5}, None, "no parameters named m"),
        ({}, None, "no parameters named"),
    ],
)
def test_arguments_are_of_the_declared_types(
    arguments: dict[str, object], value: object, said: str | None
) -> None:
    outcome = model(knowledge("dubbel", ["n: number"], "n * 2")).invoke("dubbel", arguments)
    assert outcome.value == value
    assert said is None or said in str(outcome.messages)


@pytest.mark.parametrize("declared", ["f: tFunction", "f: string"])
def test_result_of_a_knowledge_model_is_of_its_type(declared: str) -> None:
    """The variable's type is the function's; models of old say the result's there."""
    asked = model(
        function_item("tFunction", [], "string"),
        knowledge(declared, ["x"], "x"),
        decision("d", '[f(1), f("a")]', knowledge=["f"]),
    )
    assert asked.decide("d").value == [None, "a"]


# --- decision services ------------------------------------------------------------------------

SERVED = model(
    put_in("x: number"),
    put_in("y: number"),
    decision("tussen: number", "x * 10", inputs=["x"]),
    decision("uit", "tussen + y", decisions=["tussen"], inputs=["y"]),
    decision("ook uit", "x", inputs=["x"]),
    service("alles", outputs=["uit"], encapsulated=["tussen"], inputs=["x", "y"]),
    service("deel", outputs=["uit"], decisions=["tussen"], inputs=["y"]),
    service("twee", outputs=["uit", "ook uit"], encapsulated=["tussen"], inputs=["x", "y"]),
    service("getal: string", outputs=["ook uit"], inputs=["x"]),
    decision("roept", "[alles(1, 2), deel(2, 5), twee(y: 2, x: 1)]",
             knowledge=["alles", "deel", "twee"]),
    decision("roept fout", '[alles("a", 1), alles(1), alles(x: 1, z: 2)]', knowledge=["alles"]),
    decision("met vak", call("deel", y="1", tussen="[7]"), knowledge=["deel"]),
)  # fmt: skip


def test_service_is_called_with_its_inputs_by_name() -> None:
    assert SERVED.call("alles", {"x": 1, "y": 2}).value == 12
    assert SERVED.call("deel", {"tussen": 5, "y": 2}).value == 7


def test_service_of_several_outputs_gives_a_context() -> None:
    assert SERVED.call("twee", {"x": 1, "y": 2}).value == {"uit": 12, "ook uit": 1}


def test_service_knows_only_what_it_is_given() -> None:
    assert SERVED.call("deel", {"x": 100, "y": 2}).value is None


def test_service_is_a_function_in_feel() -> None:
    assert SERVED.decide("roept").value == [12, 7, {"uit": 12, "ook uit": 1}]
    assert SERVED.decide("met vak").value == 8


def test_service_refuses_arguments_that_do_not_fit() -> None:
    outcome = SERVED.decide("roept fout")
    assert outcome.value == [None, None, None]
    assert len(outcome.messages) == 3


def test_result_of_a_service_is_of_its_type() -> None:
    assert SERVED.call("getal", {"x": 1}).value is None


def test_service_that_calls_itself_is_stopped() -> None:
    asked = model(
        put_in("n"),
        decision("d", "s(n)", inputs=["n"], knowledge=["s"]),
        service("s", outputs=["d"], inputs=["n"]),
    )
    outcome = asked.decide("d", {"n": 1})
    assert outcome.value is None
    assert "stopped" in str(outcome.messages)


# --- imports ----------------------------------------------------------------------------------

BASE = definitions(
    item("tPersoon", None, item("naam", "string"), item("gedaan: nu", "number")),
    put_in("persoon: tPersoon"),
    decision("groet", '"Dag " + persoon.naam', inputs=["persoon"]),
    knowledge("roep", ["wie: tPersoon"], "upper case(wie.naam)"),
    namespace="urn:basis",
)
MIDDLE = definitions(
    Import("basis", "urn:basis"),
    decision("groet", 'basis.groet + "!"', decisions=["urn:basis#groet"]),
    namespace="urn:midden",
)


def importing(name: str) -> Model:
    prefix = f"{name}." if name else ""
    return model(
        Import("midden", "urn:midden"),
        Import(name, "urn:basis"),
        put_in(f"ander: {prefix}tPersoon"),
        decision(
            "samen",
            f"[midden.groet, {prefix}groet, {prefix}roep(ander),"
            f" ander instance of {prefix}tPersoon]",
            inputs=["ander"],
            decisions=["urn:midden#groet", "urn:basis#groet"],
            knowledge=["urn:basis#roep"],
        ),
        imported=[BASE, MIDDLE],
    )


LORE, MIA = {"naam": "Lore", "gedaan: nu": 1}, {"naam": "Mia", "gedaan: nu": 2}


@pytest.mark.parametrize("name", ["basis", "mijn basis", ""])
@pytest.mark.parametrize("how", ["path", "nested", "bare"])
def test_imported_elements_keep_their_names_apart(name: str, how: str) -> None:
    asked = importing(name)
    persoon: dict[str, object] = {
        "path": {f"{name}.persoon".strip("."): LORE},
        "nested": {name: {"persoon": LORE}} if name else {"persoon": LORE},
        "bare": {"persoon": LORE},
    }[how]
    outcome = asked.decide("samen", {**persoon, "ander": MIA})
    assert outcome.value == ["Dag Lore!", "Dag Lore", "MIA", True]
    assert outcome.messages == ()
    assert asked.problems == ()


def test_decision_of_an_imported_model_is_asked_by_its_path() -> None:
    asked = importing("basis")
    assert asked.decide("basis.groet", {"persoon": LORE}).value == "Dag Lore"
    assert asked.decide("midden.groet", {"persoon": LORE}).value == "Dag Lore!"
    assert asked.invoke("basis.roep", {"wie": LORE}).value == "LORE"


def test_own_element_hides_an_import_of_the_same_name() -> None:
    asked = model(
        Import("basis", "urn:basis"),
        put_in("basis"),
        decision("d", "basis.x", inputs=["basis"], decisions=["urn:basis#groet"]),
        imported=[BASE],
    )
    own = {"x": 1}
    assert asked.decide("d", {"basis": own, "persoon": LORE}).value == 1
    assert own == {"x": 1}


def test_models_that_import_each_other_can_be_asked() -> None:
    left = definitions(
        Import("rechts", "urn:rechts"), item("tA", "rechts.tB"),
        decision("l: tA", "rechts.r + 1", decisions=["urn:rechts#r"]), namespace="urn:links",
    )  # fmt: skip
    right = definitions(
        Import("links", "urn:links"), item("tB", "number"), decision("r: tB", "1"),
        decision("terug: links.tA", "links.l", decisions=["urn:links#l"]), namespace="urn:rechts",
    )  # fmt: skip
    asked = Model(left, {"urn:rechts": right})
    assert asked.decide("l").value == 2
    assert asked.decide("rechts.terug").value == 2
    assert asked.problems == ()


# --- never an exception -----------------------------------------------------------------------


def test_boxes_in_boxes_in_boxes_are_refused_not_raised() -> None:
    deep = context(("", "1"))
    for _ in range(600):
        deep = context(("", deep))
    asked = model(decision("diep", deep))
    assert asked.decide("diep").value is None
    assert any("too deep" in problem.message for problem in asked.problems)


def test_long_chain_of_operators_nests_no_deeper() -> None:
    asked = model(put_in("x"), decision("d", " + ".join(["x"] * 2000), inputs=["x"]))
    assert asked.decide("d", {"x": 1}).value == 2000
    assert asked.problems == ()


def test_empty_model_can_be_asked_what_is_in_it() -> None:
    empty = Model(Definitions(name="leeg", namespace="urn:leeg"))
    assert (empty.inputs, empty.decisions, empty.problems) == ((), (), ())


@pytest.mark.parametrize("given", [float("nan"), object(), {"x": float("nan")}])
def test_what_feel_has_no_kind_for_is_never_an_answer_in_rights_mode(given: object) -> None:
    asked = model(
        item("tX", None, item("x", "number")),
        put_in("a: tX" if isinstance(given, dict) else "a"),
        decision("d", "if a = null or a.x = null then 1 else 2", inputs=["a"]),
    )
    assert asked.decide("d", {"a": given}).value == Decimal(1)
    assert isinstance(asked.decide("d", {"a": given}, absent=UNKNOWN).value, Unknown)


def test_types_that_camunda_writes_are_numbers() -> None:
    asked = model(put_in("a: integer"), put_in("b: double"), decision("d", "a + b", inputs="ab"))
    assert asked.problems == ()
    assert asked.decide("d", {"a": 1, "b": 0.5}).value == Decimal("1.5")
    assert asked.decide("d", {"a": "1", "b": 0.5}).value is None


def test_threads_may_ask_a_fresh_model_at_once() -> None:
    def ask(fresh: Model, years: int) -> object:
        return fresh.decide("Prijs", {"Aantal jaren": years, "Kansentarief": True}).value

    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as pool:
            for _ in range(40):
                fresh = Model(TARIFF.definitions)
                assert set(pool.map(ask, [fresh] * 8, range(20, 28))) == {Decimal(4)}
    finally:
        sys.setswitchinterval(before)


def test_model_that_was_asked_can_be_pickled() -> None:
    given = {"Aantal jaren": 40, "Kansentarief": True}
    value = TARIFF.decide("Prijs", given).value
    assert pickle.loads(pickle.dumps(TARIFF)).decide("Prijs", given).value == value


def test_outcome_that_is_unknown_can_be_pickled() -> None:
    outcome = TARIFF.decide("Prijs", {"Kansentarief": True}, absent=UNKNOWN)
    copy = pickle.loads(pickle.dumps(outcome))
    assert copy == outcome
    assert copy.settled_by == outcome.settled_by == (("Aantal jaren",),)
