"""What is signed, what is believed, and why the rest is not."""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import timedelta

import pytest
import xmlsec
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tests.prove.faults.wrapping import SHAPES, wrapped
from tests.sources.magda.authority import DAY, Authority
from vanzelf.sources.magda.question import SOAP
from vanzelf.sources.magda.security import (
    Algorithm,
    Distrusted,
    Doubt,
    Trust,
    pkipath,
    sign,
    verified_body,
)
from vanzelf.sources.magda.security.algorithms import DS, PKI_PATH, WSSE, WSU
from vanzelf.sources.magda.xml import Element, UnreadableXml

CA = Authority("Our authority")
OTHERS = Authority("Someone else's authority")
SOURCE = CA.issue("magda.example")
NOW = CA.now
PINNED = Trust(pinned=(SOURCE.certificate,))
VOUCHED = Trust(authorities=(CA.certificate,), subject="magda.example")
MESSAGE = f"""<?xml version="1.0" encoding="UTF-8"?>
<soapenv:Envelope xmlns:soapenv="{SOAP}" xmlns:web="urn:web"><soapenv:Header/>
<soapenv:Body><web:Answer><Code Taal="nl">0</Code><Naam>Zoë &amp; co</Naam></web:Answer>
</soapenv:Body></soapenv:Envelope>""".encode()
SIGNED = sign(MESSAGE, SOURCE.identity, Algorithm.RSA_SHA256)


def doubt(message: bytes, trust: Trust = PINNED, *, later: timedelta = timedelta()) -> Doubt:
    with pytest.raises(Distrusted) as raised:
        verified_body(message, trust, NOW + later)
    return raised.value.doubt


def changed(change: Callable[[Element], object], message: bytes = SIGNED) -> bytes:
    root = etree.fromstring(message)
    change(root)
    return etree.tostring(root)


def first(root: Element, name: str, namespace: str = DS) -> Element:
    return next(root.iter(f"{{{namespace}}}{name}"))


def code(body: Element) -> str | None:
    return body.findtext(".//Code")


def forge(body: Element) -> None:
    next(body.iter("Code")).text = "1"


# What is written


@pytest.mark.parametrize("algorithm", Algorithm)
def test_sign_has_the_form_of_the_connector(algorithm: Algorithm) -> None:
    root = etree.fromstring(sign(MESSAGE, SOURCE.identity, algorithm))
    security = root[0][0]
    token, signature = security
    assert security.tag == f"{{{WSSE}}}Security"
    assert security.get(f"{{{SOAP}}}mustUnderstand") == "1"
    assert token.get("ValueType") == PKI_PATH
    chain = pkipath.decode(base64.b64decode(token.text))
    assert chain == (SOURCE.certificate, SOURCE.issuer)
    references = list(signature.iter(f"{{{DS}}}Reference"))
    assert [each.get("URI") for each in references] == [f"#{root[1].get(f'{{{WSU}}}Id')}"]
    assert first(root, "SignatureMethod").get("Algorithm").endswith(algorithm)
    named = signature.find(f".//{{{WSSE}}}SecurityTokenReference/{{{WSSE}}}Reference")
    assert named.get("URI") == f"#{token.get(f'{{{WSU}}}Id')}"


@pytest.mark.parametrize("algorithm", Algorithm)
@pytest.mark.parametrize("trust", [PINNED, VOUCHED])
def test_verified_body_is_what_was_signed(algorithm: Algorithm, trust: Trust) -> None:
    allowed = Trust(trust.pinned, trust.authorities, trust.subject, frozenset({algorithm}))
    body = verified_body(sign(MESSAGE, SOURCE.identity, algorithm), allowed, NOW)
    assert body.tag == f"{{{SOAP}}}Body"
    assert body.getparent() is None
    assert (code(body), body.findtext(".//Naam")) == ("0", "Zoë & co")


