from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from vanzelf.faces.cli.main import main


@pytest.fixture
def simulate(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("VANZELF_DATA", str(tmp_path / "data"))

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(main, ["simulate", *arguments, "--population", str(folder)])

    return run


def test_simulate_shows_what_changes_and_where(simulate) -> None:
    done = simulate(
        "huisvuilzakken", "--set", "bedrag per gezin[0]=50", "--without", "hulp bij budget",
        "--by", "decile",
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    assert "bedrag per gezin[0]: 42 becomes 50" in done.output
    assert "without: hulp bij budget" in done.output
    assert "keep it and get more" in done.output
    assert "cost in euro each time it is given" in done.output
    assert "<10" in done.output
    assert "decile" in done.output
    assert "they do not add up" in done.output


def test_simulate_saves_compares_and_writes_csv(simulate, tmp_path: Path) -> None:
    saved, table = tmp_path / "saved.json", tmp_path / "all.csv"
    limit = ("schoolkorting", "--set", "inkomensgrens opvang=45000")
    assert simulate(*limit, "--save", str(saved), "--csv", str(table)).exit_code == 0
    assert json.loads(saved.read_text())["change"]["parameters"] == {
        "inkomensgrens opvang": "45000"
    }
    with table.open(newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert {row["dimension"] for row in rows} == {
        "total", "neighbourhood", "household", "age", "decile",
    }  # fmt: skip
    assert all(row["value"] == "<10" or int(row["value"]) % 5 == 0 for row in rows)
    done = simulate("schoolkorting", "--compare", str(saved))
    assert done.exit_code == 0
    assert "saved" in done.output
    assert "nothing is changed" in done.output


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("schoolkorting", "--set", "inkomensgrens=1"), 'did you mean "inkomensgrens opvang"'),
        (("schoolkorting", "--without", "laag inkomn"), 'did you mean "laag inkomen"'),
        (("schoolkorting", "--instead", "laag inkomen=gezin.inkmen < 3"), "column 1"),
        (("schoolkorting", "--instead", "laag inkomen"), "criterion=expression"),
        (("schoolkortin",), "there is no regulation 'schoolkortin'"),
        (("schoolkorting", "--take-up", "most"), "such as 40-60"),
        (("schoolkorting", "--family", "8,4"), "of whom one is an adult"),
        (("schoolkorting", "--by", "street"), "'neighbourhood', 'household', 'age', 'decile'"),
    ],
)
def test_simulate_says_what_is_wrong(simulate, arguments: tuple[str, ...], told: str) -> None:
    done = simulate(*arguments)
    assert done.exit_code != 0
    assert told in done.output
    assert "Traceback" not in done.output


def test_simulate_tells_take_up_and_a_family(simulate) -> None:
    done = simulate(
        "huisvuilzakken", "--set", "bedrag per gezin[2]=100", "--take-up", "40-60",
        "--family", "35,8,4",
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    assert "if 40% to 60% of those entitled ask for it" in done.output
    assert "by itself" in done.output
    assert "a family's benefits a year, with the change" in done.output
    assert "federaal/verhoogde-tegemoetkoming, " in done.output


def test_simulate_tells_how_to_make_a_population(simulate, tmp_path: Path) -> None:
    done = CliRunner().invoke(
        main, ["simulate", "schoolkorting", "--population", str(tmp_path / "none")]
    )
    assert done.exit_code == 1
    assert "vanzelf city --out" in done.output


def test_simulate_refuses_a_file_that_is_no_simulation(simulate, tmp_path: Path) -> None:
    other = tmp_path / "other.json"
    other.write_text("{}")
    done = simulate("schoolkorting", "--compare", str(other))
    assert done.exit_code == 1
    assert "write one with --save" in done.output
