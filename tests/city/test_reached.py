from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path

import pyarrow.parquet as parquet
from click.testing import CliRunner

from tests.city.conftest import BAGS, DAY, REASON, Town
from vanzelf import population
from vanzelf.city import clock
from vanzelf.city.awards.domain import end_award
from vanzelf.city.awards.models import Award, AwardCover
from vanzelf.city.awards.reached import last_runs, reached
from vanzelf.city.people.models import Household, Person
from vanzelf.city.regulations import regulation
from vanzelf.faces.cli.main import main

CARD = "gent/uitpas"


def test_reached_are_the_households_with_an_award(town: Town) -> None:
    town.awarded(because=REASON)
    people = population.read(town.folder)
    found = reached(people, [regulation(BAGS), regulation(CARD)], DAY, last_runs())
    assert set(found) == {BAGS}  # nobody has a card from here: who has one is not known
    numbers = Household.objects.filter(
        memberships__person__covers__in=AwardCover.objects.filter(right=BAGS)
    ).values_list("register_number", flat=True)
    assert found[BAGS].tolist() == sorted(set(numbers))
    results = population.check(people, [regulation(BAGS)], DAY, why=False)
    yes = results.units(BAGS)[results.outcomes(BAGS) == population.YES]
    assert set(yes.tolist()) == set(found[BAGS].tolist())


def test_reached_persons_are_found_by_their_place(town: Town) -> None:
    run = town.awarded(on=DAY, because=REASON)
    people = population.read(town.folder)
    card = regulation(CARD)
    told = {"right": CARD, "period": card.period_label(DAY)}
    AwardCover.objects.filter(award__run=run).update(**told)
    assert reached(people, [card], DAY, last_runs()) == {}  # no run awarded cards
    run.awards.update(**told)
    found = reached(people, [card], DAY, {CARD: last_runs()[BAGS]})[CARD]
    rows = parquet.read_table(town.folder / "persons.parquet", columns=["person", "insz"])
    numbers = dict(zip(*(column.to_pylist() for column in rows.columns), strict=True))
    covered = Person.objects.filter(covers__isnull=False)
    assert {numbers[person] for person in found.tolist()} == {one.insz for one in covered}
    assert len(found) == AwardCover.objects.count()


def test_nobody_is_reached_in_another_period(town: Town) -> None:
    town.awarded(because=REASON)
    people = population.read(town.folder)
    assert reached(people, [regulation(BAGS)], date(2031, 1, 15), last_runs()) == {}


def test_report_in_the_terminal_reads_the_awards(town: Town) -> None:
    town.awarded(because=REASON)
    done = CliRunner().invoke(main, ["report", BAGS, CARD, "--on", DAY.isoformat()])
    assert done.exit_code == 0, done.output
    bags, card = (line for line in done.output.splitlines() if line.startswith("  gent/"))
    assert "~" not in bags
    assert "~30% to 60%" in card


def test_report_of_another_population_reads_no_awards(town: Town, tmp_path: Path) -> None:
    town.awarded(because=REASON)
    shutil.copytree(town.folder, tmp_path / "other")
    done = CliRunner().invoke(main, ["report", BAGS, "--population", str(tmp_path / "other")])
    assert done.exit_code == 0, done.output
    assert "~30% to 60%" in done.output


def test_award_at_a_counter_shows_with_the_next_run(town: Town) -> None:
    run = town.awarded(because=REASON)
    people, runs = population.read(town.folder), last_runs()
    before = reached(people, [regulation(BAGS)], DAY, runs)[BAGS]
    first, second = run.awards.order_by("pk")[:2]
    with clock.fixed(run.finished_at + timedelta(hours=1)):
        end_award(
            award=first, by=town.clerk, reason="Kwam aan het loket vertellen dat het niet klopt."
        )
        Award.objects.filter(pk=second.pk).update(known_from=clock.now())
        assert last_runs() == runs
        now = reached(people, [regulation(BAGS)], DAY, {BAGS: clock.now()})[BAGS]
    later = reached(people, [regulation(BAGS)], DAY, runs)[BAGS]
    assert set(before) - set(later) == {_number(second)}  # as if it was given since
    assert set(before) - set(now) == {_number(first)}


def _number(award: Award) -> int:
    assert award.household is not None
    assert award.household.register_number is not None
    return award.household.register_number
