"""Simulations look at the city's own lists as runs do."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow.parquet as parquet
import pytest

from tests.city.conftest import BAGS, DAY, REASON, Town
from vanzelf.city import clock
from vanzelf.city.lists import domain as lists
from vanzelf.city.lists.models import Delivery
from vanzelf.city.regulations import regulation
from vanzelf.city.runs.models import Run
from vanzelf.city.simulations import budget, domain, workbench
from vanzelf.city.simulations.knobs import change_of
from vanzelf.city.staff.models import StaffMember
from vanzelf.city.staff.queries import find_staff
from vanzelf.population import check
from vanzelf.population.simulation import Change
from vanzelf.sources.data import SHIPPED, load_yaml

AMOUNT = "bedrag per gezin[0]"


@pytest.fixture(autouse=True)
def in_january() -> Iterator[None]:
    with clock.fixed(datetime(2026, 1, 15, 9, 0, tzinfo=UTC)):
        yield
    workbench._bench._kept.clear()


@pytest.fixture
def nele(town: Town) -> StaffMember:
    return find_staff("nele.claes")


def taken(
    town: Town, count: int, *, as_of: date = date(2026, 1, 12), name: str = "budgetbeheer"
) -> Delivery:
    """A list of the first so many residents of whom nothing else makes their household eligible."""
    people = parquet.read_table(town.folder / "persons.parquet").to_pylist()
    helped = ("increased_reimbursement", "budget_guidance", "budget_management", "deceased")
    some = [one["insz"] for one in people if not any(one[fact] for fact in helped)][:count]
    delivery = lists.deliver(
        name="ocmw-budget",
        data=b"insz;hulp;van;tot\n"
        + "".join(f"{one};{name};01/01/2025;\n" for one in some).encode(),
        file_name="budget.csv",
        as_of=as_of,
        complete=True,
        by=town.preparer,
    )
    return lists.take_in(delivery=delivery, by=town.preparer, reason=REASON)


def simulated(right: str = BAGS) -> Counter[int]:
    """How many have each outcome, as a simulation begins with."""
    people = workbench.with_lists([regulation(right)], DAY)
    return Counter(check(people, [regulation(right)], DAY).outcomes(right).tolist())


def of_run(run: Run) -> Counter[int]:
    return Counter(outcome for piece in run.findings.all() for outcome in piece.outcomes)


def stamp(right: str = BAGS) -> str:
    return workbench.stamp_of([regulation(right)], DAY)


def test_without_lists_the_population_is_that_of_the_delivery(town: Town) -> None:
    assert stamp() == workbench.stamp()
    assert workbench.with_lists([regulation(BAGS)], DAY) is workbench.population()


@pytest.mark.parametrize("count", [1, 40])
def test_outcomes_are_those_of_a_run_with_the_same_list(town: Town, count: int) -> None:
    before = simulated()
    taken(town, count)
    after = simulated()
    assert after != before
    assert after == of_run(town.evaluated())


def test_list_that_is_too_old_makes_unknown_as_in_a_run(town: Town) -> None:
    taken(town, 0, as_of=date(2025, 9, 1))
    assert simulated() == of_run(town.evaluated())
    (use,) = workbench.lists([regulation(BAGS)], DAY)
    assert use.stale


def test_fact_without_a_ground_is_unknown_as_in_a_run(
    town: Town, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    taken(town, 40)
    known = stamp()
    data = load_yaml(SHIPPED / "authorisations.yaml")
    grounds = data["authorisations"]
    data["authorisations"] = [one for one in grounds if "PROT 2024/7" not in one["reference"]]
    (tmp_path / "grounds.yaml").write_text(json.dumps(data, default=str))
    monkeypatch.setenv("VANZELF_AUTHORISATIONS", str(tmp_path / "grounds.yaml"))
    (use,) = workbench.lists([regulation(BAGS)], DAY)
    assert use.allowed == frozenset()
    assert stamp() != known
    assert simulated() == of_run(town.evaluated())


def test_right_that_looks_at_no_list_stays_as_it_was(town: Town) -> None:
    before = stamp("gent/schoolkorting")
    taken(town, 40)
    assert stamp("gent/schoolkorting") == before
    assert stamp() != workbench.stamp()


def test_another_list_is_another_question_and_another_simulator(
    town: Town, nele: StaffMember
) -> None:
    change = change_of(regulation(BAGS), DAY, {AMOUNT: "50"})
    domain.try_out(by=nele, right=BAGS, on=DAY, change=change, patience=60)
    left = budget.left(nele, BAGS).mine
    first = workbench.simulator(BAGS, DAY, patience=60)
    taken(town, 40)
    second = workbench.simulator(BAGS, DAY, patience=60)
    assert first is not second
    domain.try_out(by=nele, right=BAGS, on=DAY, change=change, patience=60)
    assert budget.left(nele, BAGS).mine == left - 1
    assert workbench.simulator(BAGS, DAY, patience=60) is second
    assert len(workbench._bench._kept) == 1  # of the old list nobody asks any more


def test_levels_follow_the_list(committed_town: Town) -> None:
    town, nele = committed_town, find_staff("nele.claes")

    def entitled() -> int | None:
        found = domain.try_out(by=nele, right=BAGS, on=DAY, change=Change(), patience=60)
        return found.count("before yes")

    before = entitled()
    taken(town, 400)
    assert (entitled() or 0) > (before or 0) + 50
