"""Compiled trees: the state that several share."""

from __future__ import annotations

from vanzelf import feel


def test_trees_with_one_state_share_its_budget() -> None:
    run = feel.compile(feel.parse("for x in 1..400000 return x"))
    state = feel.State()
    results = [run({}, state) for _ in range(3)]
    assert [result is None for result in results] == [False, False, True]
    assert run({}) is not None


def test_function_of_one_tree_charges_the_budget_it_was_made_with() -> None:
    state = feel.State.of(1_000)
    make = feel.compile(feel.parse("function(n) count(for x in 1..n return x)"))
    use = feel.compile(feel.parse("[f(400), f(400), f(400)]"))
    assert use({"f": make({}, state)}, state) is None
    assert state.left < 0
