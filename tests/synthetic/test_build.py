from __future__ import annotations

import os
import stat
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from vanzelf.synthetic import City, build, schema
from vanzelf.synthetic.calibration import flag, holds


def test_build_with_the_same_arguments_gives_the_same_city(village: City) -> None:
    again = build(seed=7, residents=2_000)
    assert again.persons.equals(village.persons)
    assert again.households.equals(village.households)
    assert again.calibration == village.calibration


def test_build_with_another_seed_gives_another_city(village: City) -> None:
    other = build(seed=8, residents=2_000)
    assert not other.persons.equals(village.persons)


def test_write_gives_the_same_bytes(village: City, tmp_path: Path) -> None:
    for name in ("one", "two"):
        village.write(tmp_path / name)
    written = [path for path in (tmp_path / "one").rglob("*") if path.is_file()]
    files = sorted(path.relative_to(tmp_path / "one").as_posix() for path in written)
    assert files == [
        "calibration.json",
        "households.parquet",
        "lists/lists.yaml",
        "lists/ocmw-budget.csv",
        "lists/school-enrolments.csv",
        "lists/waste-zones.csv",
        "persons.parquet",
    ]
    for name in files:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_written_tables_read_back_as_they_were_drawn(village: City, tmp_path: Path) -> None:
    village.write(tmp_path)
    assert pq.read_table(tmp_path / "persons.parquet").equals(village.persons)
    assert pq.read_table(tmp_path / "households.parquet").equals(village.households)


def test_tables_have_the_columns_of_the_schema(village: City) -> None:
    assert village.persons.schema.equals(schema.arrow(schema.PERSONS))
    assert village.households.schema.equals(schema.arrow(schema.HOUSEHOLDS))


def test_hard_totals_of_the_full_city_are_exact(city: City) -> None:
    size = dict(
        zip(
            city.households["household"].to_pylist(),
            flag(city.households, "poor").tolist(),
            strict=True,
        )
    )
    poor = sum(size[number] for number in city.persons["household"].to_pylist())
    private = ~flag(city.households, "collective")
    assert city.persons.num_rows == 269_191
    assert int(private.sum()) == 118_700
    assert int(holds(city.persons, "increased_reimbursement", city.on).sum()) == 54_243
    assert int(holds(city.persons, "living_wage", city.on).sum()) == 9_170
    assert poor == 38_456


@pytest.mark.parametrize("residents", [500, 1_234, 5_000])
@pytest.mark.parametrize("on", [date(2024, 2, 29), date(2026, 11, 22)])
def test_hard_totals_of_a_small_city_are_scaled(residents: int, on: date) -> None:
    small = build(seed=3, residents=residents, on=on)
    hard = [figure for figure in small.calibration if figure.kind == "hard"]
    assert len(hard) == 5
    assert [figure.name for figure in hard if not figure.met] == []
    assert small.persons.num_rows == residents


def test_build_refuses_a_hamlet() -> None:
    with pytest.raises(ValueError, match="at least 500 residents, not 40"):
        build(residents=40)


def test_readme_lists_every_column() -> None:
    readme = (Path(schema.__file__).parent / "README.md").read_text()
    columns = [column.name for column in schema.PERSONS + schema.HOUSEHOLDS]
    assert [name for name in columns if f"| `{name}` |" not in readme] == []


def test_write_makes_a_folder_for_its_owner_only(village: City, tmp_path: Path) -> None:
    before = os.umask(0o002)
    try:
        village.write(tmp_path / "new")
        there = tmp_path / "there"
        there.mkdir()
        mode = there.stat().st_mode
        village.write(there)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o700
    assert there.stat().st_mode == mode
