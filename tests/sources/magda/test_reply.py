"""The envelope reader takes whatever any service answers."""

from __future__ import annotations

import sys
from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest
from lxml import etree

from tests.reference import REFERENCE, needs
from tests.sources.invented import ANNA
from vanzelf.sources.clock import BRUSSELS
from vanzelf.sources.magda.errors import meaning
from vanzelf.sources.magda.reply import SoapFault, read_reply
from vanzelf.sources.magda.standin import replies
from vanzelf.sources.magda.xml import UnreadableXml

SERVICES = ("Geef", "Registreer")


def outcome(body: bytes) -> str:
    try:
        reply = read_reply(body)
    except SoapFault:
        return "level 1: soap fault"
    assert reply.service
    if reply.content is None and not reply.errors:
        return "neither content nor error"
    classes = "+".join(sorted({meaning(error).error_class for error in reply.errors}))
    if reply.content is None:
        return f"errors only: {classes}"
    return f"content with {classes}" if classes else "content"


def service_of(path: Path) -> str:
    return next((part for part in path.parts if part.startswith(SERVICES)), "(any)")


@needs("magda/answers")
def test_read_reply_takes_every_file_of_every_service(capsys: pytest.CaptureFixture[str]) -> None:
    folder = REFERENCE / "magda" / "answers"
    files = sorted(folder.rglob("*.xml"))
    counts = Counter(
        (service_of(path.relative_to(folder)), outcome(path.read_bytes())) for path in files
    )
    table = [f"{count:5}  {service}: {what}" for (service, what), count in sorted(counts.items())]
    with capsys.disabled():
        sys.stdout.write("\n".join(["", f"{len(files)} answer files by outcome:", *table, ""]))
    assert counts.total() == len(files) > 300


@needs("magda/answers")
def test_read_reply_takes_every_file_in_an_envelope_too() -> None:
    for path in sorted((REFERENCE / "magda" / "answers").rglob("*.xml")):
        bare = path.read_bytes()
        assert outcome(replies.enveloped(etree.fromstring(bare))) == outcome(bare)


def test_read_reply_context() -> None:
    reply = read_reply(
        b"<R><Repliek><Context><Naam>GeefPersoon</Naam><Versie>02.02.0000</Versie><Bericht>"
        b"<Tijdstip><Datum>2026-01-15</Datum><Tijd>10:30:00.797</Tijd></Tijdstip>"
        b"<Ontvanger><Referte>onze</Referte></Ontvanger></Bericht></Context>"
        b"<Antwoorden><Antwoord><Inhoud/></Antwoord></Antwoorden></Repliek></R>"
    )
    assert (reply.service, reply.version, reply.reference) == ("GeefPersoon", "02.02.0000", "onze")
    assert reply.at == datetime(2026, 1, 15, 10, 30, 0, 797000, BRUSSELS)


def test_read_reply_time_that_does_not_exist_is_left_out() -> None:
    reply = read_reply(
        b"<R><Repliek><Context><Bericht><Tijdstip><Datum>2026-02-30</Datum><Tijd>9</Tijd>"
        b"</Tijdstip></Bericht></Context></Repliek></R>"
    )
    assert reply.at is None


@pytest.mark.parametrize(
    "body",
    [
        "<a/>",
        '<s:Envelope xmlns:s="urn:s"/>',
        '<s:Envelope xmlns:s="urn:s"><s:Body/></s:Envelope>',
        f'<s:Envelope xmlns:s="urn:s"><s:Body><a/><b>{ANNA}</b></s:Body></s:Envelope>',
    ],
)
def test_read_reply_envelope_without_one_answer(body: str) -> None:
    with pytest.raises(UnreadableXml):
        read_reply(body.encode())
