from __future__ import annotations

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pypdf import PdfReader

from vanzelf.faces.cli.main import main

BAGS = "gent/huisvuilzakken"


@pytest.fixture
def command(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("VANZELF_DATA", str(tmp_path / "data"))

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(main, [*arguments, "--population", str(folder)])

    return run


def test_report_tells_who_misses_a_right_and_where(command) -> None:
    done = command("report", "huisvuilzakken", "uitpas", "--by", "decile", "--take-up", "50")
    assert done.exit_code == 0, done.output
    assert "What it would cost if everyone asked" in done.output
    assert "~50% to 50%" in done.output
    assert "Free waste bags or collection credit: of a hundred, so many are entitled" in done.output
    assert "each time it is given" in done.output
    assert "How many of these rights a private household has" in done.output
    assert "decile" in done.output
    assert "they do not add up" in done.output


def test_report_is_written_as_csv_and_pdf(command, tmp_path: Path) -> None:
    table, paper = tmp_path / "reach.csv", tmp_path / "reach.pdf"
    done = command("report", BAGS, "--csv", str(table), "--pdf", str(paper))
    assert done.exit_code == 0, done.output
    with table.open(newline="") as stream:
        assert {row["right"] for row in csv.DictReader(stream)} == {BAGS, ""}
    text = "".join(page.extract_text() for page in PdfReader(paper).pages)
    assert "Wat als iedereen het vroeg?" in text
    assert "verzonnen inwoners" in text


def test_simulation_is_written_as_pdf_with_another_beside_it(command, tmp_path: Path) -> None:
    saved, paper = tmp_path / "saved.json", tmp_path / "effect.pdf"
    dear = ("simulate", "huisvuilzakken", "--set", "bedrag per gezin[0]=50")
    assert command(*dear, "--save", str(saved)).exit_code == 0
    done = command("simulate", "huisvuilzakken", "--compare", str(saved), "--pdf", str(paper))
    assert done.exit_code == 0, done.output
    text = "".join(page.extract_text() for page in PdfReader(paper).pages)
    assert "Waarmee je vergelijkt" in text


def test_simulate_tells_the_overlap_with_other_rights(command) -> None:
    done = command("simulate", "huisvuilzakken", "--without", "hulp bij budget", "--overlap")
    assert done.exit_code == 0, done.output
    assert "households that have it and also" in done.output
    assert "gent/uitpas" in done.output


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("report", "huisvuilzak"), "there is no regulation 'huisvuilzak'"),
        (("report", BAGS, "--take-up", "all"), "such as 40-60"),
        (("report", BAGS, "--pdf", "nowhere/at/all.pdf"), "nowhere/at/all.pdf: No such file"),
        (("simulate", BAGS, "--csv", "nowhere/all.csv"), "nowhere/all.csv: No such file"),
    ],
)
def test_report_says_what_is_wrong(command, arguments: tuple[str, ...], told: str) -> None:
    done = command(*arguments)
    assert done.exit_code != 0
    assert told in done.output
    assert "Traceback" not in done.output


def test_report_tells_how_to_make_a_population(command, tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["report", "--population", str(tmp_path / "none")])
    assert done.exit_code == 1
    assert "vanzelf city --out" in done.output
