"""Certificate authorities of our own, and what they vouch for: made anew for each test session."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from vanzelf.sources.magda.security import SigningIdentity

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Holder:
    """Who has a certificate, and the key that goes with it."""

    key: rsa.RSAPrivateKey
    certificate: x509.Certificate
    issuer: x509.Certificate

    @property
    def identity(self) -> SigningIdentity:
        return SigningIdentity(self.key, (self.certificate, self.issuer))

    def write(self, folder: Path, name: str) -> Path:
        """One PEM file with key and chain."""
        path = folder / f"{name}.pem"
        secret = self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        chain = (self.certificate, self.issuer)
        path.write_bytes(secret + b"".join(each.public_bytes(Encoding.PEM) for each in chain))
        return path


class Authority:
    """Issues certificates. All it issues have the key `shared`, since making keys takes long."""

    def __init__(self, name: str = "Authority", now: datetime | None = None) -> None:
        self.now = now or datetime.now(UTC)
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.shared = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        usage = {
            **dict.fromkeys(("digital_signature", "content_commitment"), False),
            **dict.fromkeys(("key_encipherment", "data_encipherment", "key_agreement"), False),
            **dict.fromkeys(("encipher_only", "decipher_only"), False),
        }
        self.certificate = (
            self._builder(name, name, self.key, (-10 * DAY, 3650 * DAY))
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
            .add_extension(x509.KeyUsage(key_cert_sign=True, crl_sign=True, **usage), critical=True)
            .add_extension(
                x509.SubjectKeyIdentifier.from_public_key(self.key.public_key()), critical=False
            )
            .sign(self.key, hashes.SHA256())
        )

    def issue(
        self,
        name: str,
        *,
        host: str = "127.0.0.1",
        valid: tuple[timedelta, timedelta] = (-10 * DAY, 3650 * DAY),
    ) -> Holder:
        """A certificate for a name and an address, valid between two times from now."""
        certificate = (
            self._builder(name, self.certificate.subject, self.shared, valid)
            .add_extension(
                x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(host))]),
                critical=False,
            )
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()),
                critical=False,
            )
            .sign(self.key, hashes.SHA256())
        )
        return Holder(self.shared, certificate, self.certificate)

    def write(self, folder: Path, name: str) -> Path:
        path = folder / f"{name}.pem"
        path.write_bytes(self.certificate.public_bytes(Encoding.PEM))
        return path

    def _builder(
        self,
        name: str,
        issuer: str | x509.Name,
        key: rsa.RSAPrivateKey,
        valid: tuple[timedelta, timedelta],
    ) -> x509.CertificateBuilder:
        return (
            x509.CertificateBuilder()
            .subject_name(_name(name))
            .issuer_name(_name(issuer) if isinstance(issuer, str) else issuer)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(self.now + valid[0])
            .not_valid_after(self.now + valid[1])
        )


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])
