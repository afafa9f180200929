from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from tests.synthetic.test_insz import check_digits_hold
from vanzelf.faces.cli.main import main
from vanzelf.synthetic import City, region

TIMES = 3


@pytest.fixture(scope="module")
def folder(village: City, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("region")
    region.write(village, folder, TIMES)
    return folder


def test_region_has_the_columns_of_the_city_and_says_that_it_is_invented(
    village: City, folder: Path
) -> None:
    for name, table in (("persons", village.persons), ("households", village.households)):
        written = pq.read_table(folder / f"{name}.parquet")
        assert written.num_rows == TIMES * table.num_rows
        assert written.schema.equals(table.schema)
        assert json.loads(written.schema.metadata[b"vanzelf"]) == {
            "seed": village.seed,
            "on": village.on.isoformat(),
            "invented": True,
            "times": TIMES,
        }


def test_region_numbers_all_from_one_with_private_households_first(folder: Path) -> None:
    homes = pl.read_parquet(folder / "households.parquet")
    people = pl.read_parquet(folder / "persons.parquet")
    assert homes["household"].to_list() == list(range(1, len(homes) + 1))
    assert people["person"].to_list() == list(range(1, len(people) + 1))
    assert people["household"].is_sorted()
    assert homes["collective"].is_sorted()
    assert people["household"].n_unique() == len(homes)


def test_region_gives_everyone_a_number_that_fits_and_is_nobody_elses(folder: Path) -> None:
    people = pl.read_parquet(folder / "persons.parquet")
    assert people["insz"].n_unique() == len(people)
    for number, born, sex in people.select("insz", "birth_date", "sex").iter_rows():
        assert number[:6] == f"{born:%y}{born.month + 60}{born:%d}"
        assert (int(number[6:9]) % 2 == 1) == (sex == "M")
        assert check_digits_hold(number, born)


def test_region_keeps_each_household_as_it_was(village: City, folder: Path) -> None:
    """Apart from the numbers every copy is the city; reference numbers are of those who lead."""
    homes = pl.read_parquet(folder / "households.parquet")
    people = pl.read_parquet(folder / "persons.parquet")
    city = pl.from_arrow(village.persons)
    assert isinstance(city, pl.DataFrame)
    told = ["household", "person", "insz"]
    for group in ("increased_reimbursement", "birth_date", "position"):
        expected = city[group].value_counts(sort=True).with_columns(pl.col("count") * TIMES)
        found = people[group].value_counts(sort=True)
        assert found.sort(group).equals(expected.cast(found.schema).sort(group))
    first = people.head(village.persons.num_rows // 2).drop(told)
    assert first.equals(city.head(village.persons.num_rows // 2).drop(told))
    leads = people.group_by("household", maintain_order=True).first()
    private = homes.filter(~pl.col("collective"))
    assert private["reference_insz"].to_list() == leads["insz"].to_list()[: len(private)]
    assert homes.filter(pl.col("collective"))["reference_insz"].null_count() == sum(
        homes["collective"]
    )


def test_region_begins_with_the_cast(village: City, folder: Path) -> None:
    insz = pq.read_table(folder / "persons.parquet", columns=["insz"])["insz"]
    assert insz[:20].to_pylist() == village.persons["insz"][:20].to_pylist()


def test_region_refuses_what_cannot_be(village: City, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="at least once, not 0 times"):
        region.write(village, tmp_path, 0)
    with pytest.raises(ValueError, match="copy it fewer times"):
        region.write(village, tmp_path, 2_000)
    assert list(tmp_path.iterdir()) == []


def test_city_command_writes_a_region(tmp_path: Path) -> None:
    asked = ["city", "--out", str(tmp_path), "--residents", "600", "--times", "4", "--quiet"]
    result = CliRunner().invoke(main, asked)
    assert result.exit_code == 0
    assert "2,400 residents in" in result.output
    assert {path.name for path in tmp_path.iterdir()} == {
        "calibration.json",
        "households.parquet",
        "persons.parquet",
    }
