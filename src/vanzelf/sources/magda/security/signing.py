"""Signing a message: a token with the chain, and one signature over the Body.

The form is that of the known connector of MAGDA: exclusive canonicalisation, one Reference to the
Body, no Timestamp. It was not tried against WSS4J itself.
"""

from __future__ import annotations

import base64
import uuid

import xmlsec
from lxml import etree
from xmlsec import constants

from vanzelf.sources.magda import xml
from vanzelf.sources.magda.security import pkipath
from vanzelf.sources.magda.security.algorithms import (
    BASE64,
    PKI_PATH,
    TRANSFORMS,
    WSSE,
    WSU,
    Algorithm,
)
from vanzelf.sources.magda.security.identity import SigningIdentity
from vanzelf.sources.magda.xml import Element

ID = f"{{{WSU}}}Id"
etree.register_namespace("wsu", WSU)  # else the id of the Body would be in ns0


def sign(message: bytes, identity: SigningIdentity, algorithm: Algorithm) -> bytes:
    """The envelope with a Security header that signs its Body."""
    root = xml.parse(message)
    header, body = xml.child(root, "Header"), xml.child(root, "Body")
    if header is None or body is None:
        raise ValueError("only an envelope with a Header and a Body can be signed")
    soap = etree.QName(root).namespace
    names = {"wsse": WSSE, "wsu": WSU}
    security = etree.SubElement(header, f"{{{WSSE}}}Security", nsmap=names)
    security.set(f"{{{soap}}}mustUnderstand", "1")
    token = _token(security, identity)
    body.set(ID, _name("id"))
    signature = _template(body, algorithm)
    security.append(signature)
    _refer(xmlsec.template.ensure_key_info(signature), token)
    context = xmlsec.SignatureContext()
    context.register_id(body, "Id", WSU)
    context.key = identity.key
    context.sign(signature)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def _token(security: Element, identity: SigningIdentity) -> Element:
    token = etree.SubElement(security, f"{{{WSSE}}}BinarySecurityToken")
    token.set("EncodingType", BASE64)
    token.set("ValueType", PKI_PATH)
    token.set(ID, _name("X509"))
    token.text = base64.b64encode(pkipath.encode(identity.chain)).decode("ascii")
    return token


def _template(body: Element, algorithm: Algorithm) -> Element:
    exclusive = constants.TransformExclC14N
    signing, hashing = TRANSFORMS[algorithm]
    signature = xmlsec.template.create(body, exclusive, signing, ns="ds")
    reference = xmlsec.template.add_reference(signature, hashing, uri=f"#{body.get(ID)}")
    xmlsec.template.add_transform(reference, exclusive)
    return signature


def _refer(key_info: Element, token: Element) -> None:
    named = etree.SubElement(key_info, f"{{{WSSE}}}SecurityTokenReference")
    reference = etree.SubElement(named, f"{{{WSSE}}}Reference")
    reference.set("URI", f"#{token.get(ID)}")
    reference.set("ValueType", PKI_PATH)


def _name(prefix: str) -> str:
    return f"{prefix}-{uuid.uuid4()}"
