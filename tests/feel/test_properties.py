"""Laws that hold for every expression."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.feel.strategies import SCOPE, Expressions, Type
from tests.feel.trees import BOUND, MEMBERS, NAMES, Trees
from vanzelf import feel
from vanzelf.feel import UNKNOWN, Unknown
from vanzelf.feel.values.ranges import Excluded

bounded = settings(derandomize=True, deadline=None, max_examples=25)
seeds = st.integers(0, 2**32)
TRIES = 40
"""Trees per seed."""
WITHIN = ("kind", "i", "een getal", "p", "q", "z z", "x", "leeftijd", "student", "punten")
"""Names that an expression brings in itself."""


def causes_in(value: object) -> frozenset[str]:
    if isinstance(value, Unknown):
        return value.causes
    if isinstance(value, feel.Range):
        return causes_in(value.low) | causes_in(value.high)
    if isinstance(value, Excluded):
        return causes_in(value.value)
    members = value.values() if isinstance(value, dict) else value
    if not isinstance(value, list | dict):
        return frozenset()
    return frozenset().union(*map(causes_in, members))


def agrees(with_unknown: object, filled: object) -> bool:
    """Whether what was known already is still so after filling."""
    if isinstance(with_unknown, Unknown):
        return within_bounds(with_unknown, filled)
    if isinstance(with_unknown, list) and isinstance(filled, list):
        return len(with_unknown) == len(filled) and all(map(agrees, with_unknown, filled))
    if isinstance(with_unknown, dict) and isinstance(filled, dict):
        return with_unknown.keys() == filled.keys() and all(
            agrees(value, filled[key]) for key, value in with_unknown.items()
        )
    if isinstance(with_unknown, feel.Range) and isinstance(filled, feel.Range):
        ends = agrees(with_unknown.low, filled.low) and agrees(with_unknown.high, filled.high)
        return ends and with_unknown.form == filled.form
    if isinstance(with_unknown, Excluded) and isinstance(filled, Excluded):
        return agrees(with_unknown.value, filled.value)
    if isinstance(with_unknown, feel.FeelFunction):
        return isinstance(filled, feel.FeelFunction)
    return with_unknown == filled and type(with_unknown) is type(filled)


def within_bounds(bounds: Unknown, filled: Any) -> bool:
    if isinstance(filled, Unknown) or not bounds.bounded:
        return True
    if bounds.low is not None and filled < bounds.low:
        return False
    return bounds.high is None or filled <= bounds.high


def half_known(trees: Trees) -> tuple[dict[str, object], dict[str, object]]:
    """A context with unknowns, and the same context with all of them filled."""
    count = 0

    def hide(value: object) -> object:
        nonlocal count
        if trees.random.random() < 0.2:
            count += 1
            return Unknown({f"u{count}"})
        if isinstance(value, list):
            return [hide(element) for element in value]
        if isinstance(value, dict):
            return {key: hide(member) for key, member in value.items()}
        return value

    filled = trees.context()
    return {name: hide(value) for name, value in filled.items()}, filled


@bounded
@given(seeds)
def test_parse_reads_what_unparse_wrote(seed: int) -> None:
    trees = Trees(Random(seed))
    for _ in range(TRIES):
        tree = trees.tree()
        assert feel.parse(feel.unparse(tree), [*NAMES, *MEMBERS, *BOUND]) == tree


@bounded
@given(seeds)
def test_answer_already_given_stands_whatever_the_unknown_turns_out_to_be(seed: int) -> None:
    trees = Trees(Random(seed))
    for _ in range(TRIES):
        run = feel.compile(tree := trees.tree())
        hidden, filled = half_known(trees)
        before, after = run(hidden), run(filled)
        assert agrees(before, after), (feel.unparse(tree), hidden, filled, before, after)
        assert not causes_in(after), "after filling all causes nothing is unknown"
        assert not isinstance(after, Unknown), "after filling all causes nothing is unknown"


@bounded
@given(seeds)
def test_filling_the_causes_alone_settles_the_answer(seed: int) -> None:
    """What is not a cause may stay unknown: it can no longer change the answer."""
    trees = Trees(Random(seed))
    for _ in range(TRIES):
        run = feel.compile(tree := trees.tree())
        hidden, filled = half_known(trees)
        needed = causes_in(run(hidden))
        context = {name: fill(hidden[name], filled[name], needed) for name in NAMES}
        settled = run(context)
        assert not isinstance(settled, Unknown), (feel.unparse(tree), hidden, context)
        assert agrees(settled, run(filled)), (feel.unparse(tree), context, filled, settled)


def fill(hidden: object, filled: object, causes: frozenset[str]) -> object:
    if isinstance(hidden, Unknown):
        return filled if hidden.causes <= causes else hidden
    if isinstance(hidden, list) and isinstance(filled, list):
        return [fill(one, other, causes) for one, other in zip(hidden, filled, strict=True)]
    if isinstance(hidden, dict) and isinstance(filled, dict):
        return {key: fill(value, filled[key], causes) for key, value in hidden.items()}
    return hidden


# --- expressions that make sense --------------------------------------------------------------


class Hidden:
    """A context of which parts are unknown, each under a name of its own, with their types."""

    def __init__(self, draw: Expressions) -> None:
        self.draw = draw
        self.types: dict[str, Type] = {}
        self.context = {name: self._hide(draw.value(of), of) for name, of in SCOPE.items()}

    def _hide(self, value: object, type: Type) -> object:
        if self.draw.random.random() < 0.2:
            name = f"u{len(self.types)}"
            self.types[name] = type
            return Unknown({name})
        if isinstance(value, list):
            return [self._hide(element, type.element) for element in value]
        if isinstance(value, dict):
            return {name: self._hide(value[name], of) for name, of in type.inside}
        return value

    def filled(self, names: Iterable[str]) -> dict[str, object]:
        """The context with a value of its type for each of these unknowns, drawn anew."""
        values = {name: self.draw.value(self.types[name]) for name in names}
        return {name: _put(value, values) for name, value in self.context.items()}


def _put(value: object, values: Mapping[str, object]) -> object:
    if isinstance(value, Unknown):
        (name,) = value.causes
        return values.get(name, value)
    if isinstance(value, list):
        return [_put(element, values) for element in value]
    if isinstance(value, dict):
        return {name: _put(member, values) for name, member in value.items()}
    return value


def sensible(seed: int) -> Iterator[tuple[str, feel.Compiled, Hidden]]:
    """Expressions of many types, each with a context that is known in part."""
    draw = Expressions(Random(seed))
    for _ in range(TRIES):
        tree = draw.expression(draw.any_type(), draw.random.randint(1, 4))
        yield feel.unparse(tree), feel.compile(tree), Hidden(draw)


@bounded
@given(seeds)
def test_sensible_expression_is_read_as_it_was_written(seed: int) -> None:
    """parse(unparse(tree)) = tree, with names of many words, accents and loops of their own."""
    draw = Expressions(Random(seed))
    for _ in range(TRIES):
        tree = draw.expression(draw.any_type(), draw.random.randint(1, 5))
        assert feel.parse(feel.unparse(tree), [*SCOPE, *WITHIN]) == tree


def test_name_that_is_the_word_function_is_read_as_it_was_written() -> None:
    """Found by fuzzing: without its brackets it began a definition."""
    tree = feel.parse("(function)(1)")
    assert feel.parse(feel.unparse(tree)) == tree


@bounded
@given(seeds)
def test_no_value_of_its_type_for_an_unknown_contradicts_an_answer(seed: int) -> None:
    """Let v = e(c) with unknowns in c, and c' be c with any value of its type for each unknown.

    Then e(c') is known, and agrees with v: each known part of v stands, a bounded unknown
    within its bounds, an unknown anywhere.
    """
    for text, run, hidden in sensible(seed):
        before = run(hidden.context)
        for _ in range(3):
            filled = hidden.filled(hidden.types)
            after = run(filled)
            assert agrees(before, after), (text, hidden.context, filled, before, after)
            assert not causes_in(after), (text, filled, after)
            assert not isinstance(after, Unknown), (text, filled, after)


@bounded
@given(seeds)
def test_causes_are_complete(seed: int) -> None:
    """Let v = e(c), and c' be c with any value of its type for each cause of v, and for no other.

    Then e(c') is known and agrees with v: nothing else was needed.
    """
    for text, run, hidden in sensible(seed):
        before = run(hidden.context)
        filled = hidden.filled(causes_in(before))
        after = run(filled)
        assert not causes_in(after), (text, hidden.context, filled, before, after)
        assert not isinstance(after, Unknown), (text, hidden.context, filled, before, after)
        assert agrees(before, after), (text, hidden.context, filled, before, after)


@bounded
@given(seeds)
def test_what_is_no_cause_changes_nothing(seed: int) -> None:
    """Let v = e(c), and c' be c with any value of its type for each unknown that is no cause.

    Then e(c') = v, with the same unknowns, causes and bounds in the same places.
    """
    for text, run, hidden in sensible(seed):
        before = run(hidden.context)
        filled = hidden.filled(hidden.types.keys() - causes_in(before))
        after = run(filled)
        assert same(before, after), (text, hidden.context, filled, before, after)


def same(left: object, right: object) -> bool:
    """Equal, unknowns included."""
    return agrees(left, right) and agrees(right, left) and causes_in(left) == causes_in(right)


@bounded
@given(seeds)
def test_any_expression_over_anything_gives_a_value(seed: int) -> None:
    """Neither sense nor types: no tree raises on any context, in either mode."""
    trees, draw = Trees(Random(seed)), Expressions(Random(seed))
    for _ in range(TRIES):
        for tree in (trees.tree(), draw.expression(draw.any_type())):
            for absent in (None, UNKNOWN):
                run = feel.compile(tree, absent=absent)
                for context in ({}, trees.context(), Hidden(draw).context):
                    feel.text(run(context))


@settings(derandomize=True, deadline=None, max_examples=300)
@given(st.text(max_size=40))
def test_any_text_is_evaluated_or_is_a_syntax_error(text: str) -> None:
    with contextlib.suppress(feel.FeelSyntaxError):
        feel.text(feel.evaluate(text, {"a": 1, "b c": [1, {"d": UNKNOWN}]}))


WORDS = st.sampled_from(
    [
        "a", "b", "1", "2", "if", "then", "else", "for", "in", "return", "some", "satisfies",
        "(", ")", "[", "]", "{", "}", ",", ".", "..", "+", "-", "*", "**", "/", "=", "<", ">=", ":",
        "function", "count", "and", "or", "not", "between", "instance", "of", "list", "item",
        '"x"', '@"P1Y"', "?", "null", "true", "date", "partial", "external", "100000",
    ]
)  # fmt: skip


@settings(derandomize=True, deadline=None, max_examples=600)
@given(st.lists(WORDS, max_size=14).map(" ".join))
def test_any_words_are_evaluated_or_are_a_syntax_error(text: str) -> None:
    for start in ("expression", "unary tests"):
        try:
            tree = feel.parse(text, ["a", "b"], start=start)  # type: ignore[arg-type] # a literal
        except feel.FeelSyntaxError:
            continue
        value = feel.compile(tree, absent=UNKNOWN)({"a": [1, 2], "b": {"a": "x"}})
        feel.text(value)
        assert feel.parse(feel.unparse(tree), ["a", "b"], start=start) == tree  # type: ignore[arg-type]
