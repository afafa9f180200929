"""Simulations look at the city's own lists as runs do, and never before and after one person."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as parquet
import pytest

from tests.city.conftest import BAGS, DAY, REASON, Town
from vanzelf.city import clock
from vanzelf.city.lists import domain as lists
from vanzelf.city.lists import laying
from vanzelf.city.lists.models import Delivery
from vanzelf.city.people.domain import import_population
from vanzelf.city.regulations import regulation
from vanzelf.city.runs.models import Run
from vanzelf.city.simulations import basis, budget, domain, workbench
from vanzelf.city.simulations.knobs import change_of
from vanzelf.city.simulations.reach import reach
from vanzelf.city.staff.domain import create_staff_member
from vanzelf.city.staff.models import Role, StaffMember
from vanzelf.city.staff.queries import find_staff
from vanzelf.population import Population, check, read
from vanzelf.population.simulation import Change
from vanzelf.sources.data import SHIPPED, load_yaml

AMOUNT = "bedrag per gezin[0]"
MORNING = datetime(2026, 1, 15, 9, 0, tzinfo=UTC)
HELPED = ("increased_reimbursement", "budget_guidance", "budget_management", "deceased")


@pytest.fixture(autouse=True)
def in_january() -> Iterator[None]:
    with clock.fixed(MORNING):
        yield
    workbench._bench._kept.clear()


@pytest.fixture
def nele(town: Town) -> StaffMember:
    return find_staff("nele.claes")


def later(**time: int) -> AbstractContextManager[None]:
    return clock.fixed(MORNING + timedelta(**time))


def people(town: Town) -> list[dict[str, object]]:
    found: list[dict[str, object]] = parquet.read_table(town.folder / "persons.parquet").to_pylist()
    return found


def unhelped(town: Town) -> list[str]:
    """Residents who have nothing themselves that makes their household eligible."""
    return [str(one["insz"]) for one in people(town) if not any(one[fact] for fact in HELPED)]


def taken(
    town: Town, listed: list[str], *, as_of: date = date(2026, 1, 12), name: str = "budgetbeheer"
) -> Delivery:
    delivery = lists.deliver(
        name="ocmw-budget",
        data=b"insz;hulp;van;tot\n"
        + "".join(f"{one};{name};01/01/2025;\n" for one in listed).encode(),
        file_name="budget.csv",
        as_of=as_of,
        complete=True,
        by=town.preparer,
    )
    return lists.take_in(delivery=delivery, by=town.preparer, reason=REASON)


def seen(right: str = BAGS) -> basis.Basis:
    return basis.basis([regulation(right)], DAY)


def simulated(right: str = BAGS) -> Counter[int]:
    """How many have each outcome, as a simulation begins with."""
    return outcomes(seen(right).read(), right)


def outcomes(people: Population, right: str = BAGS) -> Counter[int]:
    return Counter(check(people, [regulation(right)], DAY).outcomes(right).tolist())


def of_run(run: Run) -> Counter[int]:
    return Counter(outcome for piece in run.findings.all() for outcome in piece.outcomes)


@pytest.fixture
def next_delivery(town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Town:
    """What `deliver` gives: the town, delivered anew with someone's help changed."""
    table = parquet.read_table(town.folder / "persons.parquet")
    rows = table.to_pylist()
    rows[7]["increased_reimbursement"] = not rows[7]["increased_reimbursement"]
    parquet.write_table(pa.Table.from_pylist(rows, table.schema), tmp_path / "persons.parquet")
    homes = town.folder / "households.parquet"
    (tmp_path / "households.parquet").write_bytes(homes.read_bytes())
    return Town(tmp_path, town.approver, town.preparer, town.clerk, town.both)


def test_without_lists_the_population_is_that_of_the_delivery(town: Town) -> None:
    assert seen().stamp == basis.stamp()
    assert seen().read() is basis.population()


@pytest.mark.parametrize("count", [1, 40])
def test_outcomes_are_those_of_a_run_with_the_same_list(town: Town, count: int) -> None:
    taken(town, unhelped(town)[:count])
    assert simulated() != outcomes(basis.population())
    assert simulated() == of_run(town.evaluated())


def test_list_that_is_too_old_makes_unknown_as_in_a_run(town: Town) -> None:
    taken(town, [], as_of=date(2025, 9, 1))
    assert simulated() == of_run(town.evaluated())
    (use,) = seen().lists
    assert use.stale


