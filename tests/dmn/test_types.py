"""Item definitions: what is of a type, and what happens to what is not."""

from __future__ import annotations

from datetime import date

import pytest

from tests.dmn.building import (
    context,
    decision,
    feel,
    function_item,
    item,
    knowledge,
    model,
    put_in,
)
from vanzelf.dmn import Model
from vanzelf.dmn.definitions import ItemDefinition, ListExpression, Relation, Variable
from vanzelf.feel import UNKNOWN, Unknown
from vanzelf.feel import evaluate as value_of

TYPES = (
    item("tLeeftijd", "number", allowed="[0..130]"),
    item("tKleur", "string", allowed='"rood", "groen"'),
    item("tKleuren", "tKleur", many=True),
    item("tPaar", "number", many=True, constraint="count(?) = 2"),
    item("tPersoon", None, item("naam", "string"), item("leeftijd", "tLeeftijd")),
    item("tGezin", None, item("leden", "tPersoon", many=True), item("aantal kinderen", "number")),
    item("tCijfers", "number", allowed="< 10", many=True),
    item("tGroot", "tCijfers", constraint="count(?) > 1"),
    item("tWat", None, allowed="?.x > 1"),
    item("tMoment", "date and time"),
    function_item("tReken", ["n: number"], "number"),
)


def typed(kind: str) -> Model:
    return model(*TYPES, put_in(f"x: {kind}"), decision("d", "x", inputs=["x"]))


@pytest.mark.parametrize(
    ("kind", "given", "taken"),
    [
        ("number", "1", "1"),
        ("number", "[1]", "1"),
        ("number", "[1, 2]", "null"),
        ("number", '"1"', "null"),
        ("Any", '["a", 1]', '["a", 1]'),
        ("tLeeftijd", "130", "130"),
        ("tLeeftijd", "131", "null"),
        ("tKleur", '"rood"', '"rood"'),
        ("tKleur", '"geel"', "null"),
        ("tKleur", "null", "null"),
        ("tKleuren", '["rood", "groen"]', '["rood", "groen"]'),
        ("tKleuren", '["rood", "geel"]', "null"),
        ("tKleuren", '"rood"', '["rood"]'),
        ("tKleuren", "[]", "[]"),
        ("list<number>", "[1, 2]", "[1, 2]"),
        ("list<tLeeftijd>", "[1, 131]", "null"),
        ("range<number>", "[1..2]", "[1..2]"),
        ("range<number>", '["a".."b"]', "null"),
        ("context<n: number, wie: tPersoon>", "{n: 1}", "{n: 1, wie: null}"),
        ("context<n: number>", "{n: 1}", "{n: 1}"),
        ("function<number>->number", "1", "null"),
        ("tPaar", "[1, 2]", "[1, 2]"),
        ("tPaar", "[1, 2, 3]", "null"),
        ("tCijfers", "[1, 9]", "[1, 9]"),
        ("tCijfers", "[1, 10]", "null"),
        ("tGroot", "[1, 9]", "[1, 9]"),
        ("tGroot", "[9]", "null"),
        ("tGroot", "[9, 10]", "null"),
        ("tPersoon", '{naam: "Lore", leeftijd: 3}', '{naam: "Lore", leeftijd: 3}'),
        ("tPersoon", '{naam: "L", leeftijd: 3, meer: 1}', '{naam: "L", leeftijd: 3, meer: 1}'),
        ("tPersoon", '{naam: "Lore", leeftijd: 300}', "null"),
        ("tPersoon", '{naam: "Lore"}', '{naam: "Lore", leeftijd: null}'),
        ("tPersoon", "{leeftijd: 3, naam: 3}", "null"),
        ("tPersoon", '"Lore"', "null"),
        ("tWat", "{x: 2}", "{x: 2}"),
        ("tWat", "{x: 1}", "null"),
        ("tMoment", '@"2026-01-15"', '@"2026-01-15T00:00:00Z"'),
    ],
)  # fmt: skip
def test_input_is_taken_as_of_its_type(kind: str, given: str, taken: str) -> None:
    outcome = typed(kind).decide("d", {"x": value_of(given)})
    assert outcome.value == value_of(taken)
    assert bool(outcome.messages) == (taken == "null" != given)


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("number", '"1"', None),
        ("number", "[1]", 1),
        ("tPersoon", '{naam: "Lore"}', None),
        ("tKleuren", '"rood"', ["rood"]),
        ("tReken", "(function(n: number) n + 1) instance of tReken", None),
        ("boolean", "(function(n: number) n + 1) instance of tReken", True),
        ("boolean", "(function(n: number) n > 1) instance of tReken", False),
        ("tPersoon", "null", None),
    ],
)
def test_result_of_a_decision_is_of_its_type(kind: str, text: str, value: object) -> None:
    outcome = model(*TYPES, decision(f"d: {kind}", text)).decide("d")
    assert outcome.value == value


