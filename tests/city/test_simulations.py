"""Trying a change on everyone: knobs, the budget of answers, what is kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, transaction
from django.test import override_settings

from tests.city.conftest import DAY, Town
from vanzelf.city.regulations import regulation, regulations
from vanzelf.city.simulations import budget, domain, queries, workbench
from vanzelf.city.simulations.knobs import KnobError, change_of, knobs, snap, switches
from vanzelf.city.simulations.models import Trial
from vanzelf.city.simulations.steps import STEPS
from vanzelf.city.staff.models import StaffMember
from vanzelf.city.staff.queries import find_staff
from vanzelf.population.simulation import Change, Effect

SCHOOL = "gent/schoolkorting"
LIMIT = "inkomensgrens opvang"


def change(limit: int) -> Change:
    return change_of(regulation(SCHOOL), DAY, {LIMIT: str(limit)})


@pytest.fixture
def nele(town: Town) -> Iterator[StaffMember]:
    yield find_staff("nele.claes")
    workbench._bench._kept.clear()


def tried(by: StaffMember, limit: int) -> Effect:
    return domain.try_out(by=by, right=SCHOOL, on=DAY, change=change(limit), patience=60)


@pytest.mark.parametrize("right", regulations())
def test_knobs_have_few_steps_and_the_present_value_is_one(right: str) -> None:
    for knob in knobs(regulation(right), DAY):
        assert 2 <= len(knob.points) <= STEPS + 1
        assert knob.points[knob.place] == knob.value
        assert list(knob.points) == sorted(set(knob.points))
        assert snap(knob, str(knob.low)) == knob.points[0]
        assert snap(knob, str(knob.high)) == knob.points[-1]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("33000", 33_000), ("33.000", 33_000), ("€ 35.400,50", 35_000), ("35 600", 36_000),
        ("1", 13_000), ("900000", 53_000),
    ],
)  # fmt: skip
def test_snap_reads_as_people_write_and_takes_the_nearest_step(text: str, value: int) -> None:
    knob = next(one for one in knobs(regulation(SCHOOL), DAY) if one.name == LIMIT)
    assert snap(knob, text) == value


def test_snap_of_what_lies_nearest_to_the_present_value_is_the_present_value() -> None:
    right = regulation("federaal/verhoogde-tegemoetkoming")
    values = {"inkomensgrens vorig jaar": "28000"}
    assert change_of(right, DAY, values) == Change()


@pytest.mark.parametrize("text", ["", "veel", "NaN", "1e999999", "--5"])
def test_snap_of_what_is_no_number_says_what_to_write(text: str) -> None:
    knob = next(one for one in knobs(regulation(SCHOOL), DAY) if one.name == LIMIT)
    with pytest.raises(KnobError, match="schrijf een getal"):
        snap(knob, text)


def test_change_of_a_row_leaves_the_other_rows() -> None:
    asked = change_of(regulation("gent/huisvuilzakken"), DAY, {"bedrag per gezin[0]": "50"})
    (rows,) = asked.as_data()["parameters"].values()  # type: ignore[attr-defined]
    assert rows["0"] == "50"
    assert rows["1"] == "63"


def test_change_of_a_day_moves_by_months() -> None:
    right = regulation("federaal/sociaal-energietarief")
    asked = change_of(right, DAY, {"einde tijdelijke maatregel": "2024-02-10"})
    assert asked.parameters["einde tijdelijke maatregel"] == date(2024, 1, 30)


@pytest.mark.parametrize(
    ("values", "without", "said"),
    [
        ({"grens": "1"}, (), "wel: sociaal tarief opvang"),
        ({}, ("inkomen",), "wel: kind bij de stad"),
        ({}, ("kind bij de stad", "leefloon", "laag inkomen"), "minstens één"),
    ],
)
def test_change_of_what_is_not_there_says_what_is(
    values: dict[str, str], without: tuple[str, ...], said: str
) -> None:
    with pytest.raises(KnobError, match=said):
        change_of(regulation(SCHOOL), DAY, values, without)


def test_switches_say_the_criteria_in_dutch() -> None:
    assert dict(switches(regulation(SCHOOL)))["laag inkomen"].startswith("Het belastbaar inkomen")


def test_trying_the_same_again_makes_one_trial(nele: StaffMember) -> None:
    assert tried(nele, 35_000) == tried(nele, 35_000)
    assert Trial.objects.count() == 1
    assert queries.left(nele, SCHOOL).mine == 39


def test_trying_no_change_costs_nothing(nele: StaffMember) -> None:
    tried(nele, 33_000)
    assert not Trial.objects.exists()


@override_settings(VANZELF_SIMULATION_BUDGET=2)
def test_budget_of_a_person_is_for_different_changes(nele: StaffMember) -> None:
    first, _ = tried(nele, 34_000), tried(nele, 35_000)
    with pytest.raises(budget.BudgetSpent, match="Morgen"):
        tried(nele, 36_000)
    assert tried(nele, 34_000) == first
    assert Trial.objects.count() == 2
