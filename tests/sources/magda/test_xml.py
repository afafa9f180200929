"""XML of strangers: refused, bounded, and never fetched or expanded."""

from __future__ import annotations

import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanzelf.sources.magda import xml
from vanzelf.sources.magda.reply import SoapFault, read_reply

BILLION = (
    '<!DOCTYPE lolz [<!ENTITY l0 "lol">'
    + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    + "]><a>&l9;</a>"
)
HOSTILE = {
    "external entity": '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>',
    "external dtd": '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd"><a/>',
    "parameter entity": '<!DOCTYPE a [<!ENTITY % p SYSTEM "http://127.0.0.1:9/">%p;]><a/>',
    "billion laughs": BILLION,
    "quadratic": f'<!DOCTYPE a [<!ENTITY x "{"x" * 5000}">]><a>{"&x;" * 5000}</a>',
    "doctype after a declaration": '<?xml version="1.0"?><!DOCTYPE a><a/>',
    "doctype with an encoding that lies": '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a><a/>',
    "undeclared entity": "<a>&nbsp;</a>",
    "too deep": "<a>" * 65 + "</a>" * 65,
    "absurdly deep": "<a>" * 50_000 + "</a>" * 50_000,
    "too large": f"<a>{'x' * xml.MAX_BYTES}</a>",
    "not closed": "<a><b></a>",
    "empty": "",
    "text": "Service Unavailable",
    "a page": "<!doctype html><html><p>502</html>",
    "two roots": "<a/><b/>",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_parse_refuses(text: str) -> None:
    with pytest.raises(xml.UnreadableXml):
        xml.parse(text.encode())


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-7", "cp037"])
def test_parse_refuses_a_dtd_hidden_in_another_encoding(encoding: str) -> None:
    with pytest.raises(xml.UnreadableXml):
        xml.parse(HOSTILE["external entity"].encode(encoding))


def test_parse_reads_utf8_whatever_the_declaration_says() -> None:
    text = '<?xml version="1.0" encoding="ISO-8859-1"?><a>René</a>'
    assert xml.parse(text.encode()).text == "René"
    assert xml.parse("\ufeff<a>é</a>".encode()).text == "é"


def test_parse_never_opens_a_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[object] = []
    monkeypatch.setattr(socket.socket, "connect", lambda *args: opened.append(args))
    for text in HOSTILE.values():
        with pytest.raises(xml.UnreadableXml):
            xml.parse(text.encode())
    assert opened == []


@given(st.one_of(st.binary(max_size=200), st.text(alphabet="<>/&;!ab?[] \"'=", max_size=80)))
def test_read_reply_gives_a_reply_or_says_why_not(data: bytes | str) -> None:
    body = data if isinstance(data, bytes) else data.encode()
    with pytest.raises((xml.UnreadableXml, SoapFault)):
        read_reply(body)


def test_child_text_and_attribute_of_what_is_not_there() -> None:
    root = xml.parse(b'<a xmlns="urn:x"><b n=" "> t </b><c/></a>')
    assert xml.text(root, "b") == "t"
    assert xml.text(root, "c") is None
    assert xml.text(root, "b", "d", "e") is None
    assert xml.text(None, "b") is None
    assert xml.attribute(xml.child(root, "b"), "n") is None
