"""Signing questions and believing answers: WS-Security with an X.509 token, as MAGDA does it.

    message = sign(message, identity, Algorithm.RSA_SHA256)
    body = verified_body(answer, trust, now)       # raises `Distrusted`, with the reason

What `verified_body` returns is read from the very octets that were signed, and nothing else of
the message is looked at afterwards.
"""

from vanzelf.sources.magda.security.algorithms import Algorithm
from vanzelf.sources.magda.security.identity import KeyFileError, SigningIdentity, certificates
from vanzelf.sources.magda.security.signing import sign
from vanzelf.sources.magda.security.trust import Distrusted, Doubt, Trust
from vanzelf.sources.magda.security.verification import verified_body

__all__ = [
    "Algorithm",
    "Distrusted",
    "Doubt",
    "KeyFileError",
    "SigningIdentity",
    "Trust",
    "certificates",
    "sign",
    "verified_body",
]
