"""UNKNOWN through every operator, and what its causes are."""

from __future__ import annotations

import copy
import pickle
from decimal import Decimal

import pytest

from vanzelf import feel
from vanzelf.feel import UNKNOWN, Unknown

A, B, C = Unknown({"a"}), Unknown({"b"}), Unknown({"c"})
CONTEXT: dict[str, object] = {
    "a": A,
    "b": B,
    "c": C,
    "n": 5,
    "lijst": [1, A, 3],
    "leden": [{"vt": True, "leeftijd": 40}, {"vt": A, "leeftijd": 17}, {"vt": B, "leeftijd": C}],
}
AB, AC, ABC = A | B, A | C, A | B | C


def run(text: str) -> object:
    return feel.evaluate(text, CONTEXT)


def test_plain_unknown_is_one_object() -> None:
    assert Unknown(frozenset()) is UNKNOWN
    assert (UNKNOWN | UNKNOWN) is UNKNOWN
    assert copy.deepcopy(UNKNOWN) is UNKNOWN
    assert pickle.loads(pickle.dumps(UNKNOWN)) is UNKNOWN
    assert pickle.loads(pickle.dumps(A)) == A


def test_unknown_has_no_truth_value() -> None:
    with pytest.raises(TypeError, match="neither true nor false"):
        bool(UNKNOWN)
    with pytest.raises(TypeError):
        Unknown("abc")
    with pytest.raises(AttributeError):
        A.causes = frozenset()  # type: ignore[misc] # that it cannot is the test


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("false and a", False),
        ("a and false", False),
        ("true and a", A),
        ("a and b", AB),
        ("null and a", A),
        ("true or a", True),
        ("a or true", True),
        ("false or a", A),
        ("a or b", AB),
        ("a or null", A),
        ("a and b and false", False),
        ("a or b or c", ABC),
        ("not(a)", A),
        ("null = a", A),
        ("a = a", A),
        ("a != 1", A),
        ("a < b", AB),
        ("a + 1", A),
        ("a - b * c", ABC),
        ("-a", A),
        ('"x" + a', A),
        ("null + a", A),
        ("a between 1 and 2", A),
        ("n between 6 and a", False),
        ("n between a and 4", False),
        ("n between 1 and a", A),
        ("a in (1, b)", AB),
        ("n in (a, 5)", True),
        ("n in [1..a]", A),
        ("0 in [1..a]", False),
        ("n in a", A),
        ("n in (> a, < 3)", A),
        ("a.x.y", A),
        ("a[1]", A),
        ("a[x > b]", AB),
        ("n[a]", A),
        ("a instance of number", A),
        ("a(1, b)", AB),
        ("[1, a] = [2, b]", False),
        ("[1, a] = [1, b]", AB),
        ("[1, a] = [1]", False),
        ("{x: a} = {x: 1}", A),
        ("{x: a} = {y: 1}", False),
        ("[1, a] instance of list<string>", False),
        ("[1, a] instance of list<number>", A),
        ("if a then 1 else 1", Decimal(1)),
        ('if a then "x" else "y"', A),
        ("if a then b else 1", AB),
        ("if true then 1 else a", Decimal(1)),
        ("for x in a return x + b", AB),
        ("some x in a satisfies x = b", AB),
        ("some x in [a, true] satisfies x", True),
        ("some x in [a, false] satisfies x", A),
        ("every x in [a, true] satisfies x", A),
        ("every x in [a, false] satisfies x", False),
        ("some x in [1, 2], y in [a, 2] satisfies x = y", True),
        ("{x: a, y: 1}.y", Decimal(1)),
        ("{x: a, y: 1}.x", A),
        ("[a, 2][2]", Decimal(2)),
        ("[a, 2][1]", A),
        ("(function(x) x + a)(1)", A),
        ("(function(x) 7)(a)", Decimal(7)),
    ],
)
def test_unknown_runs_through(text: str, value: object) -> None:
    assert run(text) == value
    assert isinstance(run(text), type(value))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("count(lijst)", Decimal(3)),
        ("sum(lijst)", A),
        ("max(lijst)", A),
        ("min(lijst, b)", AB),
        ("mean(lijst)", A),
        ("list contains(lijst, 3)", True),
        ("list contains(lijst, 4)", A),
        ("all([a, false])", False),
        ("any([a, true])", True),
        ("any([a, false])", A),
        ("append(lijst, 4)[4]", Decimal(4)),
        ("reverse(lijst)[1]", Decimal(3)),
        ("count(concatenate(lijst, [4]))", Decimal(4)),
        ("string(lijst)", A),
        ("floor(a)", A),
        ("date(a)", A),
        ("get value({x: a}, \"x\")", A),
        ("distinct values(lijst)", A),
        ("index of(lijst, 3)", A),
        ("string(from: a)", A),
        ("flatten([1, a])", A),
        ("sort(lijst)", A),
        ("sort([2, 1], function(x, y) x < b)", B),
    ],
)  # fmt: skip
def test_built_in_with_unknown(text: str, value: object) -> None:
    assert run(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("count(leden[vt]) >= 1", True),
        ("count(leden[vt]) > 3", False),
        ("count(leden[vt]) = 4", False),
        ("count(leden[vt]) != 0", True),
        ("count(leden[vt]) >= 2", AB),
        ("count(leden[leeftijd < 18]) >= 1", True),
        ("count(leden[leeftijd < 18]) < 1", False),
        ("count(leden[vt]) + 1 >= 2", True),
        ("0 - count(leden[vt]) <= -1", True),
        ("count(leden[vt]) between 1 and 3", True),
        ("count(leden[vt]) in [4..9]", False),
        ("some lid in leden[vt] satisfies lid.leeftijd = 40", True),
        ("every lid in leden[leeftijd < 100] satisfies lid.leeftijd < 50", C),
        ("leden[vt] = []", False),
        ("list contains(leden[vt].leeftijd, 40)", True),
        ("count(for lid in leden[vt] return lid.leeftijd) >= 1", True),
        ("count(leden[vt][leeftijd < 18]) <= 2", True),
        ("(if a then 42 else 63) >= 42", True),
        ("(if a then 42 else 63) > 63", False),
    ],
)
def test_bounds_decide(text: str, value: object) -> None:
    assert run(text) == value


def test_count_of_an_unsettled_filter_has_bounds() -> None:
    count = feel.compile(feel.parse("count(leden[vt])", CONTEXT))(CONTEXT)
    assert count == Unknown({"a", "b"}, low=Decimal(1), high=Decimal(3))


def test_absent_name_or_member_is_what_the_caller_says() -> None:
    compiled = feel.compile(feel.parse("x.y = 1"), absent=UNKNOWN)
    assert compiled({}) is UNKNOWN
    assert compiled({"x": {}}) is UNKNOWN
    assert compiled({"x": {"y": 1}}) is True
    assert feel.compile(feel.parse("x.y = 1"))({"x": {}}) is False


def test_python_function_is_not_called_with_unknown_unless_it_asks() -> None:
    strict = feel.function("f", ("x",), lambda x: x + 1)
    lenient = feel.function("g", ("x",), lambda x: "gezien", takes_unknown=True)
    assert feel.evaluate("f(u)", {"f": strict, "u": A}) == A
    assert feel.evaluate("f(1)", {"f": strict}) == 2
    assert feel.evaluate("g(u)", {"g": lenient, "u": A}) == "gezien"


def test_recursion_on_an_unknown_condition_is_unknown() -> None:
    text = "{f: function(n) if n <= 1 then 1 else n * f(n - 1), r: f(a)}.r"
    assert run(text) == A
