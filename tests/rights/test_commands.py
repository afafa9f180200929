"""`vanzelf test`, `check` and `explain`, as they are typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.rights.example import CASES, REGULATION, write
from vanzelf.faces.cli.main import main
from vanzelf.rights import Verdict


def run(*arguments: str | Path, **env: str) -> Result:
    return CliRunner(env=env).invoke(main, [str(argument) for argument in arguments])


def test_test_passes_the_shipped_regulations() -> None:
    result = run("test")
    assert result.exit_code == 0, result.output
    assert "gent/huisvuilzakken" in result.output
    assert "cases pass" in result.output.splitlines()[-1]
    assert result.output.splitlines()[-1].endswith("13 rights")


def test_test_ends_non_zero_when_a_case_fails(tmp_path: Path) -> None:
    cases = CASES.replace("amount: 42", "amount: 43")
    result = run("test", "-q", write(tmp_path, {"gent/proef/cases.yaml": cases}))
    assert result.exit_code == 1
    assert "✗ YES      Leefloon in Gent" in result.output
    assert "amount: expected 43, got 42" in result.output
    assert "2 of 3 cases pass" in result.output


def test_test_tells_what_is_broken(tmp_path: Path) -> None:
    broken = REGULATION.replace("gezin.gemeente", "gezin.gemente")
    result = run("test", write(tmp_path, {"gent/proef/regulation.yaml": broken}))
    assert result.exit_code == 1
    assert (
        'regulation.yaml:32: criterion "in Gent": "gemente" is not a listed fact' in result.output
    )


def test_city_adds_its_own_folder(tmp_path: Path) -> None:
    result = run("explain", "gent/proef", VANZELF_REGULATIONS=str(write(tmp_path)))
    assert result.exit_code == 0, result.output
    assert "• Je woont in Gent. [reglement art. 1]" in result.output


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    file = tmp_path / "facts.yaml"
    file.write_text('gezin: {gemeente: "44021", leden: [{verhoogde tegemoetkoming: true}]}\n')
    return file


def test_check_shows_the_outcome_and_why(facts: Path) -> None:
    result = run("check", "huisvuilzakken", "--facts", facts, "--on", "2026-01-15")
    assert result.exit_code == 0, result.output
    assert result.output.startswith("Gratis huisvuilzakken of ophaalkrediet: JA")
    assert "gezinslid 1: verhoogde tegemoetkoming: ja" in result.output
    assert "Ontbreekt: aantal personen ten laste" in result.output


def test_check_as_json_is_the_verdict(facts: Path) -> None:
    result = run("check", "huisvuilzakken", "--facts", facts, "--on", "2026-01-15", "--json")
    verdict = Verdict.from_data(json.loads(result.output))
    assert (verdict.outcome, verdict.regulation) == ("YES", "gent/huisvuilzakken")


def test_check_of_an_unknown_right_lists_what_there_is(facts: Path) -> None:
    result = run("check", "huisvuil", "--facts", facts)
    assert result.exit_code == 2
    assert "gent/huisvuilzakken" in result.output


def test_check_tells_what_is_wrong_with_the_facts(tmp_path: Path) -> None:
    file = tmp_path / "facts.yaml"
    file.write_text("gezin:\n  gemente: x\n")
    result = run("check", "huisvuilzakken", "--facts", file)
    assert result.exit_code == 1
    assert (
        'facts.yaml:2: gezin.gemente is not a listed fact (did you mean "gemeente"' in result.output
    )


def test_explain_flags_what_could_not_be_verified() -> None:
    result = run("explain", "gent/huisvuilzakken", "--language", "en", "--on", "2026-01-15")
    assert result.exit_code == 0, result.output
    assert "Free waste bags or collection credit" in result.output
    assert "(not verified)" in result.output
    assert "Council of State" in result.output


def test_check_wants_facts_or_a_number(facts: Path) -> None:
    for arguments in ([], ["--facts", facts, "--insz", "80610100137"]):
        result = run("check", "huisvuilzakken", *arguments)
        assert result.exit_code == 2
        assert "give --facts FILE or --insz NUMBER" in result.output
