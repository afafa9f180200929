"""Of a household in which everyone died nobody gets anything; the register lists it for a while."""

from __future__ import annotations

import shutil
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as parquet
import pytest

from tests.city.conftest import BAGS, DAY, Desk, Town, create_demo_staff_in_order
from vanzelf import population
from vanzelf.city import clock, regulations
from vanzelf.city.awards import domain as awards
from vanzelf.city.people.domain import import_population
from vanzelf.city.people.sourced import keep
from vanzelf.city.runs import queries
from vanzelf.city.runs.columns import DECEASED, columns_of
from vanzelf.city.runs.models import Said
from vanzelf.city.verdicts.models import Outcome
from vanzelf.population import NO, YES
from vanzelf.sources import Reading


def with_deaths(folder: Path, to: Path, numbers: set[int]) -> Path:
    """A copy of the city in which everyone of these households has died."""
    shutil.copytree(folder, to)
    file = to / "persons.parquet"
    table = parquet.read_table(file)
    dead = [number in numbers for number in table["household"].to_pylist()]
    place = table.column_names.index("deceased")
    table = table.set_column(place, table.schema.field("deceased"), pa.array(dead))
    parquet.write_table(table, file)
    return to


def who_gets(folder: Path, right: str) -> tuple[population.Population, list[int]]:
    """The population, and the units that a run would give this right."""
    people = population.read(folder)
    table = columns_of(people, regulations.regulation(right), DAY).table
    return people, [row["unit"] for row in table.to_pylist() if row["outcome"] == YES]


@pytest.mark.parametrize("right", [BAGS, "gent/uitpas"])
def test_household_in_which_everyone_died_gets_nothing(
    small_city: Path, tmp_path: Path, right: str
) -> None:
    people, given = who_gets(small_city, right)
    columns = columns_of(people, regulations.regulation(right), DAY)
    number = columns.table["register_number"][given[0]].as_py()
    folder = with_deaths(small_city, tmp_path / "city", {number})
    found = columns_of(population.read(folder), regulations.regulation(right), DAY)
    row = found.table.slice(given[0], 1).to_pylist()[0]
    assert (row["outcome"], row["cents"], row["worth"]) == (NO, None, None)
    assert found.reasons[row["reasons"]] == (DECEASED,)
    assert found.missing[row["missing"]] == ()
    _, after = who_gets(folder, right)
    assert set(given) - set(after) == {
        unit for unit in given if columns.table["register_number"][unit].as_py() == number
    }  # and nobody else


def test_run_says_that_everyone_died(
    committed_db: str, small_city: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, given = who_gets(small_city, BAGS)
    table = columns_of(population.read(small_city), regulations.regulation(BAGS), DAY).table
    folder = with_deaths(
        small_city, tmp_path / "city", {table["register_number"][given[0]].as_py()}
    )
    monkeypatch.setenv("VANZELF_CITY", str(folder))
    import_population(population=population.read(folder))
    town = Town(folder, *create_demo_staff_in_order())
    preview = queries.preview(town.evaluated())
    assert preview is not None
    assert preview.yes == len(given) - 1
    assert Said.objects.filter(texts=[DECEASED]).exists()


def test_counter_awards_nothing_when_everyone_died(desk: Desk) -> None:
    _, advice = desk.someone(Outcome.YES)
    check = advice.check_ref
    for member in check.household.members:
        died = Reading(True, "magda/GeefPersoon", clock.now())
        check.facts.add(*keep({"overleden": died}, person=member))
    with pytest.raises(ValueError, match="overleden"):
        awards.decide(advice=advice, by=desk.town.clerk, decision="award")
    check.facts.filter(fact="persoon.overleden", person=check.person).update(value=False)
    assert awards.decide(advice=advice, by=desk.town.clerk, decision="award").pk
