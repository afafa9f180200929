"""A chain of certificates as one token: PKIPath, a DER SEQUENCE (ITU-T X.509, RFC 4523).

The signer's certificate is the last: each certificate is issued by the subject of the one before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

SEQUENCE = 0x30
MAX_CERTIFICATES = 8


def encode(chain: Sequence[x509.Certificate]) -> bytes:
    """A chain with the signer first, as files have it."""
    content = b"".join(each.public_bytes(Encoding.DER) for each in reversed(chain))
    size = len(content)
    if size < 0x80:
        return bytes([SEQUENCE, size]) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([SEQUENCE, 0x80 | len(length)]) + length + content


def decode(token: bytes) -> tuple[x509.Certificate, ...]:
    """The chain, signer first. Raises `ValueError` when it is not one."""
    parts = list(_elements(token))
    if len(parts) != 1:
        raise ValueError("a PKIPath is one sequence")
    _, content = parts[0]
    found = list(_elements(content))
    if not 1 <= len(found) <= MAX_CERTIFICATES:
        raise ValueError(f"a PKIPath has 1 to {MAX_CERTIFICATES} certificates")
    return tuple(x509.load_der_x509_certificate(whole) for whole, _ in reversed(found))


def _elements(octets: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Each SEQUENCE that stands here: all of it, and its content."""
    at = 0
    while at < len(octets):
        header = octets[at : at + 6]
        if len(header) < 2 or header[0] != SEQUENCE:
            raise ValueError("not a sequence of certificates")
        more = header[1] & 0x7F if header[1] & 0x80 else 0
        if more > 3 or len(header) < 2 + more:
            raise ValueError("a length that is too long")
        size = int.from_bytes(header[2 : 2 + more], "big") if more else header[1]
        begin = at + 2 + more
        end = begin + size
        if end > len(octets):
            raise ValueError("cut short")
        yield octets[at:end], octets[begin:end]
        at = end
