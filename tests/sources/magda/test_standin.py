"""The stand-in answers as the reference mock does, over real HTTP."""

from __future__ import annotations

import http.client
import json
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from tests.sources.invented import ANNA, BERT, DIRK, NOW, authorisation
from vanzelf.sources.lawfulness import Sender
from vanzelf.sources.magda import (
    geef_gezinssamenstelling,
    geef_persoon,
    geef_sociaal_statuut,
    registreer_inschrijving,
)
from vanzelf.sources.magda.question import Header, Question, Service, envelope
from vanzelf.sources.magda.reply import Reply, SoapFault, read_reply
from vanzelf.sources.magda.standin import (
    AnswerFiles,
    Fault,
    Standin,
    SwitchError,
    Switches,
    SwitchFile,
)

HEADER = Header(Sender("test.be", "cap"), str(uuid.uuid4()), "vraag-7", NOW)
STRANGER = "99690100182"
KEPT = "Domein/GeefPersoon/02.02.0000"
ENVELOPE = '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>{}</s:Body></s:Envelope>'


def post(standin: Standin, body: bytes) -> tuple[int, bytes]:
    request = urllib.request.Request(standin.url, data=body, method="POST")
    try:
        with urllib.request.urlopen(request, timeout=5) as response:
            return response.status, response.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


def ask(standin: Standin, question: Question) -> Reply:
    status, body = post(standin, envelope(question, HEADER))
    assert status == 200
    return read_reply(body)


def statutes(reply: Reply) -> dict[str, str]:
    assert reply.content is not None
    return {
        each.findtext("Naam") or "": each.findtext("Resultaat/Code") or ""
        for each in reply.content.iter("SociaalStatuut")
    }


def social(insz: str, *names: str) -> Question:
    return geef_sociaal_statuut.question(insz, names, date(2026, 1, 15))


def test_answer_is_addressed_to_who_asked(standin: Standin) -> None:
    _, body = post(standin, envelope(social(ANNA, "BIM_BVT"), HEADER))
    root = etree.fromstring(body)
    receiver = root.find(".//Ontvanger")
    assert receiver is not None
    assert [each.text for each in receiver] == ["test.be", HEADER.reference, "cap"]
    assert root.findtext(".//Antwoord/Referte") == "vraag-7"
    reference = root.findtext(".//Bericht/Afzender/Referte") or ""
    assert uuid.UUID(reference) != uuid.UUID(HEADER.reference)
    assert read_reply(body).at is not None


def test_answer_drops_and_adds_statutes(standin: Standin) -> None:
    asked = social(ANNA, "LIVING_WAGES_PCSA_HELP", "BIM_BVT")
    assert statutes(ask(standin, asked)) == {"BIM_BVT": "1", "LIVING_WAGES_PCSA_HELP": "0"}
    assert statutes(ask(standin, social(ANNA, "X"))) == {"X": "0"}


def test_answer_about_a_stranger_is_no_data_and_not_no(standin: Standin) -> None:
    reply = ask(standin, social(STRANGER, "BIM_BVT"))
    assert reply.content is None
    assert [error.name for error in reply.errors] == ["MAGDA/30001"]


@pytest.mark.parametrize("present", [["notfound"], ["default"], ["notfound", "default"]])
def test_answer_about_a_stranger_from_a_file(folder: Path, present: list[str]) -> None:
    target = next(folder.rglob("GeefSociaalStatuut/03.00.0000"))
    for name in present:
        (target / f"{name}.xml").write_text(
            "<R><Repliek><Context><Bericht><Tijdstip/></Bericht></Context><Uitzonderingen>"
            f"<Uitzondering><Identificatie>1</Identificatie><Diagnose>{name}</Diagnose>"
            "</Uitzondering></Uitzonderingen></Repliek></R>"
        )
    with Standin(AnswerFiles(folder)) as standin:
        reply = ask(standin, social(STRANGER, "BIM_BVT"))
    assert [error.diagnosis for error in reply.errors] == [present[0]]


def test_answer_of_a_service_without_a_folder(standin: Standin) -> None:
    other = Service("GeefIetsAnders", "01.00.0000", "urn:anders")
    reply = ask(standin, Question(other, ANNA, geef_persoon.question(ANNA).content))
    assert (reply.service, [error.name for error in reply.errors]) == (
        "GeefIetsAnders",
        ["MAGDA/30001"],
    )


def test_registration_without_a_file_succeeds(standin: Standin) -> None:
    mine = replace(authorisation(), sender=HEADER.sender)
    question = registreer_inschrijving.question(STRANGER, mine, date(2026, 1, 15))
    reply = ask(standin, question)
    assert reply.content is not None
    assert registreer_inschrijving.succeeded(reply.content)


