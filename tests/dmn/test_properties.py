"""Laws that hold for every decision model: of unknown inputs, and of reading what was written."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.dmn.building import decision, definitions
from tests.dmn.strategies import IDS, ITEMS, PUT_IN, Models
from tests.feel.test_properties import agrees, causes_in
from vanzelf.dmn import Model, Outcome, reading, writing
from vanzelf.dmn.definitions import (
    DecisionTable,
    Definitions,
    HitPolicy,
    InputClause,
    Literal,
    OutputClause,
    Rule,
)
from vanzelf.feel import UNKNOWN, Unknown

bounded = settings(derandomize=True, deadline=None, max_examples=12)
seeds = st.integers(0, 2**32)
GEZIN = ("gezin.grootte", "gezin.alleenstaand", "gezin.statuut")

Inputs = dict[str, object]


def asked(draw: Models, drawn: Definitions) -> Iterable[Asking]:
    """Each decision of a model with legal inputs, of which some are held back."""
    model = Model(drawn)
    for name in model.decisions:
        yield Asking(draw, model, name)


class Asking:
    """A decision asked with some inputs held back, members of a structure among them."""

    def __init__(self, draw: Models, model: Model, decision: str) -> None:
        self.draw, self.model, self.decision = draw, model, decision
        self.all = draw.inputs()
        self.held = {path for path in (*self.all, *GEZIN) if draw.random.random() < 0.35}
        self.outcome = self.ask(self.without(self.held))

    def ask(self, inputs: Inputs) -> Outcome:
        return self.model.decide(self.decision, inputs, absent=UNKNOWN)

    def without(self, held: set[str]) -> Inputs:
        """All inputs but these; a structure that is held back lacks all its members."""
        given = {name: value for name, value in self.all.items() if name not in held}
        gezin = given.get("gezin")
        if isinstance(gezin, dict):
            given["gezin"] = {n: value for n, value in gezin.items() if f"gezin.{n}" not in held}
        return given

    def filled(self, paths: Iterable[str]) -> Inputs:
        """What was asked, with a legal value for each of these that was held back."""
        inputs = self.without(self.held)
        for path in paths:
            name, _, member = path.partition(".")
            if member:
                gezin = inputs.setdefault(name, {})
                assert isinstance(gezin, dict)
                gezin[member] = self.draw.legal(path)
            else:
                inputs[name] = self.draw.legal(path)
        return inputs

    def every(self) -> Inputs:
        """Everything known: the held back with legal values drawn anew."""
        paths = {path for path in self.held if path != "gezin"}
        return self.filled(paths | set(GEZIN) if "gezin" in self.held else paths)

    def __repr__(self) -> str:
        return f"{self.decision} with {self.without(self.held)}: {self.outcome}"


def no_answer_is_contradicted(asking: Asking) -> None:
    """Whatever legal values the held back inputs turn out to have, an answer given stands.

    Decided in standard mode, where nothing is unknown: two modes, one meaning.
    """
    every = asking.every()
    after = asking.model.decide(asking.decision, every)
    assert agrees(asking.outcome.value, after.value), (asking, every, after)


def missing_is_complete(asking: Asking) -> None:
    """Any legal value for each missing input, and for no other, makes the outcome known."""
    filled = asking.filled(asking.outcome.missing)
    after = asking.ask(filled)
    assert not causes_in(after.value), (asking, filled, after)
    assert not isinstance(after.value, Unknown), (asking, filled, after)
    assert not after.missing
    assert agrees(asking.outcome.value, after.value), (asking, filled, after)


def others_change_nothing(asking: Asking) -> None:
    """What is held back and not missing may have any legal value: the outcome stays."""
    others = asking.held - set(asking.outcome.missing) - {"gezin"}
    if "gezin" in asking.held:
        others -= set(GEZIN)
    after = asking.ask(asking.filled(others))
    assert agrees(asking.outcome.value, after.value), (asking, others, after)
    assert set(after.missing) == set(asking.outcome.missing), (asking, others, after)


def settling_sets_settle(asking: Asking) -> None:
    """Any legal value for each input of a reported set makes the outcome known."""
    for paths in asking.outcome.settled_by:
        assert set(paths) <= set(asking.outcome.missing)
        filled = asking.filled(paths)
        after = asking.ask(filled)
        assert not after.missing, (asking, paths, filled, after)
        assert agrees(asking.outcome.value, after.value), (asking, paths, filled, after)


LAWS = (no_answer_is_contradicted, missing_is_complete, others_change_nothing, settling_sets_settle)


@bounded
@given(seeds)
def test_laws_of_unknown_inputs_hold_for_tables(seed: int) -> None:
    draw = Models(Random(seed))
    for _ in range(4):
        for asking in asked(draw, draw.table()):
            for law in LAWS:
                law(asking)


@bounded
@given(seeds)
def test_laws_of_unknown_inputs_hold_for_graphs(seed: int) -> None:
    draw = Models(Random(seed))
    for asking in asked(draw, draw.definitions()):
        for law in LAWS:
            law(asking)


@bounded
@given(seeds)
def test_model_is_read_as_it_was_written(seed: int) -> None:
    """parse(write(model)) = model, once every element has an id."""
    drawn = writing.identified(Models(Random(seed)).definitions())
    assert reading.parse(writing.write(drawn)) == drawn


@bounded
@given(seeds)
def test_model_decides_anything_about_anything(seed: int) -> None:
    """No input, of whatever kind, makes a decision raise, in either mode; nor does explaining."""
    draw = Models(Random(seed))
    model = Model(draw.definitions())
    for asked_for in model.decisions:
        inputs: Inputs = {
            name: value
            if draw.random.random() < 0.5
            else draw.random.choice(list(draw.inputs().values()))
            for name, value in draw.inputs().items()
        }
        for absent in (None, UNKNOWN):
            for given_in in ({}, inputs):
                outcome = model.decide(asked_for, given_in, absent=absent, explain=True)
                assert isinstance(outcome, Outcome)


def test_input_that_is_tried_against_another_unknown_is_missing_too() -> None:
    """A law found it: with `bedragen` known, the outcome hung on `gezin.grootte` all the same."""
    table = DecisionTable(
        inputs=(InputClause(expression=Literal("gezin.grootte")),),
        outputs=(OutputClause(),),
        rules=(
            Rule(tests=("<= bedragen[1]",), outputs=(Literal("1"),)),
            Rule(tests=("-",), outputs=(Literal("2"),)),
        ),
        hit_policy=HitPolicy.FIRST,
    )
    model = Model(definitions(*ITEMS, *PUT_IN, decision("besluit", table, inputs=IDS)))
    outcome = model.decide("besluit", {}, absent=UNKNOWN)
    assert set(outcome.missing) == {"bedragen", "gezin.grootte"}