def test_verified_body_does_not_mind_comments_and_inclusive_prefixes() -> None:
    inclusive = etree.Element("{http://www.w3.org/2001/10/xml-exc-c14n#}InclusiveNamespaces")
    inclusive.set("PrefixList", "web")
    root = etree.fromstring(SIGNED)
    first(root, "Transform").append(inclusive)
    context = xmlsec.SignatureContext()
    context.register_id(root[1], "Id", WSU)
    context.key = SOURCE.identity.key
    context.sign(first(root, "Signature"))
    message = etree.tostring(root).replace(b"<Naam>", b"<!-- x --><Naam>")
    assert code(verified_body(message, PINNED, NOW)) == "0"


# What is not believed


@pytest.mark.parametrize("shape", SHAPES)
def test_verified_body_refuses_each_shape_of_wrapping(shape: Callable[..., None]) -> None:
    message = wrapped(SIGNED, shape, forge)
    assert code(etree.fromstring(message)) in ("0", "1")
    assert doubt(message) in {
        Doubt.SEVERAL_ENVELOPES,
        Doubt.SAME_ID,
        Doubt.MISPLACED,
        Doubt.ELSEWHERE,
    }


def test_wrapping_fools_who_searches_after_verifying() -> None:
    """The control: without fixing the form first, most shapes pass the verifier."""
    fooled = 0
    for shape in SHAPES:
        root = etree.fromstring(wrapped(SIGNED, shape, forge))
        context = xmlsec.SignatureContext()
        uri = first(root, "Reference").get("URI").removeprefix("#")
        true = [each for each in root.iter() if each.get(f"{{{WSU}}}Id") == uri]
        context.register_id(true[0], "Id", WSU)
        context.key = SOURCE.identity.key
        context.verify(first(root, "Signature"))  # holds
        fooled += root.find(f"{{{SOAP}}}Body").findtext(".//Code") == "1"
    assert fooled == len(SHAPES)


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (MESSAGE, Doubt.UNSIGNED),
        (SIGNED.replace(b">0<", b">1<"), Doubt.FORGED),
        (SIGNED.replace(b'Taal="nl"', b'Taal="fr"'), Doubt.FORGED),
        (changed(lambda root: root[0].clear()), Doubt.UNSIGNED),
        (changed(lambda root: root.remove(root[0])), Doubt.UNSIGNED),
        (changed(lambda root: first(root, "SignatureValue").__setattr__("text", "AAAA")),
         Doubt.FORGED),
        (changed(lambda root: first(root, "DigestValue").__setattr__("text", "AAAA")),
         Doubt.FORGED),
        (changed(lambda root: first(root, "Reference").set("URI", "")), Doubt.ELSEWHERE),
        (changed(lambda root: first(root, "Reference").set("URI", "#other")), Doubt.ELSEWHERE),
        (changed(lambda root: first(root, "SignedInfo").append(
            etree.SubElement(root, f"{{{DS}}}Reference"))), Doubt.SEVERAL_REFERENCES),
        (changed(lambda root: first(root, "Transform").set(
            "Algorithm", "http://www.w3.org/TR/1999/REC-xpath-19991116")), Doubt.TRANSFORM),
        (changed(lambda root: first(root, "Transforms").append(
            etree.SubElement(root, f"{{{DS}}}Transform"))), Doubt.TRANSFORM),
        (changed(lambda root: first(root, "SignatureMethod").set(
            "Algorithm", "http://www.w3.org/2000/09/xmldsig#hmac-sha1")), Doubt.ALGORITHM),
        (changed(lambda root: first(root, "DigestMethod").set(
            "Algorithm", "http://www.w3.org/2000/09/xmldsig#sha1")), Doubt.ALGORITHM),
        (changed(lambda root: first(root, "BinarySecurityToken", WSSE).clear()),
         Doubt.NO_CERTIFICATE),
        (changed(lambda root: first(root, "BinarySecurityToken", WSSE).__setattr__(
            "text", "AAAA")), Doubt.NO_CERTIFICATE),
        (changed(lambda root: root[0].append(first(root, "Signature"))), Doubt.MISPLACED),
        (changed(lambda root: etree.SubElement(root, "Extra")), Doubt.MISPLACED),
        (changed(lambda root: root[0][0].append(
            etree.fromstring(etree.tostring(first(root, "Signature"))))), Doubt.SEVERAL_SIGNATURES),
        (changed(lambda root: root[1][0].set("id", root[1].get(f"{{{WSU}}}Id"))), Doubt.SAME_ID),
    ],
    ids=lambda value: "" if isinstance(value, bytes) else str(value),
)  # fmt: skip
def test_verified_body_says_why_not(message: bytes, expected: Doubt) -> None:
    assert doubt(message) is expected


