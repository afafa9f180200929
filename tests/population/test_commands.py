"""`vanzelf population check`, from a folder to a table and a file."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq
from click.testing import CliRunner

from vanzelf.faces.cli.main import main

RIGHT = "gent/huisvuilzakken"


def test_population_check_prints_counts_and_bounds_and_writes_every_unit(
    folder: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.parquet"
    told = CliRunner().invoke(
        main, ["population", "check", str(folder), "--on", "2026-01-15", "--out", str(out)]
    )
    assert told.exit_code == 0, told.output
    table = pq.read_table(out)
    some = table.filter(pc.equal(table["right"], RIGHT))
    yes = pc.sum(pc.equal(some["outcome"], 1)).as_py()
    line = next(line for line in told.output.splitlines() if line.startswith(RIGHT))
    assert line.split()[:3] == [RIGHT, "gezin", f"{yes:,}"]
    facts = json.loads(table.schema.metadata[b"vanzelf"])["facts"][RIGHT]
    assert "gezin.leden[].verhoogde tegemoetkoming" in facts
    assert (pc.sum(some.filter(pc.equal(some["outcome"], 1))["cents"]).as_py() or 0) > 0


def test_population_check_of_one_right_shows_only_that(folder: Path) -> None:
    told = CliRunner().invoke(
        main, ["population", "check", str(folder), "--on", "2026-01-15", "--rights", "uitpas"]
    )
    assert told.exit_code == 0, told.output
    assert [line.split()[0] for line in told.output.splitlines()[1:-1]] == ["gent/uitpas"]


def test_population_check_of_a_folder_without_a_city_says_what_to_do(tmp_path: Path) -> None:
    told = CliRunner().invoke(main, ["population", "check", str(tmp_path), "--on", "2026-01-15"])
    assert told.exit_code == 1
    assert "make a city with `vanzelf city`" in told.output
