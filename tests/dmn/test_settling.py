"""Which inputs settle an outcome, held against brute force."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.dmn.tables.building import missing
from vanzelf import feel
from vanzelf.dmn.settling import Exhausted, settle, smallest
from vanzelf.dmn.tables import Missing
from vanzelf.feel import UNKNOWN, Unknown
from vanzelf.feel.extending import LimitExceeded
from vanzelf.feel.values.unknown import unknown_within

NAMES = ("a", "b", "c", "d")


class Asked:
    """A FEEL expression that was asked of inputs; `most` evaluations before it is stopped."""

    def __init__(self, text: str, inputs: Mapping[str, object], most: int = 10_000) -> None:
        self.run = feel.compile(feel.parse(text, inputs), absent=UNKNOWN)
        self.inputs, self.left = inputs, most
        self.value = self.again(inputs)

    def again(self, inputs: Mapping[str, object]) -> object:
        self.left -= 1
        if self.left < 0:
            raise LimitExceeded
        return self.run(inputs)


BOOLEANS: dict[str, object] = {name: missing(name, "boolean") for name in NAMES}
RULES = st.recursive(
    st.sampled_from(NAMES),
    lambda inner: (
        st.builds("({} and {})".format, inner, inner)
        | st.builds("({} or {})".format, inner, inner)
        | st.builds("not({})".format, inner)
        | st.builds("(if {} then {} else {})".format, inner, inner, inner)
    ),
    max_leaves=6,
)


def by_brute_force(asked: Asked) -> set[frozenset[str]]:
    def settles(paths: tuple[str, ...]) -> bool:
        return all(
            unknown_within(asked.again({**asked.inputs, **dict(zip(paths, values, strict=True))}))
            is None
            for values in itertools.product((True, False), repeat=len(paths))
        )

    found: set[frozenset[str]] = set()
    for size in range(1, len(NAMES) + 1):
        for paths in itertools.combinations(NAMES, size):
            if not any(one <= set(paths) for one in found) and settles(paths):
                found.add(frozenset(paths))
    return found


@settings(max_examples=150, deadline=None)
@given(RULES)
def test_sets_are_exactly_the_smallest_that_settle(rule: str) -> None:
    asked = Asked(rule, BOOLEANS)
    found = settle(asked)
    if unknown_within(asked.value) is None:
        assert found.missing == found.sets == ()
        return
    assert found.complete
    assert {frozenset(paths) for paths in found.sets} == by_brute_force(asked)


def test_input_that_pulls_in_two_directions_settles_alone() -> None:
    found = settle(Asked("if a then b and not(a) else false", BOOLEANS))
    assert found.missing == ("a", "b")
    assert found.sets == (("a",),)


def test_value_that_cannot_be_counted_out_settles_what_depends_on_it_alone() -> None:
    inputs = {"a": BOOLEANS["a"], "income": missing("income", "number")}
    found = settle(Asked("if a then income < 10 else income < 20", inputs))
    assert found.sets == (("a", "income"),)
    assert settle(Asked("income * 2 < 10 or a", {**inputs, "a": False})).sets == (("income",),)


def test_missing_member_of_an_element_is_found_and_filled() -> None:
    members = [{"vt": missing("leden[1].vt", "boolean")}, {"vt": False}]
    found = settle(Asked("some lid in leden satisfies lid.vt", {"leden": members}))
    assert found.sets == (("leden[1].vt",),)


def test_unknown_without_a_name_is_settled_by_nothing() -> None:
    found = settle(Asked("a and b", {"a": UNKNOWN, "b": missing("b", "boolean")}))
    assert found.missing == ("b",)
    assert found.sets == ()


def test_known_value_misses_nothing() -> None:
    assert settle(Asked("a and b", {"a": False, "b": missing("b", "boolean")})).missing == ()


def test_search_that_is_stopped_says_so_and_gives_everything() -> None:
    found = settle(Asked("a and b and c and d and not(a)", BOOLEANS, most=3))
    assert found.sets == (NAMES,)
    assert not found.complete


def test_search_is_bounded_by_itself() -> None:
    names = [f"n{index}" for index in range(16)]
    inputs = {name: missing(name, "boolean") for name in names}
    text = " + ".join(f"(if {name} then 1 else 0)" for name in names)
    found = settle(Asked(text, inputs))
    assert found.sets == (tuple(names),)
    assert not found.complete


# --- the search -------------------------------------------------------------------------------


@dataclass
class Family:
    """Sets that settle: those that hold one of these."""

    least: frozenset[frozenset[str]]
    most: int = 10_000

    def settles(self, paths: Collection[str]) -> bool:
        self.most -= 1
        if self.most < 0:
            raise Exhausted
        return any(one <= set(paths) for one in self.least)


SETS = st.frozensets(st.frozensets(st.sampled_from("abcdef"), min_size=1), min_size=1, max_size=5)


@given(SETS)
def test_search_finds_the_smallest_sets_of_any_family(sets: frozenset[frozenset[str]]) -> None:
    least = {one for one in sets if not any(other < one for other in sets)}
    found, complete = smallest("abcdef", Family(sets).settles, most_extra=6)
    assert complete
    assert {frozenset(one) for one in found} == least


@given(SETS, st.integers(0, 20))
def test_search_that_is_cut_short_gives_only_sets_that_settle(
    sets: frozenset[frozenset[str]], most: int
) -> None:
    found, complete = smallest("abcdef", Family(sets, most).settles)
    assert all(Family(sets).settles(one) for one in found)
    assert found
    least = {one for one in sets if not any(other < one for other in sets)}
    assert not complete or {frozenset(one) for one in found} == least


def test_missing_is_unknown_because_of_its_path() -> None:
    one = BOOLEANS["a"]
    assert isinstance(one, Missing)
    assert isinstance(one, Unknown)
    assert one.plain() == Unknown({"a"})
