from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from vanzelf.faces.cli.main import main


def test_city_prints_each_figure_beside_its_target_and_writes_them(tmp_path: Path) -> None:
    out = tmp_path / "city"
    asked = ["city", "--out", str(out), "--residents", "2000", "--seed", "5", "--on", "2026-03-01"]
    result = CliRunner().invoke(main, asked)
    assert result.exit_code == 0
    figures = json.loads((out / "calibration.json").read_text())
    assert (figures["seed"], figures["on"]) == (5, "2026-03-01")
    assert all(figure["name"] in result.output for figure in figures["figures"])
    assert "2,000 residents in 883 households" in result.output
    assert {path.name for path in out.iterdir()} == {
        "calibration.json",
        "households.parquet",
        "lists",
        "persons.parquet",
    }


def test_city_refuses_a_hamlet(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["city", "--out", str(tmp_path), "--residents", "12"])
    assert result.exit_code == 2
    assert "a city has at least 500 residents, not 12" in result.output


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--residents", "1000000000000"], "at most 12000000 residents"),
        (["--on", "0001-01-01"], "from 1950-01-01 to 2099-12-31"),
        (["--residents", "600", "--seed", "-1"], "a seed is 0 or more"),
    ],
)
def test_city_refuses_what_cannot_be(tmp_path: Path, arguments: list[str], says: str) -> None:
    result = CliRunner().invoke(main, ["city", "--out", str(tmp_path / "city"), *arguments])
    assert result.exit_code == 2
    assert says in result.output
    assert not (tmp_path / "city").exists()


def test_city_that_cannot_be_written_leaves_the_former_one_whole(tmp_path: Path) -> None:
    first = ["city", "--out", str(tmp_path), "--residents", "600", "--quiet"]
    assert CliRunner().invoke(main, first).exit_code == 0
    shutil.rmtree(tmp_path / "lists")
    (tmp_path / "lists").touch()  # no folder can be made here
    before = {file: file.read_bytes() for file in tmp_path.iterdir()}
    for folder in (tmp_path, tmp_path / "lists" / "city"):
        second = [*first, "--seed", "2", "--out", str(folder)]
        result = CliRunner().invoke(main, second)
        assert result.exit_code == 1
        assert "choose another folder with --out" in result.output
    assert {file: file.read_bytes() for file in tmp_path.iterdir()} == before
