"""What is handed in is held back until it was scanned."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
from django.db import IntegrityError, connection, transaction

from tests.city import scanners
from tests.city.conftest import Desk
from tests.city.scanners import EICAR, Standin
from tests.city.test_evidence import PDF, added, checked, someone
from vanzelf.city.access.models import Look
from vanzelf.city.evidence import domain
from vanzelf.city.evidence.kinds import EvidenceError
from vanzelf.city.evidence.models import Evidence, Scan
from vanzelf.city.evidence.queries import of_person, scanning
from vanzelf.city.evidence.scanner import VARIABLE, Scanner, ScannerError, ScannerSettingError
from vanzelf.city.evidence.scanning import receive, scan_waiting
from vanzelf.city.evidence.tasks import scan
from vanzelf.city.secrets import expiring

VIRUS = PDF + EICAR
NOBODY = "tcp:127.0.0.1:9"  # nothing listens there


@pytest.fixture
def standin() -> Iterator[Standin]:
    with scanners.standin() as server:
        yield server


@pytest.fixture
def set_to(monkeypatch: pytest.MonkeyPatch, standin: Standin) -> Standin:
    """The city scans with the stand-in."""
    monkeypatch.setenv(VARIABLE, standin.place)
    return standin


def asked(standin: Standin) -> Scanner:
    """A scanner that is not waited for long."""
    found = Scanner.from_env({VARIABLE: standin.place})
    assert found is not None
    return Scanner(found.place, patience=0.3)


def test_clamav_finds_what_is_harmful_and_nothing_else() -> None:
    with scanners.clamd() as scanner:
        assert [scanner.harm(one) for one in (PDF, b"", b"x" * 3_000_000)] == ["", "", ""]
        assert [scanner.harm(one) for one in (EICAR, VIRUS)] == ["Eicar.Own.UNOFFICIAL"] * 2
        assert scanner.signatures_made() is None  # it has only ours


def test_standin_answers_as_clamav(standin: Standin) -> None:
    scanner = asked(standin)
    assert (scanner.harm(PDF), scanner.harm(VIRUS)) == ("", "Eicar.Own")
    made = scanner.signatures_made()
    assert made is not None
    assert made.isoformat() == "2026-07-13T08:25:14+00:00"


@pytest.mark.parametrize("mode", ["silent", "broken-off", "endless", "another", "error"])
def test_scanner_that_fails_never_says_that_a_file_is_clean(standin: Standin, mode: str) -> None:
    standin.mode = mode
    with pytest.raises(ScannerError):
        asked(standin).harm(PDF)


def test_scanner_says_that_a_file_is_too_large_for_it(standin: Standin) -> None:
    with pytest.raises(ScannerError):
        asked(standin).harm(b"x" * (scanners.LARGEST + 1))


@pytest.mark.parametrize("version", [b"ClamAV 1.4.6/27500/someday", b"SSH-2.0"])
def test_version_that_cannot_be_read(standin: Standin, version: bytes) -> None:
    standin.version = version
    with pytest.raises(ScannerError):
        asked(standin).signatures_made()


@pytest.mark.parametrize("text", ["clamd", "unix:run/clamd", "tcp:127.0.0.1", "tcp:localhost:0"])
def test_setting_that_names_no_scanner(text: str) -> None:
    with pytest.raises(ScannerSettingError, match=r"Set VANZELF_SCANNER to unix:/run"):
        Scanner.from_env({VARIABLE: text})


@pytest.mark.parametrize("text", ["tcp:scanner.example:3310", "tcp:192.0.2.7:3310", "tcp::3310"])
def test_setting_of_another_machine_is_refused(text: str) -> None:
    with pytest.raises(ScannerSettingError, match="not on this machine"):
        Scanner.from_env({VARIABLE: text})


@pytest.mark.parametrize("text", ["unix:/run/clamd", "tcp:127.0.0.1:3310", "tcp:[::1]:3310"])
def test_setting_reads_as_it_is_written(text: str) -> None:
    assert str(Scanner.from_env({VARIABLE: text})) == text


def test_receive_what_is_clean(set_to: Standin) -> None:
    assert receive(name="a.pdf", content=PDF).scan == Scan.CLEAN


def test_receive_what_is_harmful_keeps_nothing(set_to: Standin) -> None:
    with pytest.raises(EvidenceError, match="zit een virus"):
        receive(name="a.pdf", content=VIRUS)


def test_receive_without_scanner_says_that_it_was_not_scanned() -> None:
    assert receive(name="a.pdf", content=PDF).scan == Scan.UNSCANNED


@pytest.mark.parametrize("place", [NOBODY, "tcp:192.0.2.7:3310", "nonsense"])
def test_receive_with_a_scanner_that_is_not_there_is_held_back(
    monkeypatch: pytest.MonkeyPatch, place: str, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv(VARIABLE, place)
    with caplog.at_level(logging.WARNING):
        assert receive(name="a.pdf", content=PDF).scan == Scan.WAITING
    assert "could not be scanned" in caplog.text


def test_held_back_is_sealed_and_opened_by_nobody(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    person, _, check = checked(desk)
    monkeypatch.setenv(VARIABLE, NOBODY)
    kept = added(person)
    looks = Look.objects.count()
    with pytest.raises(domain.HeldBackError, match="scannen dit bestand nog"):
        domain.own(evidence=kept, by=person)
    with transaction.atomic(), pytest.raises(domain.HeldBackError):
        domain.look(evidence=kept, check=check, by=desk.town.clerk)
    kept.refresh_from_db()
    assert (kept.seen_at, kept.scanned_at, Look.objects.count()) == (None, None, looks)
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM evidence_evidence WHERE id = %s", [kept.pk])
        assert PDF not in bytes(cursor.fetchone()[0])


def held_back(desk: Desk, monkeypatch: pytest.MonkeyPatch, *contents: bytes) -> list[Evidence]:
    """Files that came in while the scanner was away."""
    _, person = someone(desk)
    with monkeypatch.context() as away:
        away.setenv(VARIABLE, NOBODY)
        return [added(person, content=one) for one in contents]


def test_scan_waiting_opens_what_is_clean_and_empties_what_is_harmful(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, set_to: Standin
) -> None:
    clean, harmful = held_back(desk, monkeypatch, PDF, VIRUS)
    scan()
    for one in (clean, harmful):
        one.refresh_from_db()
    assert domain.own(evidence=clean, by=clean.added_by) == PDF
    assert (harmful.scan, bytes(harmful.content), harmful.key_id) == (Scan.HARMFUL, b"", "")
    with pytest.raises(domain.HeldBackError, match="zat een virus"):
        domain.own(evidence=harmful, by=clean.added_by)
    told = Look.objects.filter(actor="Vanzelf").latest("pk")
    assert [one.person for one in told.subjects.all()] == [harmful.person]
    assert told.reason == "bewijs weggedaan: er zat een virus in"
    domain.remove(by=harmful.added_by, evidence=harmful)
    assert list(of_person(clean.added_by)) == [clean]


def test_scan_waiting_again_asks_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, set_to: Standin
) -> None:
    held_back(desk, monkeypatch, PDF, VIRUS)
    assert scan_waiting() == 0
    before, looks = set_to.asked, Look.objects.count()
    assert scan_waiting() == 0
    assert (set_to.asked, Look.objects.count()) == (before, looks)


def test_scan_waiting_scans_what_came_in_before_there_was_a_scanner(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, standin: Standin
) -> None:
    _, person = someone(desk)
    kept = added(person)
    assert scan_waiting() == 1
    monkeypatch.setenv(VARIABLE, standin.place)
    assert scan_waiting() == 0
    kept.refresh_from_db()
    assert kept.scan == Scan.CLEAN


@pytest.mark.parametrize("mode", ["broken-off", "error"])
def test_scan_waiting_with_a_scanner_that_fails_leaves_all_as_it_is(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, set_to: Standin, mode: str
) -> None:
    (kept,) = held_back(desk, monkeypatch, VIRUS)
    set_to.mode = mode
    assert scan_waiting() == 1
    kept.refresh_from_db()
    assert kept.scan == Scan.WAITING
    assert kept.open() == VIRUS


def test_scan_waiting_passes_what_opens_no_more(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, set_to: Standin
) -> None:
    (kept,) = held_back(desk, monkeypatch, PDF)
    expiring.destroy_before(kept.until.replace(year=kept.until.year + 1))
    assert scan_waiting() == 0
    kept.refresh_from_db()
    assert kept.scan == Scan.WAITING


def test_database_keeps_no_content_of_what_is_harmful(desk: Desk) -> None:
    _, person = someone(desk)
    kept = added(person)
    with pytest.raises(IntegrityError), transaction.atomic():
        Evidence.objects.filter(pk=kept.pk).update(scan=Scan.HARMFUL)


def test_harmful_files_do_not_count_among_the_most(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, set_to: Standin
) -> None:
    held = held_back(desk, monkeypatch, *[VIRUS] * domain.MOST)
    scan_waiting()
    assert added(held[0].added_by).scan == Scan.CLEAN


def test_scanning_tells_what_waits_and_whether_the_scanner_is_there(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, standin: Standin
) -> None:
    _, person = someone(desk)
    added(person)
    (kept,) = held_back(desk, monkeypatch, PDF)
    without = scanning()
    assert (without.place, without.problem, without.unscanned) == ("", "", 1)
    assert (without.waiting, without.since) == (1, kept.at)
    monkeypatch.setenv(VARIABLE, standin.place)
    found = scanning()
    assert (found.place, found.problem) == (standin.place, "")
    assert found.signatures_made is not None
    monkeypatch.setenv(VARIABLE, NOBODY)
    assert "cannot be reached" in scanning().problem
