"""What was told of one day is neither a yes nor a no for another."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.city.conftest import BAGS, DAY
from tests.city.exchange import *  # noqa: F403 - fixtures are found by their names here
from tests.city.exchange import Exchange
from tests.mailbox.source import NOTHING, YES
from vanzelf import population
from vanzelf.city.bulk import another_day, domain, laying, work
from vanzelf.city.bulk.models import Order
from vanzelf.city.lists import laid
from vanzelf.city.regulations import regulation, regulations
from vanzelf.city.runs.states import NotNow
from vanzelf.city.verdicts.models import Outcome
from vanzelf.population.tables import PERSONS
from vanzelf.sources.magda.bulk import BulkSettings

ENERGY, WATER = "federaal/sociaal-energietarief", "vlaanderen/sociaal-watertarief"
NEW_YEAR = date(2026, 1, 1)
PERIOD = "<Periodes><Periode><Begindatum>2025-03-01</Begindatum></Periode></Periodes>"
SINCE = YES.replace("</SociaalStatuut>", f"{PERIOD}</SociaalStatuut>")


@pytest.fixture
def own_city(exchange: Exchange, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A city folder that the test may change."""
    folder = exchange.copy(tmp_path / "city")
    monkeypatch.setenv("VANZELF_CITY", str(folder))
    return folder


def ordered(exchange: Exchange, *rights: str, count: int = 6) -> Order:
    return domain.order(
        regulation_ids=rights,
        on=DAY,
        by=exchange.town.preparer,
        settings=BulkSettings(host=""),
        persons=exchange.someone(count),
        queue=False,
    )


def answered(exchange: Exchange, order: Order, answer: str) -> None:
    exchange.source.statutes = lambda _, names: "".join(answer.format(name) for name in names)
    work.send(order.pk)
    exchange.source.answer()
    work.collect()
    laying.lay(order.on)


def living_wage(folder: Path, right: str, day: date, file: Path) -> list[object]:
    """Of everyone, as a run of a right that looks at this day reads it."""
    people = population.read(folder, catalogue=regulations().facts)
    another_day.lay(people, regulation(right), day, file)
    over = laid.read(file).columns if file.exists() else {}
    return over.get((PERSONS, "living_wage"), people.column(PERSONS, "living_wage")).to_pylist()


def test_right_is_asked_for_the_day_at_which_it_looks(exchange: Exchange) -> None:
    assert ordered(exchange, WATER).on == NEW_YEAR
    assert ordered(exchange, ENERGY).on == DAY


def test_rights_that_look_at_different_days_are_asked_apart(exchange: Exchange) -> None:
    with pytest.raises(NotNow, match=r"verschillende dagen.*01-01-2026"):
        ordered(exchange, BAGS, WATER)


@pytest.mark.parametrize("answer", [YES, NOTHING])
def test_answer_of_a_day_tells_nothing_of_another(
    exchange: Exchange, own_city: Path, tmp_path: Path, answer: str
) -> None:
    delivered = population.read(own_city, catalogue=regulations().facts)
    before = delivered.column(PERSONS, "living_wage").to_pylist()
    order = ordered(exchange, ENERGY)
    answered(exchange, order, answer)
    people = population.read(own_city, catalogue=regulations().facts)
    numbers = {exchange.number(one) for one in exchange.someone(6)}
    asked = [number in numbers for number in people.column(PERSONS, "insz").to_pylist()]
    same_day = living_wage(own_city, ENERGY, DAY, tmp_path / "same")
    other_day = living_wage(own_city, WATER, NEW_YEAR, tmp_path / "other")
    told = answer == YES
    assert [one for one, ours in zip(same_day, asked, strict=True) if ours] == [told] * 6
    assert [one for one, ours in zip(other_day, asked, strict=True) if ours] == [None] * 6
    others = [one for one, ours in zip(other_day, asked, strict=True) if not ours]
    assert others == [one for one, ours in zip(before, asked, strict=True) if not ours]


def test_answer_with_its_period_tells_of_every_day_in_it(
    exchange: Exchange, own_city: Path, tmp_path: Path
) -> None:
    answered(exchange, ordered(exchange, ENERGY), SINCE)
    for day, told in ((NEW_YEAR, True), (date(2025, 2, 28), False)):
        values = living_wage(own_city, WATER, day, tmp_path / f"{day}")
        assert values.count(told) >= 6


def outcomes(exchange: Exchange, on: date) -> dict[int, str]:
    """Per household what a run of everyone on this day finds."""
    return {
        home: Outcome(outcome).label
        for piece in exchange.town.evaluated(on=on).findings.all()
        for home, outcome in zip(piece.households, piece.outcomes, strict=True)
    }


@pytest.mark.parametrize("answer", [YES, NOTHING])
def test_run_of_another_day_takes_it_for_unknown(
    exchange: Exchange, own_city: Path, answer: str
) -> None:
    tomorrow = DAY + timedelta(days=1)
    before = outcomes(exchange, tomorrow)
    answered(exchange, ordered(exchange, BAGS, count=60), answer)
    after = outcomes(exchange, tomorrow)
    changed = {after[home] for home in after if after[home] != before[home]}
    assert changed == {"UNKNOWN"}
