"""What a simulation counts is what a check of each household and person gives."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from tests.population.simulation.conftest import ON
from vanzelf.feel import Unknown
from vanzelf.population import NO, UNKNOWN, YES, Population
from vanzelf.population.simulation import (
    COSTS,
    FLOWS,
    LEVELS,
    WORTH,
    Change,
    Effect,
    Simulator,
    changed,
    read_change,
    simulate,
)
from vanzelf.population.simulation.comparing import _masks
from vanzelf.population.simulation.side import Side
from vanzelf.population.statistics import DIMENSIONS, TOTAL, Secret
from vanzelf.rights import Outcome, Regulation, Regulations

FAR = 60
"""Noise of more than this comes once in 10^15 times."""
CHANGES: Mapping[str, dict[str, Any]] = {
    "gent/huisvuilzakken": {
        "sets": ["bedrag per gezin[1]=70", "bedrag per gezin[0]=40"],
        "without": ["hulp bij budget"],
    },
    "gent/schoolkorting": {"sets": ["inkomensgrens opvang=50000"]},
    "gent/uitpas": {
        "sets": ["korting op activiteiten=60"],
        "without": ["hulp bij budget"],
    },
    "vlaanderen/startbedrag": {"sets": ["bedrag per kind=1500", "jaren na de geboorte=3"]},
    "federaal/verhoogde-tegemoetkoming": {
        "instead": [
            "inkomen van vorig jaar=gezin.bruto belastbaar inkomen < inkomensgrens vorig jaar"
        ]
    },
}


def one_by_one(population: Population, regulation: Regulation) -> Side:
    """The same, a check at a time."""
    source = population.households if regulation.unit == "gezin" else population.persons
    day = regulation.reference_date(ON)
    numbers, outcomes, cents, priced = [], [], [], []
    lines: dict[str, list[tuple[int, bool]]] = {line.id: [] for line in regulation.content.amounts}
    code = {Outcome.NO: NO, Outcome.YES: YES, Outcome.UNKNOWN: UNKNOWN}
    per = next((line.per for line in regulation.content.amounts if line.kind == "money"), None)
    for number, facts in source(regulation.needed, on=day):
        outcome = code[regulation.check(facts, ON, explain=False).outcome]
        every = {amount.id: amount for amount in regulation.worth(facts, ON)}
        for line, column in lines.items():
            value = every[line].value if line in every and outcome != NO else None
            column.append((int(100 * value) if isinstance(value, Decimal) else 0,
                           not isinstance(value, Unknown)))  # fmt: skip
        worth = [amount for amount in every.values() if amount.kind == "money"]
        known = [amount.value for amount in worth if isinstance(amount.value, Decimal)]
        numbers.append(number)
        outcomes.append(outcome)
        cents.append(0 if outcome == NO else int(100 * sum(known)))
        priced.append(outcome == NO or len(known) == len(worth))
    return Side(
        np.array(numbers),
        np.array(outcomes, np.int8),
        np.array(cents),
        np.array(priced),
        per,
        tuple((np.array([a for a, _ in one]), np.array([b for _, b in one]))
              for one in lines.values()),
    )  # fmt: skip


@pytest.mark.parametrize("right", CHANGES)
def test_effect_counts_what_checks_one_by_one_give(
    right: str, population: Population, regulations: Regulations, secret: Secret
) -> None:
    regulation = regulations[right]
    change = read_change(regulation, ON, **CHANGES[right])
    simulator = Simulator(population, regulation, ON, secret)
    effect = simulator.effect(change)
    before = one_by_one(population, regulation)
    after = one_by_one(population, changed(regulation, change))
    for measure, mask in _masks(before, after).items():
        for group in simulator._publisher.groupings:
            for place, shown in enumerate(effect.by(measure, group.dimension)):
                true = int((mask & (group.codes == place)).sum())
                assert shown is None or abs(shown - true) <= FAR
                if true > 100 + FAR:
                    assert shown is not None
    assert simulator._before.cents.tolist() == before.cents.tolist()
    assert simulator._after(change).cents.tolist() == after.cents.tolist()
    assert simulator._after(change).outcomes.tolist() == after.outcomes.tolist()


def test_costs_are_what_is_sure_and_what_is_open(
    population: Population, regulations: Regulations, secret: Secret
) -> None:
    regulation = regulations["gent/huisvuilzakken"]
    side = one_by_one(population, regulation)
    effect = simulate(population, regulation, Change(), ON, secret)
    cost = effect.cost("before")
    assert cost is not None
    assert cost.sure is not None
    assert effect.per == "eenmalig"
    unit = 20_000
    assert abs(cost.sure - side.cents[side.outcomes == YES].sum()) <= FAR * unit
    assert cost.open is not None
    assert abs(cost.open - side.cents[side.outcomes == UNKNOWN].sum()) <= FAR * unit
    assert cost.at_most == cost.sure + cost.open


def test_without_a_change_nothing_changes(
    population: Population, regulations: Regulations, secret: Secret
) -> None:
    regulation = regulations["gent/huisvuilzakken"]
    now = read_change(regulation, ON, ["bedrag per gezin[0]=42"])  # what it is already
    for change in (Change(), now):
        effect = simulate(population, regulation, change, ON, secret)
        for name in ("yes", "no", "unknown", "unpriced"):
            assert effect.counts[f"before {name}"] == effect.counts[f"after {name}"]
        for name in ("sure", "open"):
            assert effect.costs[f"before {name}"] == effect.costs[f"after {name}"]
        assert effect.count("gain") is effect.count("lose") is effect.count("more") is None


def test_an_effect_is_the_same_whatever_was_tried_before(
    population: Population, regulations: Regulations, secret: Secret
) -> None:
    regulation = regulations["gent/schoolkorting"]
    changes = [
        read_change(regulation, ON, [f"inkomensgrens opvang={limit}"])
        for limit in (20_000, 60_000, 20_000)
    ]
    simulator = Simulator(population, regulation, ON, secret)
    effects = [simulator.effect(change) for change in changes]
    assert effects[0] == effects[2] == simulate(population, regulation, changes[0], ON, secret)
    assert effects[0] != effects[1]


def test_an_effect_holds_every_measure_by_every_dimension(
    population: Population, regulations: Regulations, secret: Secret
) -> None:
    effect = simulate(population, regulations["gent/huisvuilzakken"], Change(), ON, secret)
    assert set(effect.counts) == {*FLOWS, *LEVELS, *WORTH}
    assert tuple(effect.costs) == COSTS
    assert tuple(effect.categories) == (TOTAL, *DIMENSIONS)
    for column in (*effect.counts.values(), *effect.costs.values()):
        sizes = {dimension: len(cells) for dimension, cells in column.cells.items()}
        assert sizes == {name: len(found) for name, found in effect.categories.items()}
    assert len(list(effect.rows())) == sum(sizes.values()) * (18 + 4)


def test_an_effect_survives_json(
    population: Population, regulations: Regulations, secret: Secret
) -> None:
    regulation = regulations["gent/huisvuilzakken"]
    change = read_change(regulation, ON, ["bedrag per gezin[0]=50"], ["hulp bij budget"])
    effect = simulate(population, regulation, change, ON, secret)
    assert Effect.from_data(json.loads(json.dumps(effect.as_data()))) == effect


@pytest.mark.parametrize("data", [{}, [], {"form": 2}, {"form": 1, "right": "x"}, None])
def test_other_data_is_no_effect(data: object) -> None:
    with pytest.raises(ValueError, match=r"effect of form|no saved simulation"):
        Effect.from_data(data)


def test_a_right_without_money_has_no_costs(
    population: Population, regulations: Regulations, secret: Secret
) -> None:
    effect = simulate(population, regulations["gent/uitpas"], Change(), ON, secret)
    assert effect.costs == {}
    assert effect.per is None
    assert effect.cost("after") is None
    assert effect.unit == "persoon"


def test_a_lower_percentage_is_less(
    population: Population, regulations: Regulations, secret: Secret
) -> None:
    regulation = regulations["gent/uitpas"]
    change = read_change(regulation, ON, ["korting op activiteiten=60"])
    effect = simulate(population, regulation, change, ON, secret)
    assert effect.count("more") is None
    assert effect.count("less") is not None
