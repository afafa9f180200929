from __future__ import annotations

import json

import numpy as np
import pytest

from tests.population.simulation.conftest import ON
from vanzelf.population import YES, Population, check
from vanzelf.population.simulation import Report, Spread, TakeUp, report
from vanzelf.population.statistics import Secret
from vanzelf.rights import Regulations

FAR = 60
RIGHTS = ("gent/huisvuilzakken", "gent/uitpas", "vlaanderen/sociaal-watertarief")


@pytest.fixture(scope="module")
def found(population: Population, regulations: Regulations, secret: Secret) -> Report:
    chosen = [regulations[right] for right in RIGHTS]
    half = TakeUp(0.5, 0.5)
    return report(population, chosen, ON, secret, {"gent/huisvuilzakken": half})


def test_report_tells_reach_and_who_misses_it(
    found: Report, population: Population, regulations: Regulations
) -> None:
    results = check(population, regulations, ON, why=False)
    for reach in found.rights:
        counts = results.counts(reach.right)
        yes, unknown = reach.count("yes"), reach.count("unknown")
        assert yes is not None
        assert abs(yes - counts.yes) <= FAR
        low, high = reach.take_up.low, reach.take_up.high
        assert reach.missed == (
            round(yes * (1 - high)), round((yes + (unknown or 0)) * (1 - low)),
        )  # fmt: skip


def test_report_costs_now_and_by_itself(found: Report) -> None:
    bags = found.rights[0]
    assert bags.cost is not None
    assert bags.cost.sure is not None
    assert bags.cost.at_most is not None
    assert bags.costs is not None
    assert bags.costs.by_itself == (bags.cost.sure, bags.cost.at_most)
    assert bags.costs.now == (round(bags.cost.sure / 2), round(bags.cost.at_most / 2))
    assert found.rights[1].costs is None


def test_report_names_where_it_is_missed_most(found: Report) -> None:
    for reach in found.rights:
        for dimension, places in reach.most.items():
            shares = [place.per_hundred for place in places]
            assert shares == sorted(shares, reverse=True)
            assert {place.category for place in places} <= set(reach.categories[dimension])
    deciles = [place.category for place in found.rights[0].most["decile"]]
    assert deciles[0] == "1"


def test_overlap_counts_households_that_have_both(
    found: Report, population: Population, regulations: Regulations
) -> None:
    results = check(population, regulations, ON, why=False)
    starts = population.people.starts
    bags = results.outcomes("gent/huisvuilzakken") == YES
    person = results.outcomes("gent/uitpas") == YES
    card = np.array([person[starts[i] : starts[i + 1]].any() for i in range(len(population))])
    matrix = found.overlap.matrix
    assert matrix[0][1] == matrix[1][0]
    assert matrix[0][1] is not None
    assert abs(matrix[0][1] - int((bags & card).sum())) <= FAR
    assert matrix[1][1] is not None
    assert abs(matrix[1][1] - int(card.sum())) <= FAR
    assert len(found.overlap.by_number) == len(RIGHTS) + 1


def test_report_is_json(found: Report) -> None:
    assert json.loads(json.dumps(found.as_data()))["rights"][0]["right"] == RIGHTS[0]


def test_take_up_says_nothing_of_what_is_hidden() -> None:
    take_up = TakeUp(0.4, 0.6)
    assert take_up.missed(None, 100) is None
    assert take_up.costs(Spread(None, 5)) is None
    costs = take_up.costs(Spread(1_000, None))
    assert costs is not None
    assert (costs.now, costs.by_itself) == ((400, None), (1_000, None))


@pytest.mark.parametrize(("low", "high"), [(-0.1, 0.5), (0.6, 0.5), (0.5, 1.1)])
def test_take_up_is_a_share(low: float, high: float) -> None:
    with pytest.raises(ValueError, match="shares from 0 to 1"):
        TakeUp(low, high)


def test_report_counts_who_was_reached(
    population: Population, regulations: Regulations, secret: Secret
) -> None:
    bags, water = regulations["gent/huisvuilzakken"], regulations["vlaanderen/sociaal-watertarief"]
    results = check(population, [bags, water], ON, why=False)
    yes = results.units(bags.id)[results.outcomes(bags.id) == YES]
    half = yes[: len(yes) // 2]
    told = {bags.id: np.append(half, 10**9)}  # an award of a household that is no longer here
    found, assumed = report(population, [bags, water], ON, secret, reached=told).rights
    assert found.measured
    assert not assumed.measured
    reached, missed = found.count("reached"), found.count("missed")
    assert reached is not None
    assert missed is not None
    assert abs(reached - len(half)) <= FAR
    assert abs(missed - (len(yes) - len(half))) <= FAR
    assert found.missed == (missed, missed + (found.count("unknown") or 0))
    assert found.costs is not None
    assert found.cost is not None
    assert found.costs.now[0] == found.costs.now[1]
    assert found.costs.now[0] < found.costs.by_itself[0]
    assert found.costs.by_itself == (found.cost.sure, found.cost.at_most)
    for place in found.most["decile"]:
        position = found.categories["decile"].index(place.category)
        assert place.per_hundred == found.per_hundred("decile")[position]
        assert place.missed[0] == found.by("missed", "decile")[position]


def test_report_where_nobody_was_reached_hides_how_few(
    population: Population, regulations: Regulations, secret: Secret
) -> None:
    bags = regulations["gent/huisvuilzakken"]
    [found] = report(population, [bags], ON, secret, reached={bags.id: np.zeros(0, int)}).rights
    assert found.measured
    assert found.count("reached") is None
    assert found.count("missed") is not None


def test_report_where_everyone_was_reached_says_that_few_miss_it(
    population: Population, regulations: Regulations, secret: Secret
) -> None:
    bags = regulations["gent/huisvuilzakken"]
    everyone = check(population, [bags], ON, why=False).units(bags.id)
    [found] = report(population, [bags], ON, secret, reached={bags.id: everyone}).rights
    assert found.count("missed") is None
    assert found.missed == (0, found.count("unknown"))
    hidden = zip(found.by("all", "household"), found.missed_by("household"), strict=True)
    assert all((people is None) == (missed is None) for people, missed in hidden)


def test_report_tells_its_progress(
    population: Population, regulations: Regulations, secret: Secret
) -> None:
    told: list[str] = []
    chosen = [regulations[right] for right in RIGHTS]
    report(population, chosen, ON, secret, progress=told.append)
    assert tuple(told) == RIGHTS
