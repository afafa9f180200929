"""Believing an answer: what was signed is what is read.

A verifier can be content with a signed part that was moved aside, while the reader takes the forged
part in its place (signature wrapping). So the form is fixed before anything is computed: one
envelope, one Header, one Body, one signature in its place, one Reference, to the Body, and no id
twice. Then xmlsec verifies; and what is handed on is parsed anew from the octets that were hashed.
"""

from __future__ import annotations

import base64
import binascii
import hmac
from collections import Counter
from datetime import datetime

import xmlsec
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from lxml import etree
from xmlsec import constants

from vanzelf.sources.magda import xml
from vanzelf.sources.magda.question import SOAP
from vanzelf.sources.magda.security import pkipath
from vanzelf.sources.magda.security.algorithms import (
    DS,
    EXC_C14N,
    PKI_PATH,
    TRANSFORMS,
    WSSE,
    WSU,
    Algorithm,
)
from vanzelf.sources.magda.security.trust import Distrusted, Doubt, Trust
from vanzelf.sources.magda.xml import Element

ID = f"{{{WSU}}}Id"


def verified_body(message: bytes, trust: Trust, now: datetime) -> Element:
    """The Body, as it was signed. Raises `Distrusted`, or `UnreadableXml`."""
    root = xml.parse(message)
    header, body = _parts(root)
    signature, security = _signature(root, header)
    _ids_are_unique(root)
    algorithm, reference = _signed(signature, trust)
    if not body.get(ID) or reference.get("URI") != f"#{body.get(ID)}":
        raise Distrusted(Doubt.ELSEWHERE)
    signer = trust.check(_chain(signature, security), now)
    _verify(signature, body, signer, algorithm)
    return _as_signed(body, reference, algorithm)


def _parts(root: Element) -> tuple[Element, Element]:
    """Header and Body: the only ones, in that order, and nothing beside them."""
    seen = Counter(xml.local(each) for each in root.iter(f"{{{SOAP}}}*"))
    if any(seen[name] > 1 for name in ("Envelope", "Header", "Body")):
        raise Distrusted(Doubt.SEVERAL_ENVELOPES)
    expected = [f"{{{SOAP}}}Header", f"{{{SOAP}}}Body"]
    tags = [each.tag for each in root]
    if root.tag != f"{{{SOAP}}}Envelope" or tags not in (expected, expected[1:]):
        raise Distrusted(Doubt.MISPLACED, "an envelope has a Header and a Body")
    if tags == expected[1:]:
        raise Distrusted(Doubt.UNSIGNED)
    return root[0], root[1]


def _signature(root: Element, header: Element) -> tuple[Element, Element]:
    """The one signature, in the one Security header."""
    found = list(root.iter(f"{{{DS}}}Signature"))
    headers = list(root.iter(f"{{{WSSE}}}Security"))
    if not found:
        raise Distrusted(Doubt.UNSIGNED)
    if len(found) > 1 or len(headers) > 1:
        raise Distrusted(Doubt.SEVERAL_SIGNATURES)
    signature = found[0]
    security = signature.getparent()
    if security is None or security not in headers or security.getparent() is not header:
        raise Distrusted(Doubt.MISPLACED, "the signature is not in the Security header")
    names = [each.tag for each in signature]
    if names != [f"{{{DS}}}{name}" for name in ("SignedInfo", "SignatureValue", "KeyInfo")]:
        raise Distrusted(Doubt.MISPLACED, "the signature has parts that it should not have")
    return signature, security


def _ids_are_unique(root: Element) -> None:
    """Whatever an attribute is in, if it is called Id, a careless reader may look by it."""
    seen: set[str] = set()
    for element in root.iter():
        for name, value in element.items():
            if etree.QName(name).localname.lower() == "id":
                if value in seen:
                    raise Distrusted(Doubt.SAME_ID, str(value))
                seen.add(str(value))


def _signed(signature: Element, trust: Trust) -> tuple[Algorithm, Element]:
    """How it was signed, and the one Reference that says what."""
    info = signature[0]
    if len(info) != 3:
        raise Distrusted(Doubt.SEVERAL_REFERENCES)
    method, signing, reference = info
    algorithm = next(
        (each for each in trust.algorithms if each.signature_uri == signing.get("Algorithm")), None
    )
    digest = reference.find(f"{{{DS}}}DigestMethod")
    if algorithm is None or digest is None or digest.get("Algorithm") != algorithm.digest_uri:
        raise Distrusted(Doubt.ALGORITHM, signing.get("Algorithm") or "none")
    names = [xml.local(each) for each in reference]
    if names != ["Transforms", "DigestMethod", "DigestValue"]:
        raise Distrusted(Doubt.TRANSFORM)
    transforms = [each.get("Algorithm") for each in reference[0]]
    if transforms != [EXC_C14N] or method.get("Algorithm") != EXC_C14N:
        raise Distrusted(Doubt.TRANSFORM)
    return algorithm, reference


def _chain(signature: Element, security: Element) -> tuple[x509.Certificate, ...]:
    """The certificates in the token that the signature names."""
    path = f"{{{WSSE}}}SecurityTokenReference/{{{WSSE}}}Reference"
    named = signature[2].find(path)
    uri = named.get("URI") if named is not None else None
    for token in security.iterchildren(f"{{{WSSE}}}BinarySecurityToken"):
        if uri and uri == f"#{token.get(ID)}" and token.get("ValueType") == PKI_PATH:
            try:
                return pkipath.decode(base64.b64decode("".join((token.text or "").split())))
            except (ValueError, x509.InvalidVersion) as error:
                raise Distrusted(Doubt.NO_CERTIFICATE, str(error)) from None
    raise Distrusted(Doubt.NO_CERTIFICATE)


def _verify(
    signature: Element, body: Element, signer: x509.Certificate, algorithm: Algorithm
) -> None:
    """xmlsec, with this key and no other, and with only the transformations that belong here."""
    context = xmlsec.SignatureContext()
    context.register_id(body, "Id", WSU)
    context.key = xmlsec.Key.from_memory(
        signer.public_bytes(Encoding.PEM), constants.KeyDataFormatCertPem
    )
    exclusive = constants.TransformExclC14N
    signing, hashing = TRANSFORMS[algorithm]
    for transform in (exclusive, hashing):
        context.enable_reference_transform(transform)
    for transform in (exclusive, signing):
        context.enable_signature_transform(transform)
    try:
        context.verify(signature)
    except xmlsec.Error:
        raise Distrusted(Doubt.FORGED) from None


def _as_signed(body: Element, reference: Element, algorithm: Algorithm) -> Element:
    """The Body out of the octets whose hash the signature carries."""
    inclusive = reference[0][0].find(f"{{{EXC_C14N}}}InclusiveNamespaces")
    prefixes = (inclusive.get("PrefixList") or "").split() if inclusive is not None else []
    octets = etree.tostring(
        body, method="c14n", exclusive=True, with_comments=False, inclusive_ns_prefixes=prefixes
    )
    try:
        stated = base64.b64decode("".join((reference[2].text or "").split()))
    except binascii.Error:
        stated = b""
    if not hmac.compare_digest(algorithm.digest(octets), stated):
        raise Distrusted(Doubt.FORGED)
    return xml.parse(octets)
