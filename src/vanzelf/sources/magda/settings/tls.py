"""The line to a service: TLS 1.2 or newer, with a certificate on both ends."""

from __future__ import annotations

import ssl
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from vanzelf.sources.magda.security.identity import certificates


@dataclass(frozen=True, slots=True)
class Tls:
    """PEM files: our certificate and key, and the authority that vouches for the service.

    Without an authority, those that this machine knows; without a certificate, none is shown.
    """

    certificate: str | None = None
    key: str | None = None  # None: in the file of the certificate
    authority: str | None = None
    password: str | None = field(default=None, repr=False)  # of the key

    @property
    def ends(self) -> datetime | None:
        """When the first of our certificates expires; None without. Raises `KeyFileError`."""
        shown = certificates(Path(self.certificate)) if self.certificate else ()
        return min((each.not_valid_after_utc for each in shown), default=None)

    def context(self) -> ssl.SSLContext:
        """Made once for these files as they are now. Raises `OSError` (`ssl.SSLError` is one)."""
        named = [self.certificate, self.key, self.authority]
        return _context(self, tuple(Path(path).stat().st_mtime_ns for path in named if path))


@lru_cache(maxsize=64)
def _context(tls: Tls, written: tuple[int, ...]) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=tls.authority)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if tls.certificate:
        # A password is always given, so that a key that wants one never asks at a terminal.
        context.load_cert_chain(tls.certificate, tls.key, tls.password or "")
    return context
