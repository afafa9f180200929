"""One HTTP POST per question. Only HTTP 200 is an answer; everything else is no connection."""

from __future__ import annotations

import http.client
import ssl
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from urllib.parse import urlsplit

from vanzelf.sources.magda.xml import MAX_BYTES
from vanzelf.sources.types import Reason

HEADERS = {"Content-type": "text/xml;charset=UTF-8", "SOAPAction": '""'}


class NoConnection(Exception):
    """Nothing usable came back. Asking again is not worth it when nobody is there."""

    def __init__(self, reason: Reason, message: str, worth_retrying: bool) -> None:
        self.reason, self.worth_retrying = reason, worth_retrying
        super().__init__(message)


class EndpointError(ValueError):
    """A setting that is no address of a service."""


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Where each service is, and how long to wait for it (seconds)."""

    default: str | None = None
    by_service: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    connect_timeout: float = 15.0
    read_timeout: float = 30.0
    certificate: str | None = None  # PEM file with certificate and key, for mutual TLS
    authority: str | None = None  # PEM file of the authority that signed the service's

    @classmethod
    def from_env(cls, environment: Mapping[str, str]) -> Endpoints:
        """VANZELF_MAGDA_URL for all services, VANZELF_MAGDA_URL_GEEFPERSOON for one; also
        _CONNECT_TIMEOUT, _READ_TIMEOUT, _CERTIFICATE, _AUTHORITY. Raises `EndpointError`."""
        prefix = "VANZELF_MAGDA_"
        ours = {
            key.removeprefix(prefix): value.strip()
            for key, value in environment.items()
            if key.startswith(prefix) and value.strip()
        }
        by_service = {
            key.removeprefix("URL_").lower(): url
            for key, url in ours.items()
            if key.startswith("URL_")
        }
        return cls(
            default=ours.get("URL"),
            by_service=MappingProxyType(by_service),
            connect_timeout=_seconds(ours, "CONNECT_TIMEOUT", 15),
            read_timeout=_seconds(ours, "READ_TIMEOUT", 30),
            certificate=ours.get("CERTIFICATE"),
            authority=ours.get("AUTHORITY"),
        )

    def of(self, service: str) -> str:
        """The address of a service. Raises `EndpointError`."""
        url = self.by_service.get(service.lower(), self.default)
        if url is None:
            raise EndpointError(
                f"no address for {service}: set VANZELF_MAGDA_URL, "
                f"or VANZELF_MAGDA_URL_{service.upper()}"
            )
        try:
            parts = urlsplit(url)
            usable = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
        except ValueError:
            usable = False
        if not usable:
            raise EndpointError(f"the address of {service} is not http(s)://…: {url}")
        return url

    def check(self) -> None:
        """Raises `EndpointError` when no address is set, or one that is none."""
        if self.default is None and not self.by_service:
            raise EndpointError(
                "no address of MAGDA: set VANZELF_MAGDA_URL "
                "(one service elsewhere: VANZELF_MAGDA_URL_GEEFPERSOON …)"
            )
        for service in [*self.by_service, *([] if self.default is None else ["every service"])]:
            self.of(service)

    @property
    def loopback(self) -> bool:
        """Whether every address that is set is on this machine, so a stand-in."""
        urls = [*filter(None, [self.default]), *self.by_service.values()]
        local = {"localhost", "127.0.0.1", "::1"}
        return bool(urls) and all(urlsplit(url).hostname in local for url in urls)


def _seconds(settings: Mapping[str, str], name: str, default: float) -> float:
    written = settings.get(name, str(default))
    try:
        seconds = float(written)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < threading.TIMEOUT_MAX:
        raise EndpointError(f"VANZELF_MAGDA_{name} is a number of seconds above 0: {written!r}")
    return seconds


def post(endpoints: Endpoints, service: str, message: bytes) -> bytes:
    """Send a message and return the body of the answer. Raises `NoConnection`."""
    connection = _connection(endpoints, service)
    try:
        connection.connect()
    except TimeoutError:
        raise NoConnection(Reason.TIMEOUT, f"{service}: no connection in time", False) from None
    except OSError as error:
        raise NoConnection(Reason.UNAVAILABLE, f"{service}: {error}", False) from None
    try:
        connection.sock.settimeout(endpoints.read_timeout)
        parts = urlsplit(endpoints.of(service))
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("POST", path, body=message, headers=HEADERS)
        response = connection.getresponse()
        body = response.read(MAX_BYTES + 1) if response.status == 200 else b""
        # With a size limit, read() does not complain when the connection closes too early.
        if response.status == 200 and response.length and len(body) <= MAX_BYTES:
            raise http.client.IncompleteRead(body, response.length)
    except TimeoutError:
        raise NoConnection(Reason.TIMEOUT, f"{service}: no answer in time", False) from None
    except (OSError, http.client.HTTPException) as error:
        raise NoConnection(Reason.UNAVAILABLE, f"{service}: {error!r}", True) from None
    finally:
        connection.close()
    if response.status != 200:
        raise NoConnection(Reason.UNAVAILABLE, f"{service}: HTTP {response.status}", True)
    return body


def _connection(endpoints: Endpoints, service: str) -> http.client.HTTPConnection:
    parts = urlsplit(endpoints.of(service))
    host = parts.hostname or ""
    if parts.scheme == "http":
        return http.client.HTTPConnection(host, parts.port, timeout=endpoints.connect_timeout)
    context = ssl.create_default_context(cafile=endpoints.authority)
    if endpoints.certificate:
        context.load_cert_chain(endpoints.certificate)
    return http.client.HTTPSConnection(
        host, parts.port, timeout=endpoints.connect_timeout, context=context
    )
