from __future__ import annotations

import json
from pathlib import Path

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
