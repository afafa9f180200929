"""The city's own lists: delivered, looked at, taken in by a person, and taken back."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pyarrow.parquet as parquet
import pytest

from tests.city.conftest import BAGS, DAY, Desk, Town
from vanzelf.city import clock
from vanzelf.city.lists import domain, laid, queries
from vanzelf.city.lists.models import Delivery, State
from vanzelf.city.people.queries import find_person
from vanzelf.city.runs.models import Run
from vanzelf.city.verdicts.models import Outcome
from vanzelf.city.verdicts.queries import explanation
from vanzelf.synthetic import cast

NOW = datetime(2026, 1, 15, 9, 0, tzinfo=UTC)
REASON = "De dienst schreef dat deze lijst klopt."
HEADER = "insz;hulp;van;tot\n"


@pytest.fixture(autouse=True)
def in_january() -> object:
    with clock.fixed(NOW):
        yield


def insz(key: str) -> str:
    return next(one.insz for one in cast() if one.key == key)


def budget(*rows: str) -> bytes:
    return (HEADER + "".join(f"{row}\n" for row in rows)).encode()


def delivered(
    town: Town, data: bytes, *, as_of: date = date(2026, 1, 12), complete: bool = True
) -> Delivery:
    return domain.deliver(
        name="ocmw-budget",
        data=data,
        file_name="budget.csv",
        as_of=as_of,
        complete=complete,
        by=town.preparer,
    )


def taken(town: Town, data: bytes, reason: str = "") -> Delivery:
    return domain.take_in(delivery=delivered(town, data), by=town.preparer, reason=reason)


def helped(number: str, fact: str = "budgetbeheer") -> object:
    (own,) = (own for own in queries.current() if own.layout.name == "ocmw-budget")
    return own.readings([number], DAY)[fact].value


def test_deliver_shows_a_preview_and_take_in_puts_it_in_use(town: Town) -> None:
    amina, bram = insz("amina"), insz("bram")
    found = delivered(town, budget(f"{amina};budgetbeheer;01/01/2025;"))
    assert (found.state, found.read, found.kept) == (State.PREVIEW, 1, 1)
    assert found.differences["new"] == {"budgetbeheer": 1}
    assert found.grounds == ["DEMO-PROT 2024/7"]
    before = helped(bram)
    assert before is False  # from the folder beside the city
    domain.take_in(delivery=found, by=town.preparer)
    assert helped(amina) is True
    assert helped(bram) is False


def test_point_check_uses_the_list_that_was_taken_in_last(desk: Desk) -> None:
    number = next(
        str(row["insz"])
        for row in parquet.read_table(desk.town.folder / "persons.parquet").to_pylist()
        if not (row["increased_reimbursement"] or row["budget_guidance"] or row["deceased"])
        and row["position"] == "01"
    )
    taken(desk.town, budget(f"{number};budgetbeheer;01/01/2025;"))
    (after,) = desk.check(number, BAGS)
    assert after.outcome == Outcome.YES
    facts = after.check_ref.facts.filter(fact="persoon.budgetbeheer")
    assert {(fact.source, fact.value) for fact in facts} >= {("lists/ocmw-budget", True)}


def unlisted(town: Town) -> dict[str, object]:
    """A reference person in Ghent whom nothing makes eligible, so far as the delivery says."""
    homes = parquet.read_table(town.folder / "households.parquet").to_pylist()
    ghent = {
        home["household"]
        for home in homes
        if home["municipality"] == "44021" and not (home["collective"] or home["family_errors"])
    }
    people = parquet.read_table(town.folder / "persons.parquet").to_pylist()
    helped = {
        one["household"]
        for one in people
        if one["increased_reimbursement"] is not False
        or one["source_trouble"]
        or one["other_municipality"]
        or any(one[name] for name in ("budget_guidance", "budget_management", "deceased"))
        or one["collective_debt_settlement"]
    }
    return next(one for one in people if one["household"] in ghent - helped)


def outcome(run: Run, someone: dict[str, object]) -> str:
    household = find_person(str(someone["insz"])).household  # type: ignore[union-attr]
    found = {
        home: outcome
        for piece in run.findings.all()
        for home, outcome in zip(piece.households, piece.outcomes, strict=True)
    }
    return Outcome(found[household.pk]).label


def test_run_uses_the_list_that_was_taken_in_last(town: Town) -> None:
    someone = unlisted(town)
    assert outcome(town.evaluated(), someone) == "NO"
    found = taken(town, budget(f"{someone['insz']};budgetbeheer;01/01/2025;"))
    run = town.evaluated(on=date(2026, 1, 16))
    assert outcome(run, someone) == "YES"
    assert run.result["lists"] == {"ocmw-budget": found.pk}
    assert not list(laid.file_of(run.pk).parent.glob("*"))


def test_run_with_a_list_past_its_date_does_not_know(town: Town) -> None:
    someone = unlisted(town)
    delivery = delivered(town, budget(), as_of=date(2025, 9, 1))
    domain.take_in(delivery=delivery, by=town.preparer, reason=REASON)
    run = town.evaluated()
    assert outcome(run, someone) == "UNKNOWN"
    household = find_person(str(someone["insz"])).household  # type: ignore[union-attr]
    data = explanation(run.verdicts.get(household=household))
    assert "stale" in json.dumps(data)
