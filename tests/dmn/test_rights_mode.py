"""Laws of rights mode over whole models: what is answered stands, whatever turns out."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.dmn.building import (
    call,
    context,
    decision,
    feel,
    item,
    knowledge,
    model,
    put_in,
    service,
)
from vanzelf.dmn import Model
from vanzelf.dmn.definitions import (
    Conditional,
    DecisionTable,
    Expression,
    HitPolicy,
    InputClause,
    OutputClause,
    Rule,
)
from vanzelf.feel import UNKNOWN
from vanzelf.feel.values.unknown import unknown_within

LEGAL: Mapping[str, tuple[object, ...]] = {
    "ja": (True, False),
    "n": (Decimal(1), Decimal(2), Decimal(3)),
    "p.kleur": ("rood", "groen"),
    "p.oud": (True, False),
}
"""All that the inputs of a drawn model may be."""

CONDITIONS = st.sampled_from(
    ["ja", "not(ja)", "n > 1", "n = 2", "p.oud", "not(p.oud) and ja", 'p.kleur = "rood" or ja',
     "groot(n)", "s(ja, n) = 1", "eerst = 1", "eerst in [2..4]", "n in (1, 3)"]
)  # fmt: skip
VALUES = st.sampled_from(
    ["1", "2", "n", "n + 1", "eerst", "if ja then 1 else n", "s(ja, 2)", "count([1, 2][item > n])",
     "if p.oud then n - n else 0"]
)  # fmt: skip
CELLS = st.sampled_from(["-", "1", "2", ">= 2", "< 2", "not(1)", "1, 3"])


@st.composite
def tables(draw: st.DrawFn) -> Expression:
    rules = [
        Rule(tests=(draw(CELLS), draw(st.sampled_from(["-", "true", "false"]))),
             outputs=(feel(draw(VALUES)),))
        for _ in range(draw(st.integers(1, 4)))
    ]  # fmt: skip
    policy = draw(st.sampled_from([HitPolicy.FIRST, HitPolicy.UNIQUE, HitPolicy.ANY]))
    return DecisionTable(
        inputs=(InputClause(expression=feel("n")), InputClause(expression=feel(draw(CONDITIONS)))),
        outputs=(OutputClause(),),
        rules=tuple(rules),
        hit_policy=policy,
    )


@st.composite
def logics(draw: st.DrawFn) -> Expression:
    condition, left, right = draw(CONDITIONS), draw(VALUES), draw(VALUES)
    return draw(
        st.sampled_from(
            [
                Conditional(feel(condition), feel(left), feel(right)),
                feel(f"if {condition} then {left} else {right}", "number"),
                context(("x", left), ("y", condition), ("", f"if y then x else {right}")),
                call("s", ja=condition, n=left),
            ]
        )
        | tables()
    )


@st.composite
def models(draw: st.DrawFn) -> Model:
    everything = {"inputs": ["ja", "n", "p"], "knowledge": ["groot", "s"]}
    return model(
        item("tN", "number", allowed="1, 2, 3"),
        item("tKleur", "string", allowed='"rood", "groen"'),
        item("tP", None, item("kleur", "tKleur"), item("oud", "boolean")),
        put_in("ja: boolean"),
        put_in("n: tN"),
        put_in("p: tP"),
        knowledge("groot: boolean", ["x: number"], "x > 1"),
        decision("binnen: number", "if ja then n else 1", inputs=["ja", "n"]),
        service("s: number", outputs=["binnen"], inputs=["ja", "n"]),
        decision("eerst: number", "if n > 2 or ja then 1 else 2", inputs=["n", "ja"]),
        decision("uit", draw(logics()), **everything, decisions=["eerst"]),
    )


KNOWN = st.fixed_dictionaries(
    {}, optional={path: st.sampled_from(values) for path, values in LEGAL.items()}
)


def put(paths: Mapping[str, object]) -> dict[str, object]:
    """The inputs in which these paths are known."""
    inputs: dict[str, object] = {}
    for path, value in paths.items():
        name, _, member = path.partition(".")
        if member:
            inner = inputs.setdefault(name, {})
            assert isinstance(inner, dict)
            inner[member] = value
        else:
            inputs[name] = value
    return inputs


def fillings(paths: tuple[str, ...]) -> Iterator[dict[str, object]]:
    for values in itertools.product(*(LEGAL[path] for path in paths)):
        yield dict(zip(paths, values, strict=True))


@settings(max_examples=150, deadline=None)
@given(models(), KNOWN)
def test_answer_stands_whatever_turns_out(asked: Model, known: dict[str, object]) -> None:
    outcome = asked.decide("uit", put(known), absent=UNKNOWN)
    assert not set(outcome.missing) & known.keys()
    if unknown_within(outcome.value) is not None:
        return
    for filling in fillings(tuple(LEGAL.keys() - known.keys())):
        assert asked.decide("uit", put({**known, **filling})).value == outcome.value


@settings(max_examples=60, deadline=None)
@given(models(), KNOWN)
def test_what_settles_an_outcome_does_settle_it(asked: Model, known: dict[str, object]) -> None:
    outcome = asked.decide("uit", put(known), absent=UNKNOWN)
    for settling in outcome.settled_by:
        for filling in fillings(settling):
            again = asked.decide("uit", put({**known, **filling}), absent=UNKNOWN)
            assert unknown_within(again.value) is None


@settings(max_examples=60, deadline=None)
@given(models(), KNOWN)
def test_both_modes_agree_when_all_is_known(asked: Model, known: dict[str, object]) -> None:
    rest = {path: values[0] for path, values in LEGAL.items()}
    inputs = put({**rest, **known})
    assert asked.decide("uit", inputs, absent=UNKNOWN).value == asked.decide("uit", inputs).value
    explained = asked.decide("uit", inputs, explain=True)
    assert explained.value == asked.decide("uit", inputs).value
    assert explained.explanation[-1].element == "decision 'uit'"