def test_verified_body_of_a_signature_that_settings_do_not_allow() -> None:
    assert doubt(sign(MESSAGE, SOURCE.identity, Algorithm.RSA_SHA1)) is Doubt.ALGORITHM


@pytest.mark.parametrize("trust", [PINNED, VOUCHED])
def test_verified_body_of_someone_else(trust: Trust) -> None:
    stranger = OTHERS.issue("magda.example")
    message = sign(MESSAGE, stranger.identity, Algorithm.RSA_SHA256)
    assert doubt(message, trust) is Doubt.OTHER_SIGNER


def test_verified_body_of_someone_else_under_the_same_authority() -> None:
    neighbour = CA.issue("neighbour.example")
    message = sign(MESSAGE, neighbour.identity, Algorithm.RSA_SHA256)
    assert doubt(message, VOUCHED) is Doubt.OTHER_SIGNER


def test_verified_body_with_the_right_certificate_and_another_key() -> None:
    stranger = OTHERS.issue("magda.example").identity
    borrowed = type(stranger)(stranger.private_key, SOURCE.identity.chain)
    assert doubt(sign(MESSAGE, borrowed, Algorithm.RSA_SHA256)) is Doubt.FORGED


@pytest.mark.parametrize("trust", [PINNED, VOUCHED])
@pytest.mark.parametrize("later", [4000 * DAY, -20 * DAY])
def test_verified_body_outside_the_validity_of_the_certificate(
    trust: Trust, later: timedelta
) -> None:
    assert doubt(SIGNED, trust, later=later) is Doubt.EXPIRED


def test_verified_body_refuses_what_is_no_xml() -> None:
    with pytest.raises(UnreadableXml):
        verified_body(SIGNED[:-100], PINNED, NOW)


CANONICAL = etree.tostring(verified_body(SIGNED, PINNED, NOW), method="c14n")
TOKEN = base64.b64decode(first(etree.fromstring(SIGNED), "BinarySecurityToken", WSSE).text)


def believed_only_as_it_was(message: bytes, trust: Trust) -> None:
    try:
        body = verified_body(message, trust, NOW)
    except (Distrusted, UnreadableXml):
        return
    assert etree.tostring(body, method="c14n") == CANONICAL


@given(st.data())
def test_verified_body_of_a_changed_message_is_as_it_was_or_refused(data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(SIGNED) - 1))
    until = at + data.draw(st.integers(0, 3))
    other = data.draw(st.binary(max_size=3) | st.sampled_from([b"<a/>", b"&amp;", b"<!-- -->"]))
    believed_only_as_it_was(SIGNED[:at] + other + SIGNED[until:], PINNED)


@given(st.integers(0, len(TOKEN) - 1), st.integers(0, 255), st.sampled_from([PINNED, VOUCHED]))
def test_verified_body_with_a_changed_certificate_never_crashes(
    at: int, byte: int, trust: Trust
) -> None:
    token = base64.b64encode(TOKEN[:at] + bytes([byte]) + TOKEN[at + 1 :])
    believed_only_as_it_was(SIGNED.replace(base64.b64encode(TOKEN), token), trust)


# Tokens and trust


@pytest.mark.parametrize(
    "token", ["", "30", "3000", "3100", "308201", "3084ffffffff", "30023000", "3082000130"]
)
def test_pkipath_refuses_what_is_none(token: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        pkipath.decode(bytes.fromhex(token))


def test_trust_needs_someone_to_believe() -> None:
    with pytest.raises(ValueError, match="pinned certificate, or an authority with a subject"):
        Trust(authorities=(CA.certificate,))
