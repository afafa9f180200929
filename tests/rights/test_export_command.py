"""`vanzelf export`, as it is typed."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from vanzelf import dmn
from vanzelf.faces.cli.main import main


def test_export_writes_a_model_and_tells_what_it_cannot_say(tmp_path: Path) -> None:
    file = tmp_path / "zakken.dmn"
    result = CliRunner().invoke(
        main, ["export", "huisvuilzakken", "--on", "2026-01-15", "--out", str(file)]
    )
    assert result.exit_code == 0, result.output
    assert "decision 'Recht' of gezin" in result.output
    assert "! not verified, which only their descriptions tell: bedrag per gezin" in result.output
    assert "! null: decision 'binnen Gent'" in result.output
    model = dmn.read(file)
    known = {"gemeente": "44021", "afvalzone": "Z", "personen ten laste": 0}
    gezin = {**known, "leden": [{"verhoogde tegemoetkoming": True}]}
    summary = model.decide("Besluit", {"gezin": gezin}).value
    assert isinstance(summary, dict)
    assert (summary["Recht"], summary["Bedrag bedrag"], summary["Levering"]) == (
        True,
        42,
        "voucher",
    )


def test_export_in_an_older_version_for_modellers_that_ask_it(tmp_path: Path) -> None:
    file = tmp_path / "uitpas.dmn"
    result = CliRunner().invoke(main, ["export", "uitpas", "--dmn", "1.3", "--out", str(file)])
    assert result.exit_code == 0, result.output
    assert dmn.read(file).definitions.version == "1.3"


def test_export_of_an_unknown_regulation_lists_what_there_is() -> None:
    result = CliRunner().invoke(main, ["export", "huisvuilzak"])
    assert result.exit_code == 2
    assert "gent/huisvuilzakken" in result.output


def test_export_to_a_folder_that_is_not_there_says_so(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["export", "uitpas", "--out", str(tmp_path / "no" / "x.dmn")])
    assert result.exit_code == 1
    assert "No such file" in result.output