def test_members_of_a_declared_type_are_names_in_feel() -> None:
    asked = model(
        *TYPES,
        put_in("gezin: tGezin"),
        decision("d", "[gezin.aantal kinderen + 1, gezin.leden[leeftijd > 3].naam]",
                 inputs=["gezin"]),
        decision("e", "for lid in gezin.leden return lid.leeftijd", inputs=["gezin"]),
    )  # fmt: skip
    gezin = {"leden": [{"naam": "Lore", "leeftijd": 5}], "aantal kinderen": 1}
    assert asked.decide("d", {"gezin": gezin}).value == [2, ["Lore"]]
    assert asked.decide("e", {"gezin": gezin}).value == [5]


def test_instance_of_looks_at_the_structure_not_at_what_is_allowed() -> None:
    asked = model(
        *TYPES,
        decision("d", '[200 instance of tLeeftijd, "x" instance of tLeeftijd, '
                      "{naam: 1} instance of tPersoon, [1] instance of list<tLeeftijd>]"),
    )  # fmt: skip
    assert asked.decide("d").value == [True, False, False, True]


def test_parameter_of_a_feel_function_may_be_of_a_type_of_the_model() -> None:
    asked = model(*TYPES, decision("d", "(function(l: tLeeftijd) l + 1)(3)"))
    assert asked.decide("d").value == 4


def test_entries_cells_and_parameters_are_of_their_types() -> None:
    columns = (Variable(name="naam", type_ref="string"), Variable(name="n", type_ref="number"))
    asked = model(
        *TYPES,
        decision("vak", context(("a: number", '"x"'), ("b: tKleur", '"rood"'))),
        decision("lijst", ListExpression(items=(feel("1"), feel("2", "string")))),
        decision(
            "rijen",
            Relation(columns=columns, rows=((feel('"a"'), feel("1")), (feel("2"), feel('"b"')))),
        ),
        knowledge("f", ["k: tKleur"], "k"),
        decision("aanroep", '[f("rood"), f("geel")]', knowledge=["f"]),
    )
    assert asked.decide("vak").value == {"a": None, "b": "rood"}
    assert asked.decide("lijst").value == [1, None]
    assert asked.decide("rijen").value == [{"naam": "a", "n": 1}, {"naam": None, "n": None}]
    assert asked.decide("aanroep").value == ["rood", None]


# --- rights mode ------------------------------------------------------------------------------


def test_missing_members_are_unknown_by_their_path() -> None:
    asked = model(
        *TYPES,
        put_in("gezin: tGezin"),
        decision("d", "sum(gezin.leden.leeftijd)", inputs=["gezin"]),
        decision("e", "gezin.leden[1].naam", inputs=["gezin"]),
    )
    gezin = {"leden": [{"naam": "Lore", "leeftijd": 5}, {"naam": "Mia"}, {}]}
    outcome = asked.decide("d", {"gezin": gezin}, absent=UNKNOWN)
    assert outcome.missing == ("gezin.leden[2].leeftijd", "gezin.leden[3].leeftijd")
    assert asked.decide("e", {"gezin": gezin}, absent=UNKNOWN).value == "Lore"


