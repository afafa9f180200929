"""Trying a change on everyone: knobs, the budget of answers, what is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, connection, transaction
from django.test import override_settings

from tests.city.conftest import DAY, Town
from vanzelf.city import clock
from vanzelf.city.reasons import ReasonError
from vanzelf.city.regulations import regulation, regulations
from vanzelf.city.simulations import budget, domain, queries, workbench
from vanzelf.city.simulations.basis import Basis, NoPopulation, day
from vanzelf.city.simulations.knobs import KnobError, change_of, knobs, snap, switches
from vanzelf.city.simulations.models import SavedSimulation, Trial
from vanzelf.city.simulations.steps import STEPS
from vanzelf.city.staff.domain import create_staff_member
from vanzelf.city.staff.models import Role, StaffMember
from vanzelf.city.staff.queries import find_staff
from vanzelf.population.simulation import Change, Effect

SCHOOL = "gent/schoolkorting"
NOW = Basis(DAY, "now", clock.now(), ())
LIMIT = "inkomensgrens opvang"


def colleague() -> StaffMember:
    return create_staff_member(
        username="roos",
        name="Roos Wouters",
        service="Cel Armoedebeleid",
        roles=[Role.POLICY],
        human="roos",
    )


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


@override_settings(VANZELF_SIMULATION_BUDGET=1)
def test_budget_of_a_person_is_new_on_the_next_day(nele: StaffMember) -> None:
    tried(nele, 34_000)
    with clock.fixed(clock.now() + timedelta(days=1)):
        tried(nele, 35_000)
    assert Trial.objects.count() == 2


@override_settings(VANZELF_SIMULATION_BUDGET_TOGETHER=2)
def test_colleagues_who_pool_their_answers_have_one_budget_together(nele: StaffMember) -> None:
    roos = colleague()
    tried(nele, 34_000)
    tried(roos, 35_000)
    tried(roos, 34_000)  # what a colleague has already, adds nothing to what they know together
    with pytest.raises(budget.BudgetSpent, match="Samen"):
        tried(roos, 36_000)
    with clock.fixed(clock.now() + budget.WINDOW + timedelta(days=1)):
        tried(roos, 36_000)


@override_settings(VANZELF_SIMULATION_BUDGET=10)
def test_attacker_gets_no_more_pairs_than_the_budget(nele: StaffMember) -> None:
    """It asks before and after one step of the limit, with as many other changes as there are."""
    right, got = regulation(SCHOOL), []
    for meals in range(13_000, 33_000, 500):  # steps are of 1000: half of these are no new ones
        for limit in ("33000", "34000"):
            asked = change_of(right, DAY, {LIMIT: limit, "inkomensgrens maaltijden": str(meals)})
            try:
                got.append(domain.try_out(by=nele, right=SCHOOL, on=DAY, change=asked, patience=60))
            except budget.BudgetSpent:
                continue
    assert len({str(effect.change) for effect in got} - {str(Change().as_data())}) == 10


def test_trial_of_another_population_is_another_answer(
    nele: StaffMember, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = budget.Question("one", SCHOOL, DAY, change(34_000))
    budget.spend(nele, first)
    assert budget.answered(nele, first)
    assert not budget.answered(nele, first._replace(stamp="other"))
    assert not budget.answered(nele, first._replace(on=date(2026, 1, 16)))


ASKED = {"right": SCHOOL, "on": DAY, "change": Change()}


@pytest.mark.parametrize(
    "ask",
    [
        lambda by: domain.try_out(by=by, **ASKED),
        lambda by: domain.save(by=by, name="Nu", note="", **ASKED),
        lambda by: domain.remove(simulation=SavedSimulation(), by=by),
        lambda by: queries.saved(by),
    ],
)
def test_only_policy_staff_simulate(town: Town, ask: Callable[[StaffMember], object]) -> None:
    with pytest.raises(PermissionDenied, match="policy"):
        ask(town.approver)


def saved(by: StaffMember, name: str = "Hogere grens") -> SavedSimulation:
    tried(by, 35_000)
    return domain.save(by=by, name=name, note="", right=SCHOOL, on=DAY, change=change(35_000))


def test_saved_simulation_keeps_its_numbers(nele: StaffMember) -> None:
    kept = saved(nele)
    assert queries.saved(nele).get() == kept
    assert kept.effect == tried(nele, 35_000)
    assert Trial.objects.count() == 1


def test_saved_simulation_is_removed_and_put_back(nele: StaffMember) -> None:
    kept = saved(nele)
    domain.remove(simulation=kept, by=nele)
    assert not queries.saved(nele)
    assert queries.find(kept.pk, nele).removed_by == nele
    domain.restore(simulation=kept, by=colleague())
    assert queries.saved(nele, SCHOOL).get() == kept


def test_saved_simulation_is_renamed(nele: StaffMember) -> None:
    kept = saved(nele)
    domain.rename(simulation=kept, by=nele, name="  Grens   35.000 ", note="Voor het overleg.")
    assert SavedSimulation.objects.values_list("name", "note").get() == (
        "Grens 35.000",
        "Voor het overleg.",
    )


@pytest.mark.parametrize(
    ("name", "note", "error"),
    [
        (" ", "", ValueError),
        ("n" * 81, "", ValueError),
        ("naam", "n" * 2_001, ValueError),
        ("naam", "voor 85.07.30-033.28", ReasonError),
    ],
)
def test_saved_simulation_needs_a_name_and_names_nobody(
    nele: StaffMember, name: str, note: str, error: type[ValueError]
) -> None:
    with pytest.raises(error):
        domain.save(by=nele, name=name, note=note, right=SCHOOL, on=DAY, change=Change())


@pytest.mark.parametrize(
    "change",
    [
        lambda: Trial.objects.all().delete(),
        lambda: Trial.objects.update(at=clock.now()),
        lambda: SavedSimulation.objects.update(numbers={}),
        lambda: SavedSimulation.objects.all().delete(),
    ],
)
def test_database_keeps_trials_and_numbers_as_they_are(
    nele: StaffMember, change: Callable[[], object]
) -> None:
    saved(nele)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        change()


def test_workbench_keeps_the_last_simulators_of_one_population() -> None:
    made: list[str] = []
    bench = workbench.Workbench(lambda right, *_: made.append(right), most=2)  # type: ignore[arg-type, return-value]
    for right in ("a", "b", "a", "c", "a", "b"):
        bench.ask(right, DAY, NOW).result()
    assert made == ["a", "b", "c", "b"]
    bench.ask("b", DAY, replace(NOW, population="later")).result()
    assert [one.stamp for one in bench._kept] == ["later"]


def test_workbench_makes_again_what_failed() -> None:
    tries: list[str] = []

    def make(right: str, on: date, seen: Basis) -> object:
        tries.append(right)
        if len(tries) == 1:
            raise ValueError("a file that is half written")
        return right

    bench = workbench.Workbench(make)  # type: ignore[arg-type]
    assert bench.ask("a", DAY, NOW).exception() is not None
    assert bench.ask("a", DAY, NOW).result() == "a"


def test_state_without_a_population_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("VANZELF_CITY", str(tmp_path))
    assert workbench.state(SCHOOL, DAY).name == "failed"
    with pytest.raises(NoPopulation, match="Haal eerst een levering binnen"):
        day()


def test_right_that_is_not_there_is_told(town: Town) -> None:
    with pytest.raises(LookupError, match="there is"):
        workbench.simulator("gent/niets", DAY)


@override_settings(VANZELF_SIMULATION_BUDGET=1)
def test_two_questions_at_once_do_not_both_get_the_last_place(committed_town: Town) -> None:
    nele = find_staff("nele.claes")

    def spent(limit: int) -> bool:
        try:
            budget.spend(nele, budget.Question("now", SCHOOL, DAY, change(limit)))
        except budget.BudgetSpent:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(4) as threads:
        assert sum(threads.map(spent, range(35_000, 43_000, 1_000))) == 1
    assert Trial.objects.count() == 1
