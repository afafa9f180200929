"""What one evaluation may use, whatever it does: each of these took all time or all memory."""

from __future__ import annotations

import pytest

from tests.prove.fuzz.words import GROW
from vanzelf import feel
from vanzelf.feel import Unknown

STEPS = 20_000
BIG = "big: for i in 1..10000 return i"

UNENDING = [
    "for i in 1..15000 return string(10**6144)",
    "for i in 1..15000 return decimal(1/3, 6000)",
    GROW % ("x + x", '"ab"', "15", 'for i in 1..900 return big + "a"'),
    GROW % ("x + x", '"ab"', "15", "for i in 1..900 return upper case(big)"),
    GROW % ("x + x", '"ab"', "15", 'every i in 1..900 satisfies not(contains(big, "bb"))'),
    GROW % ("x + x", '"ab"', "13", 'for i in 1..900 return split(big, "a")'),
    GROW % ("[x, x]", "[{a: 1}]", "30", "big.a"),
    GROW % ("[x, x]", "[1]", "30", "big instance of " + "list<" * 30 + "number" + ">" * 30),
    f"{{{BIG}, other: for i in big return i, r: some i in 1..900 satisfies big != other}}.r",
    f"{{{BIG}, r: every i in 1..900 satisfies is(big, big)}}.r",
    "{c: context(for i in 1..5000 return {key: string(i), value: i}),"
    ' r: for i in 1..900 return context put(c, "a", i)}.r',
    "{c: context(for i in 1..5000 return {key: string(i), value: i}),"
    " r: for i in 1..900 return get entries(c)}.r",
    "for i in 1..15000 return [" + ", ".join(["i"] * 100) + "]",
    "sort(for i in 1..9000 return i, function(a, b) a > b)",
    "x[x[x[x[x[x[x[x[x[x[x[x[x[x[x[x[x[x[x[x[x[x[x[x[x]]]]]]]]]]]]]]]]]]]]]]]]",
    GROW % ("[x, x]", "[1]", "30", "flatten(big)"),
    "distinct values(for i in 1..900 return [[i]])",
]


@pytest.mark.parametrize("text", UNENDING)
def test_work_of_every_kind_is_charged(text: str) -> None:
    tree = feel.parse(text, ["x"])
    state = feel.State.of(STEPS)
    assert feel.compile(tree)({"x": [1, 2, 3]}, state) is None
    assert state.left < 0


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('matches("a", "a{1000000000}")', "pattern"),
        ('matches("a", "((a{1,1000}){1,1000}){1,1000}")', None),
        ('matches("a", "((a{1000}){1000}){1000}")', "pattern"),
        (GROW % ("x + x", '"ab"', "18", 'replace(big, "[ab]+", "$0$0$0$0$0")'), "longer than"),
        ('for i in @"0001-01-01"..@"9999-12-31" return i', "more than"),
    ],
)
def test_bounds_beside_the_steps(text: str, says: str | None) -> None:
    messages: list[str] = []
    found = feel.evaluate(text, messages=messages)
    if says is not None:
        assert found is None
        assert any(says in message for message in messages)


def test_text_of_more_characters_than_a_tree_may_come_from() -> None:
    with pytest.raises(feel.FeelSyntaxError, match="too long"):
        feel.parse("1" + "+1" * 200_000)


def test_text_of_a_value_that_doubles_ends() -> None:
    grown = feel.evaluate(GROW % ("[x, x]", "[1]", "60", "big"))
    assert len(feel.text(grown)) < 1_000_100


def test_numbers_beyond_28_digits_are_run_over_exactly() -> None:
    found = feel.evaluate("for i in 10**29 + 1..10**29 + 2 return i - 10**29")
    assert feel.text(found) == "[1, 2]"


# --- unknowns that the laws found wanting -----------------------------------------------------

WHO = Unknown({"wie"})
CHILD = {"naam": "Ann", "leeftijd": Unknown({"leeftijd"})}


def causes(text: str, **context: object) -> list[str]:
    found = feel.evaluate(text, context)
    assert isinstance(found, Unknown)
    return sorted(found.causes)


def test_unknown_argument_may_be_of_another_type() -> None:
    assert causes("(function(p: string) 1)(wie)", wie=WHO) == ["wie"]
    assert feel.evaluate("(function(p) 1)(wie)", {"wie": WHO}) == 1
    counted = "(function(p: number) p >= 0)(count([1, 2][item > x]))"
    assert feel.evaluate(counted, {"x": Unknown({"x"})}) is not None


def test_causes_of_a_partial_list_are_those_of_its_values_too() -> None:
    text = "min(kinderen[item.naam = wie]).leeftijd"
    assert causes(text, kinderen=[CHILD], wie=WHO) == ["leeftijd", "wie"]
    assert causes("count(kinderen[item.naam = wie])", kinderen=[CHILD], wie=WHO) == ["wie"]


def test_causes_of_a_list_that_may_be_flat_are_those_of_its_values_too() -> None:
    assert causes("flatten(kinderen)", kinderen=[CHILD, WHO]) == ["leeftijd", "wie"]


def test_bounds_keep_all_digits() -> None:
    text = "10**33 + 1 - (if wie then 1 else 2)"
    found = feel.compile(feel.parse(text, ["wie"]))({"wie": WHO})
    assert isinstance(found, Unknown)
    assert feel.text(found.low) == "9" * 33
