"""A run writes only what changed, and what then stands is what the regulation gives."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as parquet
import pytest

from tests.city.conftest import BAGS, DAY, Town
from vanzelf import population, rights
from vanzelf.city.awards.models import LatestVerdict
from vanzelf.city.people.models import Household, InszAlias
from vanzelf.city.runs import work
from vanzelf.city.runs.columns import DECEASED
from vanzelf.city.runs.models import Run
from vanzelf.city.secrets import blind_index
from vanzelf.city.verdicts.models import Outcome
from vanzelf.city.verdicts.records import record_of

BECAUSE = "De levering is met opzet veranderd voor een proef."
FLAGS = ("increased_reimbursement", "living_wage", "city_school_or_childcare")
TO_NOBODY = (Outcome.NO, None, [], [DECEASED], [], [], "")
Unit = tuple[int | None, int | None]
Stands = dict[Unit, tuple[object, ...]]


def given(town: Town, regulation_id: str, on: date) -> Stands:
    """What the regulation gives each unit of the town, checked one by one."""
    regulation = rights.load(cases=False)[regulation_id]
    people = population.read(town.folder)
    personal = regulation.unit == "persoon"
    read = people.persons if personal else people.households
    units = _persons(town) if personal else _households()
    died = _died(town, "person" if personal else "household")
    return {
        units[number]: TO_NOBODY
        if number in died
        else _told(regulation, regulation.check(facts, on))
        for number, facts in read(regulation.needed, on=regulation.reference_date(on))
    }


def _died(town: Town, unit: str) -> set[int]:
    """The persons who died, or the households in which everyone did."""
    table = parquet.read_table(town.folder / "persons.parquet", columns=[unit, "deceased"])
    dead: dict[int, bool] = {}
    for row in table.to_pylist():
        dead[row[unit]] = dead.get(row[unit], True) and row["deceased"] is True
    return {number for number, everyone in dead.items() if everyone}


def _told(regulation: rights.Regulation, verdict: rights.Verdict) -> tuple[object, ...]:
    row = record_of(regulation, verdict)
    asked = (row.settled_by, row.next_question) if row.outcome == Outcome.UNKNOWN else ([], "")
    return row.outcome, row.amount_cents, row.amounts, row.reasons, row.missing, *asked


def stands(town: Town, regulation_id: str) -> Stands:
    """The latest verdicts on the units that are in the town now."""
    told = ("outcome", "amount_cents", "amounts", "reasons", "missing", "settled_by")
    rows = LatestVerdict.objects.filter(right=regulation_id)
    return {
        (row[0], row[1]): row[2:]
        for row in rows.values_list("household", "person", *told, "next_question")
    }


def _households() -> dict[int, Unit]:
    return {
        number: (pk, None) for pk, number in Household.objects.values_list("id", "register_number")
    }


def _persons(town: Town) -> dict[int, Unit]:
    known = {bytes(index): pk for index, pk in InszAlias.objects.values_list("index", "person")}
    table = parquet.read_table(town.folder / "persons.parquet", columns=["person", "insz"])
    return {row["person"]: (None, known[blind_index(row["insz"])]) for row in table.to_pylist()}


def delivered_anew(town: Town, folder: Path, seed: int) -> Town:
    """The town with other data about one in twenty: allowances, incomes, and who lives where."""
    draw = random.Random(seed)
    persons = parquet.read_table(town.folder / "persons.parquet")
    rows = persons.to_pylist()
    for row in rows:
        if draw.random() < 0.05:
            row[draw.choice(FLAGS)] = draw.choice([True, False, None])
        if draw.random() < 0.01:
            row["birth_date"] = date(2015, 3, 1)
    households = parquet.read_table(town.folder / "households.parquet")
    homes = households.to_pylist()
    for home in homes:
        if draw.random() < 0.05:
            home["taxable_income"] = draw.choice([None, 0, 2_500_000])
    alone = [home["household"] for home in homes if not home["collective"]]
    for row in draw.sample([row for row in rows if row["household"] in alone], 5):
        row["household"] = draw.choice(alone)  # moves in with others
    left = {row["household"] for row in rows}
    homes = [home for home in homes if home["household"] in left]
    rows.sort(key=lambda row: row["household"])
    folder.mkdir(exist_ok=True)
    for name, table, changed in (("persons", persons, rows), ("households", households, homes)):
        parquet.write_table(pa.Table.from_pylist(changed, table.schema), folder / f"{name}.parquet")
    return replace(town, folder=folder)


@pytest.fixture
def nights(town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Iterator[Town]]:
    """The town as it is delivered on one night after another."""

    def deliver() -> Iterator[Town]:
        now = town
        for seed in range(2):
            now = delivered_anew(now, tmp_path / str(seed), seed)
            monkeypatch.setenv("VANZELF_CITY", str(now.folder))
            yield now

    return deliver()


@pytest.mark.parametrize("right", [BAGS, "gent/uitpas", "gent/schoolkorting"])
def test_what_stands_is_what_the_regulation_gives(
    right: str, town: Town, nights: Iterator[Town]
) -> None:
    _awarded(town, right, DAY)
    expected = given(town, right, DAY)
    assert stands(town, right) == expected
    for night, changed in enumerate(nights):
        on = DAY.replace(day=16 + night)
        run = _awarded(changed, right, on)
        expected = given(changed, right, on)
        assert {
            unit: told for unit, told in stands(changed, right).items() if unit in expected
        } == (expected)
        assert 0 < run.verdicts.count() < len(expected) / 5


def _awarded(town: Town, right: str, on: date) -> Run:
    run = town.evaluated(right, on)
    return work.award(town.approved(town.requested(run, BECAUSE)).pk)


def test_run_over_the_same_again_writes_nothing(town: Town) -> None:
    town.awarded()
    before = list(LatestVerdict.objects.order_by("pk").values())
    again = town.awarded(on=date(2026, 4, 15))
    assert again.verdicts.count() == 0
    assert list(LatestVerdict.objects.order_by("pk").values()) == before


def test_every_unit_is_in_the_findings_of_each_run(town: Town) -> None:
    runs = [town.awarded(), town.awarded(on=date(2026, 4, 15))]
    columns = [
        [
            row
            for piece in run.findings.all()
            for row in zip(piece.households, piece.outcomes, strict=True)
        ]
        for run in runs
    ]
    assert columns[0] == columns[1]
    assert {outcome for _, outcome in columns[0]} == set(Outcome)


def test_older_preview_that_is_awarded_last_brings_back_what_it_found(
    town: Town, nights: Iterator[Town]
) -> None:
    town.awarded()
    expected = given(town, BAGS, DAY)
    older = town.requested(town.evaluated())  # finds nothing new, and so has no list
    changed = next(nights)
    between = _awarded(changed, BAGS, DAY)
    assert between.verdicts.exists()
    older.refresh_from_db()
    work.award(town.approved(older).pk)
    stood = stands(town, BAGS)
    assert {unit: stood[unit] for unit in expected} == expected
    open_ = LatestVerdict.objects.filter(outcome=Outcome.UNKNOWN, household__in=_ids(expected))
    assert open_.exists()
    assert not open_.filter(explanation=None).exists()


def _ids(units: Stands) -> list[int]:
    return [household for household, _ in units if household]
