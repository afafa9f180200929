"""Registering with MAGDA and taking it back, over the line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.sources.invented import ANNA, DIRK, HASTE, NOW, ON, authorisation
from tests.sources.magda.test_standin import post
from vanzelf.sources import Endpoints, NoAuthorisation, Reason, Sender, endurance
from vanzelf.sources.lawfulness import Permit, permits
from vanzelf.sources.magda.client import Magda, Unanswered
from vanzelf.sources.magda.dates import Period
from vanzelf.sources.magda.registering import deregister, register
from vanzelf.sources.magda.reply import read_reply
from vanzelf.sources.magda.settings import FileSettings
from vanzelf.sources.magda.settings.service import ServiceSettings
from vanzelf.sources.magda.standin import AnswerFiles, Standin, Switches
from vanzelf.sources.magda.standin.enrolment import INTO, OUT_OF

OPEN = Period(ON, None)
KEY = ("test.vanzelf.be", "test", ANNA)


@pytest.fixture
def magda(tmp_path: Path) -> Iterator[Standin]:
    endurance.forget()
    with Standin(AnswerFiles(tmp_path), now=lambda: NOW) as running:
        yield running
    endurance.forget()


def leave(*services: str, until: date | None = None) -> Permit:
    ground = authorisation(services=services or (INTO, OUT_OF), valid_until=until)
    (permit,), _ = permits("controle", ground_service(ground.services), ["leefloon"], [ground], ON)
    return permit


def ground_service(services: frozenset[str]) -> str:
    return min(services)


def conversation(magda: Standin, **settings: ServiceSettings) -> Magda:
    endpoints = Endpoints(magda.url, file=replace(FileSettings(), services=settings))
    return Magda(endpoints, lambda: NOW, ON, patience=HASTE)


def test_register_and_take_back(magda: Standin) -> None:
    talk = conversation(magda)
    reference = register(talk, leave(), ANNA, OPEN)
    assert magda.state.enrolment.periods == {KEY: (ON.isoformat(), None)}
    assert talk.asked[-1].reference == reference
    assert talk.asked[-1].service == INTO
    deregister(talk, leave(), ANNA)
    assert magda.state.enrolment.periods == {}


@pytest.mark.parametrize(
    ("until", "valid", "end"),
    [
        (None, None, None),
        (date(2026, 6, 30), None, "2026-06-30"),
        (date(2026, 6, 30), date(2026, 3, 1), "2026-03-01"),
        (None, date(2026, 3, 1), "2026-03-01"),
    ],
)
def test_registration_never_outlives_its_authorisation(
    magda: Standin, until: date | None, valid: date | None, end: str | None
) -> None:
    register(conversation(magda), leave(until=valid), ANNA, Period(ON, until))
    assert magda.state.enrolment.periods[KEY] == (ON.isoformat(), end)


def test_both_are_taken_for_done_when_they_are(magda: Standin) -> None:
    talk = conversation(magda)
    deregister(talk, leave(), ANNA)
    register(talk, leave(), ANNA, OPEN)
    register(talk, leave(), ANNA, OPEN)
    assert [each.request.service for each in magda.received] == [OUT_OF, INTO, INTO]


def test_older_version_has_its_own_form(magda: Standin) -> None:
    older = ServiceSettings(version="02.00.0000", namespace=None)
    talk = conversation(magda, **{INTO.lower(): older})
    register(talk, leave(), ANNA, OPEN)
    (received,) = magda.received
    assert received.request.version == "02.00.0000"
    assert received.request.asked("Inschrijving", "INSZ") == ANNA
    assert b"BetrokkenSubject" not in received.body
    assert b"registreerinschrijvingdienst-02_00" in received.body


def test_another_identity_than_that_of_the_context_is_refused(magda: Standin) -> None:
    """MAGDA says 20005; ours are always the same, so the stand-in is asked by hand."""
    permit = leave()
    stranger = replace(permit.authorisation, sender=Sender("anders.be", "ander"))
    talk = conversation(magda)
    register(talk, replace(permit, authorisation=stranger), ANNA, OPEN)
    assert magda.state.enrolment.periods.keys() == {("anders.be", "ander", ANNA)}
    body = magda.received[0].body.replace(b"<Identificatie>anders.be", b"<Identificatie>x", 1)
    errors = read_reply(post(magda, body)[1]).errors
    assert [error.name for error in errors] == ["MAGDA/20005"]


@pytest.mark.parametrize(
    ("kind", "reason"),
    [("busy", Reason.BUSY), ("http500", Reason.UNAVAILABLE), ("fault", Reason.FAULT)],
)
def test_what_goes_wrong_is_told(magda: Standin, kind: str, reason: Reason) -> None:
    magda.switches = Switches.parse([kind])
    with pytest.raises(Unanswered) as caught:
        register(conversation(magda), leave(), DIRK, OPEN)
    assert caught.value.reason is reason
    endurance.forget()
    with pytest.raises(Unanswered) as caught:
        deregister(conversation(magda), leave(), DIRK)
    assert caught.value.reason is reason
    assert magda.state.enrolment.periods == {}


REFUSED = f"""<p:{OUT_OF}Response xmlns:p="urn:p"><Repliek><Context><Naam>{OUT_OF}</Naam>
<Versie>02.00.0000</Versie><Bericht><Type>ANTWOORD</Type><Tijdstip><Datum/><Tijd/></Tijdstip>
<Afzender><Referte/></Afzender><Ontvanger><Identificatie/><Referte/></Ontvanger></Bericht></Context>
<Antwoorden><Antwoord><Referte/><Inhoud><Resultaat>0</Resultaat></Inhoud></Antwoord></Antwoorden>
</Repliek></p:{OUT_OF}Response>"""


def test_result_that_is_not_one_takes_nobody_back(tmp_path: Path) -> None:
    folder = tmp_path / "Repertorium" / OUT_OF / "02.00.0000"
    folder.mkdir(parents=True)
    (folder / f"{ANNA}.xml").write_text(REFUSED)
    endurance.forget()
    with Standin(AnswerFiles(tmp_path), now=lambda: NOW) as magda:
        with pytest.raises(Unanswered) as caught:
            deregister(conversation(magda), leave(), ANNA)
        assert len(magda.received) == 1
    assert caught.value.reason is Reason.FAULT


def test_nothing_is_sent_without_leave(magda: Standin) -> None:
    with pytest.raises(NoAuthorisation):
        register(conversation(magda), leave("GeefPersoon"), ANNA, OPEN)
    with pytest.raises(NoAuthorisation):
        deregister(conversation(magda), leave("GeefPersoon", INTO), ANNA)
    assert magda.received == []
