"""An authority, a server and a client, made for one test and of no use after it."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@dataclass(frozen=True)
class Certificates:
    """PEM files; each of server and client holds its key too."""

    authority: Path
    server: Path
    client: Path

    @classmethod
    def make(
        cls, folder: Path, host: str = "127.0.0.1", days: tuple[int, int] = (-1, 30)
    ) -> Certificates:
        """`days`: from when and until when those of server and client hold, from today."""
        folder.mkdir(parents=True, exist_ok=True)
        key = ec.generate_private_key(ec.SECP256R1())
        issuer = _name("Test authority")
        root = _builder(issuer, issuer, key.public_key(), (-2, 60)).add_extension(
            x509.BasicConstraints(ca=True, path_length=0), critical=True
        )
        made = cls(folder / "authority.pem", folder / "server.pem", folder / "client.pem")
        made.authority.write_bytes(_pem(root.sign(key, hashes.SHA256())))
        for file, name in ((made.server, host), (made.client, "client")):
            own = ec.generate_private_key(ec.SECP256R1())
            builder = _builder(_name(name), issuer, own.public_key(), days)
            builder = builder.add_extension(
                x509.SubjectAlternativeName([_alternative(name)]), critical=False
            )
            file.write_bytes(
                own.private_bytes(
                    serialization.Encoding.PEM,
                    serialization.PrivateFormat.PKCS8,
                    serialization.NoEncryption(),
                )
                + _pem(builder.sign(key, hashes.SHA256()))
            )
        return made


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePublicKey,
    days: tuple[int, int],
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + timedelta(days=days[0]))
        .not_valid_after(now + timedelta(days=days[1]))
    )


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _alternative(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)
