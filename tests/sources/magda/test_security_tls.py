"""Questions over mutual TLS, signed, with signed answers: the whole way, over a real socket."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.sources.invented import ALL_FACTS, ANNA, DIRK, HASTE, NOW, ON, authorisation
from tests.sources.magda.authority import DAY, Authority, Holder
from vanzelf.faces.cli.main import main
from vanzelf.sources import Endpoints, Household, Reason, endurance, gather
from vanzelf.sources.magda.security import Algorithm, Trust
from vanzelf.sources.magda.settings import FileSettings, ServiceSettings, Signing, Tls
from vanzelf.sources.magda.standin import AnswerFiles, Secure, Standin, Switches

CA = Authority("Our authority", now=NOW)
OTHERS = Authority("Someone else's authority", now=NOW)
SOURCE = CA.issue("magda.example")
CITY = CA.issue("stad.example")


class Line:
    """The files of both ends, and settings that fit each other until a test changes one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        authority = str(CA.write(folder, "authority"))
        self.server = Tls(certificate=self.file(SOURCE, "source"), authority=authority)
        self.secure = Secure(
            tls=self.server,
            trust=Trust(authorities=(CA.certificate,), subject="stad.example"),
            signing=Signing(SOURCE.identity),
        )
        self.settings = ServiceSettings(
            tls=Tls(certificate=self.file(CITY, "city"), authority=authority),
            signing=Signing(CITY.identity),
            trust=Trust(pinned=(SOURCE.certificate,)),
        )

    def file(self, holder: Holder, name: str) -> str:
        return str(holder.write(self.folder, name))

    def ask(self, answers: Path, insz: str, *faults: str) -> tuple[Household, Standin]:
        endurance.forget()
        standin = Standin(
            AnswerFiles(answers), Switches.parse(faults), secure=self.secure, now=lambda: NOW
        )
        with standin:
            household = gather(
                insz,
                ON,
                purpose="controle",
                authorisations=[authorisation()],
                endpoints=Endpoints(standin.url, file=FileSettings(self.settings)),
                now=NOW,
                everyone=False,
                patience=HASTE,
                facts=ALL_FACTS,
            )
        return household, standin


@pytest.fixture
def line(tmp_path: Path) -> Line:
    folder = tmp_path / "line"
    folder.mkdir()
    return Line(folder)


def reasons(household: Household) -> set[Reason | None]:
    readings = {**household.person.readings, "leden": household.readings["leden"]}
    return {reading.reason for name, reading in readings.items() if name != "schuldbemiddeling"}


@pytest.mark.parametrize("algorithm", Algorithm)
def test_gather_signed_both_ways_over_mutual_tls(
    line: Line, folder: Path, algorithm: Algorithm
) -> None:
    both = frozenset({algorithm})
    line.secure = replace(
        line.secure,
        signing=Signing(SOURCE.identity, algorithm),
        trust=replace(line.secure.trust, algorithms=both),
    )
    line.settings = replace(
        line.settings,
        signing=Signing(CITY.identity, algorithm),
        trust=replace(line.settings.trust, algorithms=both),
    )
    household, standin = line.ask(folder, ANNA)
    assert standin.url.startswith("https://")
    assert household.person.readings["verhoogde tegemoetkoming"].value is True
    assert household.person.readings["gemeente"].value == "44021"
    assert {question.outcome for question in household.questions} == {"answered"}
    assert all(b"BinarySecurityToken" in received.body for received in standin.received)


@pytest.mark.parametrize(
    ("holder", "trusted", "text"),
    [
        (OTHERS.issue("magda.example"), CA, "wrong authority"),
        (CA.issue("magda.example", valid=(-20 * DAY, -10 * DAY)), CA, "expired"),
        (CA.issue("magda.example", host="127.0.0.9"), CA, "wrong host"),
        (SOURCE, OTHERS, "another authority is trusted"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_gather_refuses_a_source_that_is_not_the_one(
    line: Line, folder: Path, holder: Holder, trusted: Authority, text: str
) -> None:
    line.secure = replace(
        line.secure, tls=replace(line.server, certificate=line.file(holder, "other"))
    )
    authority = str(trusted.write(line.folder, "trusted"))
    line.settings = replace(line.settings, tls=replace(line.settings.tls, authority=authority))
    household, standin = line.ask(folder, ANNA)
    assert Reason.UNTRUSTED in reasons(household)
    assert not any(reading.known for reading in household.person.readings.values())
    assert standin.received == []  # not a word was said


@pytest.mark.parametrize("certificate", [None, OTHERS.issue("stad.example")])
def test_gather_without_our_certificate_is_not_answered(
    line: Line, folder: Path, certificate: Holder | None
) -> None:
    shown = line.file(certificate, "shown") if certificate else None
    line.settings = replace(line.settings, tls=replace(line.settings.tls, certificate=shown))
    household, standin = line.ask(folder, DIRK)
    assert Reason.UNAVAILABLE in reasons(household)
    assert standin.received == []


def test_gather_unsigned_question_is_a_fault(line: Line, folder: Path) -> None:
    line.settings = replace(line.settings, signing=None)
    household, standin = line.ask(folder, DIRK)
    assert not any(reading.known for reading in household.person.readings.values())
    assert standin.received == []


def test_gather_unsigned_answer_is_not_believed(line: Line, folder: Path) -> None:
    line.secure = replace(line.secure, signing=None)
    household, _ = line.ask(folder, DIRK)
    assert Reason.UNTRUSTED in reasons(household)
    assert not any(reading.known for reading in household.person.readings.values())


def test_gather_unsigned_fault_tells_what_it_says(line: Line, folder: Path) -> None:
    line.secure = replace(line.secure, signing=None)
    household, _ = line.ask(folder, DIRK, "fault")
    assert Reason.FAULT in reasons(household)


@pytest.mark.parametrize("fault", ["busy", "cut", "reset", "garbage", "http500", "wrong-person"])
def test_gather_over_mutual_tls_with_faults(line: Line, folder: Path, fault: str) -> None:
    household, _ = line.ask(folder, DIRK, fault)
    assert not any(reading.known for reading in household.person.readings.values())
    assert all(reading.reason for reading in household.person.readings.values())


def test_commands_on_both_ends_with_a_settings_file_each(line: Line, folder: Path) -> None:
    for holder, name in ((SOURCE, "source"), (CITY, "city")):
        line.file(holder, name)
    ends = {}
    for own, other in (("source", "city"), ("city", "source")):
        ends[own] = line.folder / f"{own}.yaml"
        ends[own].write_text(
            f"every service:\n  certificate: {own}.pem\n  authority: authority.pem\n"
            f"  sign: {{certificate: {own}.pem}}\n  verify: {{signer: {other}.pem}}\n"
        )
    command = [sys.executable, "-m", "vanzelf", "magda-standin", "--answers", str(folder)]
    with subprocess.Popen(
        [*command, "--secure", str(ends["source"])], stdout=subprocess.PIPE, text=True
    ) as standin:
        try:
            assert standin.stdout is not None
            url = standin.stdout.readline().removeprefix("READY ").strip()
            assert url.startswith("https://")
            asked = CliRunner().invoke(
                main,
                ["facts", ANNA, "--on", "2026-01-15"],
                env={"VANZELF_MAGDA_URL": url, "VANZELF_MAGDA_SETTINGS": str(ends["city"])},
            )
        finally:
            standin.terminate()
    assert "gemeente: 44021" in asked.output