def test_single_member_stands_for_a_list_of_it() -> None:
    asked = model(
        *TYPES, put_in("gezin: tGezin"), decision("d", "gezin.leden.leeftijd", inputs=["gezin"])
    )
    gezin = {"leden": {"naam": "Lore"}, "aantal kinderen": 0}
    assert asked.decide("d", {"gezin": gezin}, absent=UNKNOWN).missing == ("gezin.leden",)
    asked = model(
        *TYPES, put_in("leden: tLeden"), item("tLeden", "tPersoon", many=True),
        decision("d", "leden.leeftijd", inputs=["leden"]),
    )  # fmt: skip
    outcome = asked.decide("d", {"leden": {"naam": "Lore"}}, absent=UNKNOWN)
    assert outcome.missing == ("leden[1].leeftijd",)


def test_missing_structure_is_unknown_by_its_members() -> None:
    asked = model(*TYPES, put_in("p: tPersoon"), decision("d", "p.leeftijd > 3", inputs=["p"]))
    assert asked.decide("d", absent=UNKNOWN).missing == ("p.leeftijd",)
    assert asked.decide("d", {"p": UNKNOWN}, absent=UNKNOWN).missing == ("p.leeftijd",)


def test_value_of_another_type_is_unknown_in_rights_mode() -> None:
    outcome = typed("tLeeftijd").decide("d", {"x": 131}, absent=UNKNOWN)
    assert outcome.value == Unknown({"x"})
    assert len(outcome.messages) == 1


def test_unknown_within_a_value_leaves_the_rest_known() -> None:
    asked = model(*TYPES, decision("d: tPersoon", "{naam: n, leeftijd: 3}"))
    outcome = asked.decide("d", absent=UNKNOWN)
    assert isinstance(outcome.value, dict)
    assert outcome.value["leeftijd"] == 3


# --- problems ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("items", "said"),
    [
        ((item("tA", "tB"),), "there is no type 'tB'"),
        ((item("tA", "tA"),), "the type tA holds itself: tA → tA"),
        ((item("tA", None, item("b", "tB")), item("tB", "tA", many=True)), "tA → tB → tA"),
        ((item("tA", "number", allowed="1 +"),), "are no unary tests: line 1, column 4"),
    ],
)
def test_definition_that_cannot_be_is_a_problem(
    items: tuple[ItemDefinition, ...], said: str
) -> None:
    asked = model(*items, put_in("x: tA"), decision("d", "x", inputs=["x"]))
    assert asked.decide("d", {"x": 1}).value in (1, None)
    assert any(said in problem.message for problem in asked.problems)


def test_unknown_type_refuses_nothing_and_is_a_problem_with_a_suggestion() -> None:
    asked = model(*TYPES, put_in("x: tKluer"), decision("d", "x", inputs=["x"]))
    assert asked.decide("d", {"x": "paars"}).value == "paars"
    (problem,) = asked.problems
    assert problem.hint == "did you mean tKleur?"


def test_types_that_double_at_every_level_are_bounded() -> None:
    levels = [item("t0", "number")]
    levels += [
        item(f"t{n}", None, item("a", f"t{n - 1}"), item("b", f"t{n - 1}")) for n in range(1, 60)
    ]
    asked = model(*levels, put_in("x: t59"), decision("d", "x.a", inputs=["x"]))
    assert len(asked.decide("d", absent=UNKNOWN).missing) <= 2000
    assert "more than" in asked.problems[0].message


@pytest.mark.parametrize("many", [True, False])
@pytest.mark.parametrize("upside_down", [True, False])
def test_types_on_types_on_types_are_bounded(many: bool, upside_down: bool) -> None:
    levels = [item("t0", "number", allowed="> 1")]
    levels += [item(f"t{n}", f"t{n - 1}", allowed="?", many=many) for n in range(1, 3000)]
    ordered = reversed(levels) if upside_down else levels
    asked = model(*ordered, put_in("x: t2999"), decision("d", "x", inputs=["x"]))
    assert asked.decide("d", {"x": 1}).value in (1, None, [1])
    assert "more than 50 levels" in asked.problems[0].message


def test_date_is_taken_as_the_start_of_its_day() -> None:
    outcome = typed("date and time").decide("d", {"x": date(2026, 1, 15)})
    assert outcome.value == value_of('@"2026-01-15T00:00:00Z"')
