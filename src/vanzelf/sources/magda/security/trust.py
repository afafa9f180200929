"""Whose signature is believed: a pinned certificate, or one that a known authority issued."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from cryptography.x509.verification import (
    ExtensionPolicy,
    PolicyBuilder,
    Store,
    VerificationError,
)

from vanzelf.sources.magda.security.algorithms import Algorithm
from vanzelf.sources.magda.security.identity import MIN_BITS


class Doubt(StrEnum):
    """Why an answer is not believed."""

    UNSIGNED = "there is no signature"
    SEVERAL_ENVELOPES = "an envelope, header or body stands inside it a second time"
    SEVERAL_SIGNATURES = "there is more than one signature"
    MISPLACED = "something stands where the form has no place for it"
    SAME_ID = "two elements have the same id"
    ELSEWHERE = "the signature is not over the Body"
    SEVERAL_REFERENCES = "the signature is not over one thing"
    TRANSFORM = "the signature asks for a transformation that is not allowed"
    ALGORITHM = "the algorithm is not one that the settings allow"
    NO_CERTIFICATE = "the certificate is missing or cannot be read"
    OTHER_SIGNER = "the certificate is not that of the source"
    EXPIRED = "the certificate is not valid on this day"
    OTHER_ANSWER = "it is an answer to something else"
    OLD = "it was given before we asked"
    FORGED = "the signature does not fit what it signs"


class Distrusted(Exception):
    """An answer that is not believed, and why."""

    def __init__(self, doubt: Doubt, detail: str = "") -> None:
        self.doubt = doubt
        super().__init__(f"{doubt}: {detail}" if detail else str(doubt))


@dataclass(frozen=True, slots=True)
class Trust:
    """Pinned certificates are believed and no others. Without them, whoever a known authority
    vouches for, with exactly this common name: an authority serves others too."""

    pinned: tuple[x509.Certificate, ...] = ()
    authorities: tuple[x509.Certificate, ...] = ()
    subject: str = ""
    algorithms: frozenset[Algorithm] = frozenset({Algorithm.RSA_SHA256})

    def __post_init__(self) -> None:
        if not self.pinned and not (self.authorities and self.subject):
            raise ValueError("trust needs a pinned certificate, or an authority with a subject")
        if not self.algorithms:
            raise ValueError("trust needs an algorithm")

    def check(self, chain: Sequence[x509.Certificate], now: datetime) -> x509.Certificate:
        """The signer's certificate (first of the chain). Raises `Distrusted`."""
        try:
            return self._checked(chain, now)
        except (ValueError, UnsupportedAlgorithm) as error:  # parts are only read when asked for
            raise Distrusted(Doubt.NO_CERTIFICATE, str(error)) from None

    def _checked(self, chain: Sequence[x509.Certificate], now: datetime) -> x509.Certificate:
        signer = chain[0]
        if not self.pinned:
            self._vouched(chain, now)
        elif signer not in self.pinned:
            raise Distrusted(Doubt.OTHER_SIGNER, _name(signer))
        if not signer.not_valid_before_utc <= now <= signer.not_valid_after_utc:
            period = (
                f"{signer.not_valid_before_utc:%Y-%m-%d}, {signer.not_valid_after_utc:%Y-%m-%d}"
            )
            raise Distrusted(Doubt.EXPIRED, f"{_name(signer)} ({period})")
        key = signer.public_key()
        if not isinstance(key, rsa.RSAPublicKey) or key.key_size < MIN_BITS:
            raise Distrusted(Doubt.ALGORITHM, f"not an RSA key of {MIN_BITS} bits or more")
        return signer

    def _vouched(self, chain: Sequence[x509.Certificate], now: datetime) -> None:
        signer = chain[0]
        if _common_name(signer) != self.subject:
            raise Distrusted(Doubt.OTHER_SIGNER, _name(signer))
        # What a certificate for signing must say beside its name, is not agreed.
        anything, authority = ExtensionPolicy.permit_all(), ExtensionPolicy.webpki_defaults_ca()
        try:
            verifier = (
                PolicyBuilder()
                .store(Store(list(self.authorities)))
                .time(now)
                .extension_policies(ca_policy=authority, ee_policy=anything)
                .build_client_verifier()
            )
            verifier.verify(signer, list(chain[1:]))
        except VerificationError as error:
            doubt = Doubt.OTHER_SIGNER if _in_time(chain, now) else Doubt.EXPIRED
            raise Distrusted(doubt, f"{_name(signer)}: {error}") from None


def _in_time(chain: Sequence[x509.Certificate], now: datetime) -> bool:
    return all(each.not_valid_before_utc <= now <= each.not_valid_after_utc for each in chain)


def _common_name(certificate: x509.Certificate) -> str | None:
    found = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(found[0].value) if len(found) == 1 else None


def _name(certificate: x509.Certificate) -> str:
    return certificate.subject.rfc4514_string()
