from __future__ import annotations

import numpy as np
import pytest

from vanzelf.synthetic import City, published, schema
from vanzelf.synthetic.build import whole_ages
from vanzelf.synthetic.calibration import Count, flag, holds
from vanzelf.synthetic.statuses import reimbursement_rates


@pytest.fixture(scope="module")
def count(city: City) -> Count:
    return Count(city.persons, city.households, whole_ages(city.persons, city.on), city.on)


def test_increased_reimbursement_follows_the_household(city: City, count: Count) -> None:
    position = np.array(city.persons["position"].to_pylist())
    core = np.isin(position, ("01", "02", "21", "22"))
    core |= np.isin(position, ("03", "13")) & (count.age < 25)
    entitled = count.per_household(count.reimbursed & core)
    members = count.per_household(core)
    split = (entitled > 0) & (entitled < members) & count.private
    assert int(split.sum()) == 0
    assert not (count.reimbursed & np.isin(position, ("09", "12", "15"))).any()


def test_living_wage_goes_to_adults_under_65(count: Count) -> None:
    assert (count.age[count.wage].min(), count.age[count.wage].max()) == (18, 64)


def test_elderly_income_guarantee_goes_to_those_from_66_on(city: City, count: Count) -> None:
    assert count.age[holds(city.persons, "elderly_income_guarantee", city.on)].min() >= 66


def test_automatic_statuses_nearly_always_bring_increased_reimbursement(
    city: City, count: Count
) -> None:
    home = count.per_household(count.reimbursed) > 0
    held = holds(city.persons, "income_replacement_allowance", city.on)
    assert home[count.home[held]].mean() > 0.9


def test_periods_begin_before_they_end(city: City) -> None:
    for name in schema.PERIODS:
        begin = city.persons[f"{name}_from"].to_numpy()
        end = city.persons[f"{name}_until"].to_numpy()
        assert not (begin > end).any()


def test_rates_meet_the_total_and_the_third_of_nieuw_gent() -> None:
    persons = np.array([place.weight for place in published.NEIGHBOURHOODS])
    rates = reimbursement_rates(persons, 54_243)
    names = [place.name for place in published.NEIGHBOURHOODS]
    assert abs((rates * persons).sum() - 54_243) < 1
    assert max(zip(rates, names, strict=True)) == (pytest.approx(0.36), "Nieuw Gent - UZ")
    assert rates.min() > 0.05


def test_pupils_are_at_one_kind_of_school(city: City, count: Count) -> None:
    of_city, other = (
        flag(city.persons, "city_school_or_childcare"),
        flag(city.persons, "other_school"),
    )
    assert not (of_city & other).any()
    assert count.age[of_city | other].max() < 18


def test_incomes_start_at_nothing_and_have_a_long_tail(city: City) -> None:
    income = np.array(
        [cents for cents in city.households["taxable_income"].to_pylist() if cents is not None]
    )
    assert income.min() == 0
    assert income.mean() > 1.1 * np.median(income)
