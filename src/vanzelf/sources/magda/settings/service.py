"""What is set for one service."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from datetime import timedelta
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from vanzelf.sources.endurance import Limits
from vanzelf.sources.lawfulness import Sender
from vanzelf.sources.magda.security import Algorithm, SigningIdentity, Trust
from vanzelf.sources.magda.settings.tls import Tls

LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})


class EndpointError(ValueError):
    """A setting that cannot be used; says which, and what to write."""


@dataclass(frozen=True, slots=True)
class Signing:
    """With which key messages are signed, and how."""

    identity: SigningIdentity
    algorithm: Algorithm = Algorithm.RSA_SHA256


@dataclass(frozen=True, slots=True)
class ServiceSettings:
    """How one service is reached; times in seconds. The timeouts are those of the connector."""

    url: str | None = None
    connect_timeout: float = 15.0
    read_timeout: float = 30.0  # for the whole answer, however slowly it drips in
    tls: Tls = field(default_factory=Tls)
    sender: Sender | None = None  # who asks, and in what capacity; None: as the authorisation says
    version: str | None = None  # None: the one that the client was written for
    namespace: str | None = None
    signing: Signing | None = None  # None: messages are not signed
    trust: Trust | None = None  # None: answers are not verified
    limits: Limits = field(default_factory=Limits)
    oldest_answer: timedelta = timedelta(days=1)  # an answer from before that is not one to us

    def address(self, service: str) -> SplitResult:
        """The address, in its parts. Raises `EndpointError`."""
        if self.url is None:
            raise EndpointError(
                f"no address for {service}: set VANZELF_MAGDA_URL, "
                f"or VANZELF_MAGDA_URL_{service.upper()}"
            )
        try:
            parts = urlsplit(self.url)
            usable = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
        except ValueError:
            usable = False
        if not usable:
            raise EndpointError(f"the address of {service} is not http(s)://…: {self.url}")
        if parts.scheme == "http" and not _on_this_machine(parts.hostname or ""):
            raise EndpointError(
                f"the address of {service} must begin with https: questions are about people, "
                f"and only on this machine they go without: {self.url}"
            )
        return parts


def _on_this_machine(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def seconds(value: object, name: str) -> float:
    """A time to wait, out of a setting. Raises `EndpointError`."""
    try:
        found = float(str(value))
    except ValueError:
        found = 0.0
    if isinstance(value, bool) or not 0 < found < threading.TIMEOUT_MAX:
        raise EndpointError(f"{name} is a number of seconds above 0: {value!r}")
    return found
