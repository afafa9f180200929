"""The city's own lists: delivered, looked at, taken in by a person, and taken back."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pyarrow.parquet as parquet
import pytest

from tests.city.conftest import BAGS, DAY, Desk, Town
from vanzelf.city import clock
from vanzelf.city.lists import domain, queries
from vanzelf.city.lists.models import Delivery, State
from vanzelf.city.verdicts.models import Outcome
from vanzelf.synthetic import cast

NOW = datetime(2026, 1, 15, 9, 0, tzinfo=UTC)
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
