"""The two ways to sign, and what XML Signature and OASIS call things."""

from __future__ import annotations

import hashlib
from enum import StrEnum

from xmlsec import constants

DS = "http://www.w3.org/2000/09/xmldsig#"
EXC_C14N = "http://www.w3.org/2001/10/xml-exc-c14n#"
WSSE = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
WSU = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"
PKI_PATH = (
    "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-x509-token-profile-1.0#X509PKIPathv1"
)
BASE64 = (
    "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#Base64Binary"
)


class Algorithm(StrEnum):
    """RSA with SHA-1 is what the known connector of MAGDA writes; SHA-256 is what one should."""

    RSA_SHA1 = "rsa-sha1"
    RSA_SHA256 = "rsa-sha256"

    @property
    def signature_uri(self) -> str:
        return TRANSFORMS[self][0].href

    @property
    def digest_uri(self) -> str:
        return TRANSFORMS[self][1].href

    def digest(self, octets: bytes) -> bytes:
        """The hash that a Reference carries."""
        if self is Algorithm.RSA_SHA1:
            return hashlib.sha1(octets, usedforsecurity=False).digest()
        return hashlib.sha256(octets).digest()


TRANSFORMS = {
    Algorithm.RSA_SHA1: (constants.TransformRsaSha1, constants.TransformSha1),
    Algorithm.RSA_SHA256: (constants.TransformRsaSha256, constants.TransformSha256),
}
"""How each signs and how it hashes, for xmlsec."""
