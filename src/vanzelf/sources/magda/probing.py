"""Whether a service answers: a connection as a question would make, and nothing asked over it.

A probe names nobody and asks nothing, so it needs no authorisation: TCP, TLS with both ends'
certificates as for a question, and an HTTP request without content (HEAD). Whatever status comes
back, somebody is there; only what a gateway says of those behind it (502, 503, 504) is silence.
"""

from __future__ import annotations

import http.client
import ssl
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from urllib.parse import SplitResult

from vanzelf.sources.magda.settings import EndpointError, Endpoints, Tls

SILENT = frozenset({502, 503, 504})
AT_ONCE = 8


class Outcome(StrEnum):
    ANSWERS = "answers"
    REFUSED = "refused"  # nobody listens there, or it closes the door
    SLOW = "slow"  # no answer within the time
    UNTRUSTED = "untrusted"  # a certificate of either end is not accepted
    GATEWAY = "gateway"  # the gateway answers, for a service that does not
    LOGIN = "login"  # of a place for files: our name or password is not accepted
    FOLDER = "folder"  # of a place for files: a folder is not there, or not ours to look into
    NO_ADDRESS = "no-address"  # no usable address or certificate is set


@dataclass(frozen=True, slots=True)
class Probed:
    """What came of a probe of one service."""

    service: str
    outcome: Outcome
    seconds: float  # until the answer, or until it was given up
    certificate_ends: datetime | None = None  # of the service; None without TLS
    version: str = ""  # of TLS

    @property
    def answers(self) -> bool:
        return self.outcome is Outcome.ANSWERS


def probe(endpoints: Endpoints, services: Iterable[str], timeout: float = 5.0) -> list[Probed]:
    """Each service, those at one address together; takes about `timeout` seconds at most.

    Raises nothing for what a service does or for an address that is not set.
    """
    names = sorted(set(services))
    places: dict[tuple[str, Tls], Probed] = {}
    doors = {name: _door(endpoints, name) for name in names}
    wanted = {door for door in doors.values() if door is not None}
    with ThreadPoolExecutor(AT_ONCE) as threads:
        tried = threads.map(lambda door: (door, _knock(door, timeout)), wanted)
        places = {(door[0].geturl(), door[1]): found for door, found in tried}
    probed = []
    for name in names:
        door = doors[name]
        if door is None:
            probed.append(Probed(name, Outcome.NO_ADDRESS, 0.0))
        else:
            found = places[door[0].geturl(), door[1]]
            probed.append(
                Probed(name, found.outcome, found.seconds, found.certificate_ends, found.version)
            )
    return probed


def _door(endpoints: Endpoints, service: str) -> tuple[SplitResult, Tls] | None:
    settings = endpoints.service(service)
    try:
        return settings.address(service), settings.tls
    except EndpointError:
        return None


def _knock(door: tuple[SplitResult, Tls], timeout: float) -> Probed:
    address, tls = door
    begun = time.perf_counter()
    ends, version = None, ""
    try:
        connection = _connection(address, tls, timeout)
        connection.connect()
        try:
            if isinstance(connection.sock, ssl.SSLSocket):
                ends, version = certificate_ends(connection.sock), connection.sock.version() or ""
            # With TLS 1.3 a certificate of ours that is refused only shows in the answer.
            connection.request("HEAD", address.path or "/")
            status = connection.getresponse().status
        finally:
            connection.close()
        outcome = Outcome.GATEWAY if status in SILENT else Outcome.ANSWERS
    except TimeoutError:
        outcome = Outcome.SLOW
    except ssl.SSLError:
        outcome = Outcome.UNTRUSTED
    except FileNotFoundError:
        outcome = Outcome.NO_ADDRESS
    except (OSError, http.client.HTTPException):
        outcome = Outcome.REFUSED
    return Probed("", outcome, time.perf_counter() - begun, ends, version)


def _connection(address: SplitResult, tls: Tls, timeout: float) -> http.client.HTTPConnection:
    host = address.hostname or ""
    if address.scheme == "http":
        return http.client.HTTPConnection(host, address.port, timeout=timeout)
    return http.client.HTTPSConnection(host, address.port, timeout=timeout, context=tls.context())


def certificate_ends(sock: ssl.SSLSocket) -> datetime | None:
    """When the certificate that the other end showed, ends."""
    shown = sock.getpeercert() or {}
    ends = shown.get("notAfter")
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(str(ends)), UTC) if ends else None
