"""What would settle an unknown verdict: held against brute force, for every rule."""

from __future__ import annotations

import itertools
from typing import Any

from hypothesis import given, settings

from tests.rights.building import (
    DAY,
    FACTS,
    FIVE,
    NAMES,
    TREES,
    fact,
    fillings,
    outcome,
    regulation_of,
    settles,
)
from vanzelf.rights import Catalogue, Outcome


def smallest_by_brute_force(regulation: Any, facts: dict[str, bool]) -> set[frozenset[str]]:
    absent = [f"persoon.{name}" for name in NAMES if name not in facts]
    found: set[frozenset[str]] = set()
    for size in range(1, len(absent) + 1):
        for paths in itertools.combinations(absent, size):
            if not any(one <= set(paths) for one in found) and settles(regulation, facts, paths):
                found.add(frozenset(paths))
    return found


@settings(max_examples=150, deadline=None)
@given(TREES, FACTS)
def test_sets_are_exactly_the_smallest_that_settle(tree: Any, facts: dict[str, bool]) -> None:
    regulation = regulation_of(tree)
    verdict = regulation.check({"persoon": facts}, DAY)
    if verdict.outcome is not Outcome.UNKNOWN:
        assert verdict.settled_by == ()
        assert verdict.missing == ()
        return
    assert verdict.search_complete
    found = {frozenset(paths) for paths in verdict.settled_by}
    assert found == smallest_by_brute_force(regulation, facts)


@settings(max_examples=100, deadline=None)
@given(TREES, FACTS)
def test_facts_that_are_not_missing_change_nothing(tree: Any, facts: dict[str, bool]) -> None:
    regulation = regulation_of(tree)
    verdict = regulation.check({"persoon": facts}, DAY)
    others = [name for name in NAMES if f"persoon.{name}" not in verdict.missing]
    rest = [name for name in others if name not in facts]
    for filling in fillings(rest):
        assert outcome(regulation, {**facts, **filling}) is verdict.outcome


@settings(max_examples=100, deadline=None)
@given(TREES, FACTS)
def test_next_question_may_settle_when_any_single_one_may(
    tree: Any, facts: dict[str, bool]
) -> None:
    regulation = regulation_of(tree)
    verdict = regulation.check({"persoon": facts}, DAY)
    if verdict.outcome is not Outcome.UNKNOWN:
        assert verdict.next_question is None
        return

    def may_settle(path: str) -> bool:
        answers = fillings([path])
        return any(outcome(regulation, {**facts, **one}) is not Outcome.UNKNOWN for one in answers)

    useful = [path for path in verdict.missing if may_settle(path)]
    assert verdict.next_question in (useful or verdict.missing)
    cheapest = min(FIVE.at(path).intrusiveness for path in useful or verdict.missing)
    assert FIVE.at(verdict.next_question).intrusiveness == cheapest


def test_fact_that_pulls_in_two_directions_settles_alone() -> None:
    regulation = regulation_of(("all", ["persoon.a and persoon.b", "not(persoon.a)"]))
    verdict = regulation.check({"persoon": {}}, DAY)
    assert verdict.settled_by == (("persoon.a",),)
    assert verdict.missing == ("persoon.a", "persoon.b")


def test_two_smallest_sets_are_both_told() -> None:
    contradictions = [f"persoon.{x} and not(persoon.{x})" for x in "ab"]
    verdict = regulation_of(("all", contradictions)).check({"persoon": {}}, DAY)
    assert set(verdict.settled_by) == {("persoon.a",), ("persoon.b",)}
    assert verdict.next_question == "persoon.b"  # the city holds b


def test_null_settles_nothing_and_is_never_no() -> None:
    regulation = regulation_of("persoon.a")
    verdict = regulation.check({"persoon": {"a": None}}, DAY)
    assert verdict.outcome is Outcome.UNKNOWN
    assert verdict.settled_by == ()
    assert verdict.explanation is not None
    assert verdict.explanation.criteria.reason == "no-value"


def test_fact_beside_a_null_cannot_settle_but_may_be_asked() -> None:
    regulation = regulation_of(("all", ["persoon.a", "persoon.b"]))
    verdict = regulation.check({"persoon": {"a": None}}, DAY)
    assert verdict.settled_by == ()
    assert verdict.missing == ("persoon.b",)
    assert verdict.next_question == "persoon.b"  # a no would decide


def test_unknown_household_is_settled_by_its_members() -> None:
    facts = [fact("gezin.leden", "list of persoon"), fact("persoon.a")]
    catalogue = Catalogue({one.path: one for one in facts})
    rule = "some lid in gezin.leden satisfies lid.a"
    verdict = regulation_of(rule, catalogue, "gezin").check({"gezin": {}}, DAY)
    assert verdict.settled_by == (("gezin.leden",),)


def test_many_open_facts_stay_within_the_bound() -> None:
    members = [{} for _ in range(12)]
    facts = [fact("gezin.leden", "list of persoon"), fact("persoon.a"), fact("persoon.b")]
    catalogue = Catalogue({one.path: one for one in facts})
    some = "some lid in gezin.leden satisfies (lid.a and lid.b)"
    every = "every lid in gezin.leden satisfies (not(lid.a) or lid.b)"
    verdict = regulation_of(("all", [some, every]), catalogue, "gezin").check(
        {"gezin": {"leden": members}}, DAY
    )
    assert verdict.outcome is Outcome.UNKNOWN
    assert len(verdict.missing) == 24
    assert not verdict.search_complete
    assert verdict.settled_by == (verdict.missing,)
