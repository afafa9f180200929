"""Who signs: a private key with its chain of certificates, from PEM files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

import xmlsec
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

MIN_BITS = 2048


class KeyFileError(ValueError):
    """A file with a key or certificates that cannot be used; says which, and why."""


@dataclass(frozen=True)
class SigningIdentity:
    """A key, and the chain that vouches for it: the signer's own certificate first."""

    private_key: rsa.RSAPrivateKey
    chain: tuple[x509.Certificate, ...]

    @classmethod
    def read(
        cls, certificate: Path, key: Path | None = None, password: str | None = None
    ) -> SigningIdentity:
        """The certificate file holds the chain, and the key too when no key file is named.

        Raises `KeyFileError`.
        """
        chain = certificates(certificate)
        path = key or certificate
        try:
            secret = password.encode() if password else None
            private = load_pem_private_key(path.read_bytes(), secret)
        except OSError as error:
            raise KeyFileError(f"{path}: cannot be read: {error.strerror}") from None
        except (ValueError, TypeError) as error:
            raise KeyFileError(f"{path}: no private key that can be opened: {error}") from None
        if not isinstance(private, rsa.RSAPrivateKey) or private.key_size < MIN_BITS:
            raise KeyFileError(f"{path}: signing needs an RSA key of {MIN_BITS} bits or more")
        if private.public_key() != chain[0].public_key():
            raise KeyFileError(f"{path}: the key is not that of the certificate {certificate}")
        return cls(private, chain)

    @cached_property
    def key(self) -> xmlsec.Key:
        """The same key for xmlsec, made once."""
        pem = self.private_key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        return xmlsec.Key.from_memory(pem, xmlsec.constants.KeyDataFormatPem)

    @property
    def ends(self) -> datetime:
        """When the first certificate of the chain expires."""
        return min(each.not_valid_after_utc for each in self.chain)


def certificates(path: Path) -> tuple[x509.Certificate, ...]:
    """Every certificate in a PEM file, in its order. Raises `KeyFileError`."""
    try:
        return tuple(x509.load_pem_x509_certificates(path.read_bytes()))
    except OSError as error:
        raise KeyFileError(f"{path}: cannot be read: {error.strerror}") from None
    except ValueError as error:
        raise KeyFileError(f"{path}: no certificates in PEM form: {error}") from None
