"""`vanzelf facts` and `vanzelf magda-standin`, as people run them."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.sources.invented import ANNA, BERT, CARO, DIRK
from vanzelf.faces.cli.main import main
from vanzelf.sources.magda.standin import AnswerFiles, Standin, Switches

VANZELF = Path(sys.executable).with_name("vanzelf")
KEYS = ["value", "source", "from", "until", "as_of", "reason"]
PROMISED = {
    "verhoogde tegemoetkoming",
    "gezin met verhoogde tegemoetkoming",
    "leefloon",
    "geboortedatum",
    "overleden",
    "gemeente",
    "postcode",
    "gezinsleden",
}


def facts(url: str | None, *arguments: str, **environment: str) -> Result:
    env: dict[str, str | None] = {"VANZELF_MAGDA_URL": url, **environment}
    return CliRunner().invoke(main, ["facts", *arguments], env=env)


def as_json(url: str | None, *arguments: str, **environment: str) -> dict[str, dict[str, object]]:
    result = facts(url, *arguments, "--on", "2026-01-15", "--json", **environment)
    assert result.exit_code == 0, result.output
    loaded: dict[str, dict[str, object]] = json.loads(result.output)
    return loaded


def test_facts_json(standin: Standin) -> None:
    found = as_json(standin.url, ANNA)
    assert found.keys() >= PROMISED
    vt = found["verhoogde tegemoetkoming"]
    assert list(vt) == KEYS
    assert vt | {"as_of": None} == {
        "value": True,
        "source": "magda/GeefSociaalStatuut",
        "from": "2024-01-01",
        "until": "2026-12-31",
        "as_of": None,
        "reason": None,
    }
    assert found["gezinsleden"]["value"] == [ANNA, BERT, CARO]
    assert found["geboortedatum"]["value"] == "1980-01-10"
    assert found["leefloon"]["value"] is False


def test_facts_as_people_read_them(standin: Standin) -> None:
    result = facts(standin.url, ANNA, "--on", "2026-01-15")
    line = "verhoogde tegemoetkoming: ja van 2024-01-01 tot en met 2026-12-31"
    assert result.exit_code == 0
    assert line in result.output
    assert "leefloon: nee" in result.output


def test_facts_of_a_dead_source_are_unknown(standin: Standin, folder: Path) -> None:
    with Standin(AnswerFiles(folder)) as dead:
        url = dead.url
    found = as_json(url, ANNA)
    assert found.keys() >= PROMISED
    assert {(fact["value"], fact["reason"]) for fact in found.values()} == {(None, "unavailable")}
    assert "niet gekend (unavailable)" in facts(url, ANNA).output
    # One service elsewhere answers all the same.
    mixed = as_json(url, ANNA, VANZELF_MAGDA_URL_GEEFPERSOON=standin.url)
    assert mixed["gemeente"]["value"] == "44021"
    assert mixed["leefloon"]["reason"] == "unavailable"


@pytest.mark.parametrize("number", ["8061010013", "80610100138", "abc", ""])
def test_facts_of_a_number_that_cannot_be(standin: Standin, number: str) -> None:
    result = facts(standin.url, number)
    assert result.exit_code == 2
    assert "INSZ" in result.output
    assert standin.received == []


def test_facts_test_number_only_at_a_standin_unless_told() -> None:
    elsewhere = "http://127.0.0.2:9"  # this machine, but no address of a stand-in
    assert facts(elsewhere, ANNA).exit_code == 2
    assert facts(elsewhere, ANNA, VANZELF_TEST_NUMBERS="0").exit_code == 2
    assert facts("http://127.0.0.1:9", ANNA, "--no-test-numbers").exit_code == 2
    assert as_json(elsewhere, ANNA, VANZELF_TEST_NUMBERS="1")["leefloon"]["value"] is None


def test_facts_without_an_address_says_what_to_set() -> None:
    result = facts(None, ANNA, "--test-numbers")
    assert result.exit_code == 2
    assert "VANZELF_MAGDA_URL" in result.output


def test_facts_for_a_purpose_without_authorisation_asks_nothing(standin: Standin) -> None:
    found = as_json(standin.url, ANNA, "--purpose", "fraude")
    assert {fact["reason"] for fact in found.values()} == {"no-authorisation"}
    assert standin.received == []


def test_facts_with_lists(standin: Standin, tmp_path: Path) -> None:
    (tmp_path / "b.csv").write_text(f"insz;hulp;van;tot\n{ANNA};budgetbeheer;01/01/2025;\n")
    manifest = tmp_path / "lists.yaml"
    manifest.write_text("ocmw-budget: {file: b.csv, as_of: 2026-01-05, complete: true}\n")
    found = as_json(standin.url, ANNA, "--lists", str(tmp_path))
    assert found["budgetbeheer"]["value"] is True
    assert found["schuldbemiddeling"]["value"] is False
    (tmp_path / "b.csv").write_text("insz;hulp;van;tot\n1;x;y;z\n")
    result = facts(standin.url, ANNA, "--lists", str(tmp_path))
    assert result.exit_code == 2
    assert "row 2, column insz" in result.output


def test_facts_of_a_standin_that_is_busy(folder: Path) -> None:
    with Standin(AnswerFiles(folder), Switches.parse([f"busy:{DIRK}"])) as standin:
        found = as_json(standin.url, DIRK)
    assert found["leefloon"]["reason"] == "busy"


@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT"])
def test_standin_is_ready_answers_and_ends(folder: Path, tmp_path: Path, name: str) -> None:
    log = tmp_path / "log.jsonl"
    command: list[str | Path] = [VANZELF, "magda-standin", "--answers", folder, "--log", log]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        ready = process.stdout.readline()
        assert ready.startswith("READY http://127.0.0.1:")
        found = as_json(ready.split()[1], ANNA)
        process.send_signal(getattr(signal, name))
        assert process.wait(timeout=10) == 0
    assert found["gemeente"]["value"] == "44021"
    assert len(log.read_text().splitlines()) >= 3


def test_standin_port_that_is_taken(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        result = CliRunner().invoke(
            main, ["magda-standin", "--answers", str(folder), "--port", port], env=dict(os.environ)
        )
    assert result.exit_code == 1
    assert port in result.output


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "--answers DIR or --city DIR"),
        (["--answers", ".", "--city", "."], "--answers DIR or --city DIR"),
        (["--answers", ".", "--fault", "sleepy"], "kinds"),
        (["--answers", ".", "--switches", "x.json", "--delay", "1"], "--switches"),
        (["--city", "."], "vanzelf city"),
    ],
)
def test_standin_switches_that_cannot_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], says: str
) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["magda-standin", *arguments])
    assert result.exit_code == 2
    assert says in result.output


def check(url: str | None, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["check", *arguments], env={"VANZELF_MAGDA_URL": url})


def test_check_asks_the_sources_for_what_the_right_needs(standin: Standin) -> None:
    result = check(standin.url, "gent/uitpas", "--insz", ANNA, "--on", "2026-01-15", "--json")
    assert result.exit_code == 0, result.output
    verdict = json.loads(result.stdout)
    assert verdict["outcome"] == "YES"
    statutes = [statute for received in standin.received for statute in received.request.statutes]
    assert statutes == ["BIM_BVT"]
    assert "Asked 1 facts outside the city, and left out 1:" in result.stderr
    assert "the verdict stands without: leefloon" in result.stderr


def test_check_of_a_dead_source_is_not_sure(standin: Standin, folder: Path) -> None:
    with Standin(AnswerFiles(folder)) as dead:
        url = dead.url
    result = check(url, "huisvuilzakken", "--insz", ANNA, "--on", "2026-01-15")
    assert result.exit_code == 0, result.output
    assert "NIET ZEKER" in result.output
    assert "[unavailable]" in result.output


def test_facts_say_which_purposes_there_are(standin: Standin) -> None:
    result = facts(standin.url, ANNA, "--purpose", "fraude")
    assert 'for the purpose "fraude" (there are: controle, toekenning)' in result.stderr


def test_facts_json_has_flags_only_when_asked(standin: Standin) -> None:
    found = as_json(standin.url, ANNA, "--flags")
    assert found["personen ten laste"]["flags"] == ["interpretation:dependants"]
    assert all(list(fact) == KEYS for fact in as_json(standin.url, ANNA).values())


@pytest.mark.parametrize("seconds", ["soon", "0", "-1", "nan", "1e30"])
def test_facts_with_a_patience_that_is_none(standin: Standin, seconds: str) -> None:
    result = facts(standin.url, ANNA, VANZELF_MAGDA_READ_TIMEOUT=seconds)
    assert result.exit_code == 2
    assert "VANZELF_MAGDA_READ_TIMEOUT is a number of seconds above 0" in result.output


@pytest.mark.parametrize("content", ['{"fault": 5}', '{"delay": -1}', "[", '{"fault": ["x"]}'])
def test_standin_switch_file_that_cannot_be_used(
    folder: Path, tmp_path: Path, content: str
) -> None:
    file = tmp_path / "switches.json"
    file.write_text(content)
    arguments = ["magda-standin", "--answers", str(folder), "--switches", str(file)]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 2
    assert "switches.json" in result.output
