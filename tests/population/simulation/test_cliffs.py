from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest

from tests.population.simulation.conftest import ON
from vanzelf.population.simulation import Family, Point, cliffs
from vanzelf.rights import FactError, Regulations

IN_2023 = date(2023, 6, 1)
PARENT = Family((35, 8, 4))


def points(
    regulations: Regulations, family: Family, on: date, incomes: range, *rights: str
) -> list[Point]:
    chosen = [regulations[right] for right in rights]
    return list(cliffs(chosen, regulations.facts, family, on, incomes))


def test_a_single_benefit_is_what_its_check_gives(regulations: Regulations) -> None:
    family = Family((30,), {0: ("verhoogde tegemoetkoming",)})
    (point,) = points(regulations, family, ON, range(1), "gent/huisvuilzakken")
    assert (point.income, point.sure, point.at_most) == (0, 6_300, 6_300)  # 42 and half of it
    assert not point.cliff


def test_a_right_that_is_a_status_opens_others(regulations: Regulations) -> None:
    rights = ("gent/huisvuilzakken", "federaal/verhoogde-tegemoetkoming")
    found = points(regulations, Family((30,)), ON, range(28_000, 28_200, 100), *rights)
    assert [point.sure for point in found] == [6_300, 0]  # the limit of 2026 is 28,054.93
    assert found[1].ended == ("federaal/verhoogde-tegemoetkoming", "gent/huisvuilzakken")
    assert not found[1].cliff  # 63 euro of bags are less than 100 euro of income


def test_a_fall_of_more_than_the_income_rises_is_a_cliff(regulations: Regulations) -> None:
    right = "vlaanderen/sociale-toeslag"
    limit = regulations[right].content.parameters["eerste inkomensgrens"].on(IN_2023)
    assert limit is not None
    assert isinstance(limit.value, Decimal)
    just_under = int(limit.value)
    found = points(regulations, PARENT, IN_2023, range(just_under - 20, just_under + 21, 10), right)
    falls = [point for point in found if point.cliff]
    assert [point.income for point in falls] == [just_under + 10]
    assert falls[0].ended == falls[0].less == (right,)
    amounts = regulations[right].content.parameters["toeslag onder de eerste grens"]
    assert amounts.on(IN_2023) is not None
    assert found[0].sure % 24 == 0  # two children, twelve months
    assert found[0].sure - falls[0].sure > 1_000


def test_every_cliff_leaves_less_and_nothing_else_does(regulations: Regulations) -> None:
    incomes = range(0, 60_000, 250)
    found = list(cliffs(regulations.values(), regulations.facts, PARENT, IN_2023, incomes))
    assert any(point.cliff for point in found)
    for before, now in pairwise(found):
        left = 100 * now.income + now.sure - (100 * before.income + before.sure)
        assert now.cliff == (left < 0)
        if now.cliff:
            assert now.less
        assert 0 <= now.sure <= now.at_most


def test_what_is_not_known_stands_between_bounds(regulations: Regulations) -> None:
    """The limits of a rent subsidy are not known for 2026."""
    family = Family((40,), facts={"huurprijs": 500, "dakloos geweest": True})
    (point,) = points(regulations, family, ON, range(9_000, 9_001), "vlaanderen/huursubsidie")
    assert point.worth[0].open == 1
    assert point.worth[0].sure == 0


def test_persons_are_counted_each(regulations: Regulations) -> None:
    family = Family((40, 38, 3), {0: ("verhoogde tegemoetkoming",)})
    (point,) = points(regulations, family, ON, range(1), "gent/uitpas")
    assert point.worth[0].held == 1
    assert point.as_data()["rights"] == {
        "gent/uitpas": {"sure": 0, "at_most": 0, "held": 1, "open": 0}
    }


@pytest.mark.parametrize("ages", [(), (12,), (30, -1)])
def test_a_family_without_an_adult_is_refused(ages: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="at least one adult"):
        Family(ages)


def test_a_status_of_nobody_is_refused() -> None:
    with pytest.raises(ValueError, match="there are 0 to 0"):
        Family((30,), {1: ("leefloon",)})


def test_a_status_or_fact_that_is_not_listed_is_refused(regulations: Regulations) -> None:
    with pytest.raises(FactError, match='did you mean "leefloon"'):
        points(regulations, Family((30,), {0: ("leeflon",)}), ON, range(1), "gent/uitpas")
    with pytest.raises(FactError, match="schoenmaat"):
        points(regulations, Family((30,), facts={"schoenmaat": 42}), ON, range(1), "gent/uitpas")
