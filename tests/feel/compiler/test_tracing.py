"""Where a value came from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pytest

from vanzelf import feel
from vanzelf.feel import ast
from vanzelf.feel.extending import Code, Compiler, Frame, Scope, compiles


def lines(trace: feel.Trace, depth: int = 0) -> Iterator[str]:
    yield f"{'  ' * depth}{trace.text}: {feel.text(trace.value)}"
    for part in trace.parts:
        yield from lines(part, depth + 1)


def explained(text: str, context: Mapping[str, object] | None = None) -> list[str]:
    return list(lines(feel.explain(text, context)))


def test_value_carries_the_values_it_came_from() -> None:
    assert explained("a + 1 > b and c", {"a": 5, "b": 2, "c": False}) == [
        "a + 1 > b and c: false",
        "  a + 1 > b: true",
        "    a + 1: 6",
        "      a: 5",
        "    b: 2",
        "  c: false",
    ]


def test_what_was_not_needed_is_not_in_it() -> None:
    assert explained("a and b", {"a": False, "b": True}) == ["a and b: false", "  a: false"]
    assert explained("if a then b else c", {"a": True, "b": 1, "c": 2}) == [
        "if a then b else c: 1",
        "  a: true",
        "  b: 1",
    ]


def test_loop_has_its_body_once_per_turn() -> None:
    assert explained("for x in lijst return x * 2", {"lijst": [1, 2]}) == [
        "for x in lijst return x * 2: [2, 4]",
        "  lijst: [1, 2]",
        "  x * 2: 2",
        "    x: 1",
        "  x * 2: 4",
        "    x: 2",
    ]


def test_filter_has_its_condition_once_per_element() -> None:
    context = {"leden": [{"leeftijd": 3}, {"leeftijd": 20}]}
    assert explained("count(leden[leeftijd >= 18])", context) == [
        "count(leden[leeftijd >= 18]): 1",
        "  leden[leeftijd >= 18]: [{leeftijd: 20}]",
        "    leden: [{leeftijd: 3}, {leeftijd: 20}]",
        "    leeftijd >= 18: false",
        "      leeftijd: 3",
        "    leeftijd >= 18: true",
        "      leeftijd: 20",
    ]


def test_call_of_a_function_has_its_body() -> None:
    assert explained("{dubbel: function(x) x + 1, uit: dubbel(a)}.uit", {"a": 4})[3:] == [
        "    dubbel(a): 5",
        "      dubbel: function(x)",
        "      a: 4",
        "      x + 1: 5",
        "        x: 4",
    ]


def test_tests_after_in_have_their_outcome() -> None:
    assert explained("a in (< 5, [b..9], b)", {"a": 7, "b": 8}) == [
        "a in (< 5, [b..9], b): false",
        "  a: 7",
        "  (< 5): false",
        "  [b..9]: false",
        "    b: 8",
        "  b: false",
        "    b: 8",
    ]


@pytest.mark.parametrize(("text", "value"), [("12", 12), ('"a"', "a"), ("null", None)])
def test_literal_has_no_parts(text: str, value: object) -> None:
    trace = feel.explain(text)
    assert (trace.value, trace.parts, trace.cut) == (value, (), False)


def test_explanation_is_bounded_and_says_so() -> None:
    trace = feel.explain("for x in 1..100000 return x + 1")
    assert isinstance(trace.value, list)
    assert (len(trace.value), trace.cut) == (100_000, True)
    assert len(trace.parts) == 5_000


def test_stopped_evaluation_shows_how_far_it_came() -> None:
    tree = feel.parse("count(for x in 1..3, y in 1..900000 return a) + 1")
    value, trace = feel.compile(tree, traced=True)({"a": 1})
    assert value is None
    assert trace.cut
    assert trace.parts[0].cut


def test_traced_value_is_the_value() -> None:
    tree = feel.parse("sort(lijst, function(x, y) x > y)[1]")
    context = {"lijst": feel.evaluate("[3, 1, 2]")}
    assert feel.compile(tree, traced=True)(context)[0] == feel.compile(tree)(context)


def test_traces_with_one_state_share_one_bound() -> None:
    state = feel.State()
    first = feel.compile(feel.parse("for x in 1..20000 return x + 1"), traced=True)
    second = feel.compile(feel.parse("1 + 1"), traced=True)
    assert first({}, state)[1].cut
    assert second({}, state)[1].cut


@dataclass(frozen=True, slots=True)
class Twice(ast.Node):
    operand: ast.Node

    def __str__(self) -> str:
        return f"tweemaal {feel.unparse(self.operand)}"


@compiles(Twice)
def compile_twice(compiler: Compiler, node: Twice, scope: Scope) -> Code:
    operand = compiler.code(node.operand, scope)

    def run(frame: Frame) -> object:
        return feel.compile(feel.parse("a + a"))({"a": operand(frame)})

    return run


def test_node_of_another_package_is_evaluated_traced_and_written() -> None:
    tree = ast.Binary(ast.BinaryOperator.MULTIPLY, Twice(ast.Name("a")), ast.Name("a"))
    _, trace = feel.compile(tree, traced=True)({"a": feel.evaluate("3")})
    assert list(lines(trace)) == [
        "(tweemaal a) * a: 18",
        "  tweemaal a: 6",
        "    a: 3",
        "  a: 3",
    ]