def test_registration_finds_its_file_one_level_deeper(folder: Path) -> None:
    target = folder / "Repertorium" / "RegistreerInschrijving" / "02.01.0000" / "PERS"
    target.mkdir(parents=True)
    (target / f"{DIRK}.xml").write_text(
        "<R><Repliek><Antwoorden><Antwoord><Inhoud><Resultaat>0</Resultaat></Inhoud>"
        "</Antwoord></Antwoorden></Repliek></R>"
    )
    with Standin(AnswerFiles(folder)) as standin:
        question = registreer_inschrijving.question(DIRK, authorisation(), date(2026, 1, 15))
        content = ask(standin, question).content
    assert content is not None
    assert not registreer_inschrijving.succeeded(content)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"hello",
        b"<a/>",
        b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>',
        envelope(geef_persoon.question(ANNA), HEADER).replace(ANNA.encode(), b"../../etc"),
        envelope(geef_persoon.question(ANNA), HEADER).replace(b"<Naam>GeefPersoon</Naam>", b""),
        envelope(geef_persoon.question(ANNA), HEADER).replace(b"Vragen>", b"Anders>"),
    ],
    ids=["empty", "no XML", "no envelope", "a DTD", "no number", "no name", "no questions"],
)
def test_question_in_another_form_is_a_soap_fault(standin: Standin, body: bytes) -> None:
    status, answer = post(standin, body)
    assert status == 500
    assert b"Fault" in answer
    assert standin.received == []


def test_get_is_not_answered(standin: Standin) -> None:
    connection = http.client.HTTPConnection(standin.url.removeprefix("http://"), timeout=5)
    connection.request("GET", "/")
    assert connection.getresponse().status == 501
    connection.close()


def test_standin_listens_on_loopback_only(standin: Standin) -> None:
    assert standin.server.server_address[0] == "127.0.0.1"


def test_log_has_a_line_per_request(folder: Path, tmp_path: Path) -> None:
    log = tmp_path / "log.jsonl"
    with Standin(AnswerFiles(folder), log=log) as standin:
        ask(standin, social(ANNA, "BIM_BVT"))
        ask(standin, geef_gezinssamenstelling.question(BERT))
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    assert [(line["service"], line["insz"], line["statutes"]) for line in lines] == [
        ("GeefSociaalStatuut", ANNA, ["BIM_BVT"]),
        ("GeefGezinssamenstelling", BERT, []),
    ]


@pytest.fixture
def switched(folder: Path, tmp_path: Path) -> Iterator[tuple[Standin, Path]]:
    path = tmp_path / "switches.json"
    with Standin(AnswerFiles(folder), SwitchFile(path)) as standin:
        yield standin, path


def test_switch_file_is_read_again_when_it_changes(switched: tuple[Standin, Path]) -> None:
    standin, path = switched
    question = geef_persoon.question(DIRK)
    assert ask(standin, question).errors == ()
    path.write_text(json.dumps({"fault": [f"busy:{DIRK}"]}))
    assert [error.code for error in ask(standin, question).errors] == ["99996"]
    path.unlink()
    assert ask(standin, question).errors == ()


@pytest.mark.parametrize("text", ["[]", "{", '{"fault": ["sleepy"]}', '{"delay": "long"}'])
def test_switch_file_that_is_wrong(tmp_path: Path, text: str) -> None:
    path = tmp_path / "switches.json"
    path.write_text(text)
    with pytest.raises(SwitchError, match=r"switches\.json"):
        SwitchFile(path).current()


@pytest.mark.parametrize("text", ["", "sleepy", "busy:", "busy:123", f"busy:{ANNA}=1", "busy "])
def test_fault_that_is_not_one(text: str) -> None:
    if text == "busy ":
        assert Fault.parse(text) == Fault("busy")
    else:
        with pytest.raises(SwitchError, match="KIND"):
            Fault.parse(text)


def test_switches_own_fault_goes_before_one_for_all() -> None:
    switches = Switches.parse(["busy", f"cut:{ANNA}"])
    assert switches.fault(ANNA) == Fault("cut", ANNA)
    assert switches.fault(BERT) == Fault("busy")
    assert Switches().fault(ANNA) is None


def test_answer_files_in_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(NotADirectoryError, match="gone"):
        AnswerFiles(tmp_path / "gone")


def _answer_with(folder: Path, content: bytes) -> Reply:
    (folder / KEPT / f"{ANNA}.xml").write_bytes(content)
    with Standin(AnswerFiles(folder)) as running:
        return ask(running, geef_persoon.question(ANNA))


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1", "utf-16"])
@pytest.mark.parametrize("kept", ["{}", ENVELOPE])
def test_answer_file_in_another_encoding_or_with_its_envelope(
    folder: Path, encoding: str, kept: str
) -> None:
    file = folder / KEPT / f"{ANNA}.xml"
    answer = etree.tostring(etree.parse(file), encoding="unicode")
    declared = f'<?xml version="1.0" encoding="{encoding}"?>' + kept.format(answer)
    content = _answer_with(folder, declared.encode(encoding)).content
    assert content is not None
    assert content.findtext("Persoon/INSZ") == ANNA


@pytest.mark.parametrize("content", [b"", b"no xml", b"<!DOCTYPE x><x/>", b"\xff<x/>"])
def test_answer_file_that_cannot_be_read_is_a_soap_fault(folder: Path, content: bytes) -> None:
    with pytest.raises(SoapFault, match=f"{ANNA}.xml in .* cannot be read"):
        _answer_with(folder, content)


def test_answers_of_one_service_may_stand_in_several_folders(folder: Path, tmp_path: Path) -> None:
    ours = folder / KEPT
    theirs = tmp_path / "answers/zz/more/GeefPersoon/02.02.0000"
    theirs.mkdir(parents=True)
    (ours / f"{ANNA}.xml").rename(theirs / f"{ANNA}.xml")
    with Standin(AnswerFiles(folder)) as running:
        for insz in (ANNA, DIRK):
            content = ask(running, geef_persoon.question(insz)).content
            assert content is not None
            assert content.findtext("Persoon/INSZ") == insz