def test_fact_without_a_ground_is_unknown_as_in_a_run(
    town: Town, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    taken(town, unhelped(town)[:40])
    known = seen().stamp
    data = load_yaml(SHIPPED / "authorisations.yaml")
    grounds = data["authorisations"]
    data["authorisations"] = [one for one in grounds if "PROT 2024/7" not in one["reference"]]
    (tmp_path / "grounds.yaml").write_text(json.dumps(data, default=str))
    monkeypatch.setenv("VANZELF_AUTHORISATIONS", str(tmp_path / "grounds.yaml"))
    (use,) = seen().lists
    assert use.allowed == frozenset()
    assert seen().stamp != known
    assert simulated() == of_run(town.evaluated())


def test_right_that_looks_at_no_list_stays_as_it_was(town: Town) -> None:
    before = seen("gent/schoolkorting").stamp
    taken(town, unhelped(town)[:40])
    assert seen("gent/schoolkorting").stamp == before
    assert seen().stamp != basis.stamp()


def test_list_that_comes_later_counts_from_the_next_delivery_on(
    town: Town, next_delivery: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = seen()
    with later(hours=1):
        taken(town, unhelped(town)[:40])
        assert seen().stamp == first.stamp
        assert laying.changed_since([regulation(BAGS)], first.since)
        assert not laying.changed_since([regulation("gent/schoolkorting")], first.since)
    monkeypatch.setenv("VANZELF_CITY", str(next_delivery.folder))
    with later(hours=2):
        assert len(seen().lists) == 1
        assert not laying.changed_since([regulation(BAGS)], seen().since)
        import_population(population=read(next_delivery.folder))
        assert simulated() == of_run(next_delivery.evaluated())


def test_list_that_is_taken_back_counts_until_the_next_delivery(
    town: Town, next_delivery: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    delivery = taken(town, unhelped(town)[:40])
    first, known = seen(), simulated()
    with later(hours=1):
        lists.undo(delivery=delivery, by=town.preparer, reason=REASON)
        assert seen().stamp == first.stamp
        assert simulated() == known
        assert laying.changed_since([regulation(BAGS)], first.since)
    monkeypatch.setenv("VANZELF_CITY", str(next_delivery.folder))
    with later(hours=2):
        assert seen().lists == ()


def test_lists_are_looked_at_anew_before_their_rows_go(town: Town) -> None:
    first = taken(town, unhelped(town)[:40])
    assert [use.delivery for use in seen().lists] == [first.pk]
    with later(hours=1):
        second = taken(town, unhelped(town)[:60])
    with later(days=90):
        lists.remove_expired(clock.now())
        first.refresh_from_db()
        assert first.rows_removed_at is None
        assert [use.delivery for use in seen().lists] == [second.pk]


def test_day_of_a_population_that_names_none_does_not_move(
    town: Town, next_delivery: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VANZELF_CITY", str(next_delivery.folder))
    table = parquet.read_table(next_delivery.folder / "persons.parquet")
    parquet.write_table(table.replace_schema_metadata({}), next_delivery.folder / "persons.parquet")
    assert basis.population().on is None
    assert basis.day() == MORNING.date()
    with later(days=40):
        assert basis.day() == MORNING.date()


def test_another_delivery_is_another_question_and_another_simulator(
    town: Town, nele: StaffMember, next_delivery: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    change = change_of(regulation(BAGS), DAY, {AMOUNT: "50"})
    domain.try_out(by=nele, right=BAGS, on=DAY, change=change, patience=60)
    left = budget.left(nele, BAGS).mine
    first = workbench.simulator(BAGS, DAY, patience=60)
    monkeypatch.setenv("VANZELF_CITY", str(next_delivery.folder))
    second = workbench.simulator(BAGS, DAY, patience=60)
    assert first is not second
    domain.try_out(by=nele, right=BAGS, on=DAY, change=change, patience=60)
    assert budget.left(nele, BAGS).mine == left - 1
    assert workbench.simulator(BAGS, DAY, patience=60) is second
    assert len(workbench._bench._kept) == 1  # of the earlier delivery nobody asks any more


def test_population_that_is_replaced_while_it_is_read_is_told(
    town: Town, next_delivery: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = seen()
    monkeypatch.setenv("VANZELF_CITY", str(next_delivery.folder))
    with pytest.raises(basis.NoPopulation, match="net vernieuwd"):
        old.read()


@pytest.mark.parametrize("entitled", [False, True])
def test_attacker_who_compares_before_and_after_one_entry_sees_the_same(
    town: Town, nele: StaffMember, entitled: bool
) -> None:
    """Whether that person had the right already would show in the picture, were it to move."""
    homes = {one["household"] for one in people(town) if any(one[fact] for fact in HELPED)}
    alike = [one for one in people(town) if (one["household"] in homes) == entitled]
    listed, targets = unhelped(town)[:60], [str(one["insz"]) for one in alike[-4:]]
    taken(town, listed)
    before, moved = _pictures(nele), set()
    for hours, target in enumerate(targets, start=1):
        with later(hours=hours):
            taken(town, [*listed, target])
            assert _pictures(nele) == before
            with_target = laying.over(basis.population(), laying.uses([regulation(BAGS)], DAY), DAY)
            over = read(town.folder, over=with_target.columns)
            moved.add(outcomes(over) != simulated())
    assert moved == {not entitled}  # what a picture that follows at once would have told


def _pictures(viewer: StaffMember) -> tuple[str, str]:
    """Everything that costs no trial: the picture without a change, and reach."""
    effect = domain.try_out(by=viewer, right=BAGS, on=DAY, change=Change(), patience=60)
    return repr(effect.as_data()), repr(reach(viewer))


def test_who_brought_a_list_tries_no_changes_on_it_under_whichever_account(
    town: Town, nele: StaffMember
) -> None:
    other = create_staff_member(
        username="lies.beleid", name="Lies Maes", service="Beleid", roles=[Role.POLICY], human="-"
    )
    StaffMember.objects.filter(pk=other.pk).update(human=town.preparer.human)
    other.refresh_from_db()
    taken(town, unhelped(town)[:40])
    for ask in (
        lambda by: domain.try_out(by=by, right=BAGS, on=DAY, change=Change(), patience=60),
        reach,
    ):
        with pytest.raises(basis.OwnHand, match=r"Hulp met het budget \(OCMW\).*collega"):
            ask(other)
        assert ask(nele)
    school = "gent/schoolkorting"  # looks at no list
    assert domain.try_out(by=other, right=school, on=DAY, change=Change(), patience=60)


def test_levels_follow_the_list(committed_town: Town) -> None:
    town, nele = committed_town, find_staff("nele.claes")
    before = outcomes(basis.population())[1]
    taken(town, unhelped(town)[:400])
    found = domain.try_out(by=nele, right=BAGS, on=DAY, change=Change(), patience=60)
    assert (found.count("before yes") or 0) > before + 50
