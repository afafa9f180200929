"""One HTTP POST per question. Only HTTP 200 is an answer; everything else is no connection."""

from __future__ import annotations

import http.client
import io
import ssl
import time
from dataclasses import dataclass
from socket import socket
from typing import BinaryIO, cast

from vanzelf.sources.magda.settings import EndpointError, Endpoints, ServiceSettings
from vanzelf.sources.magda.xml import MAX_BYTES
from vanzelf.sources.types import Reason

__all__ = ["EndpointError", "Endpoints", "NoConnection", "post"]

HEADERS = {"Content-type": "text/xml;charset=UTF-8", "SOAPAction": '""'}


class NoConnection(Exception):
    """Nothing usable came back. Asking again is not worth it when nobody is there."""

    def __init__(self, reason: Reason, message: str, worth_retrying: bool) -> None:
        self.reason, self.worth_retrying = reason, worth_retrying
        super().__init__(message)


def post(settings: ServiceSettings, service: str, message: bytes) -> bytes:
    """Send a message and return the body of the answer. Raises `NoConnection`, `EndpointError`."""
    parts = settings.address(service)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    connection = _connected(settings, service)
    try:
        connection.sock.settimeout(settings.read_timeout)
        connection.request("POST", path, body=message, headers=HEADERS)
        status, body = _answer(connection.sock, settings.read_timeout)
    except TimeoutError:
        raise NoConnection(Reason.TIMEOUT, f"{service}: no answer in time", False) from None
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise NoConnection(Reason.UNAVAILABLE, f"{service}: {error!r}", True) from None
    finally:
        connection.close()
    if status != 200:
        raise NoConnection(Reason.UNAVAILABLE, f"{service}: HTTP {status}", True)
    return body


def _connected(settings: ServiceSettings, service: str) -> http.client.HTTPConnection:
    """An open line. A certificate of either end that is refused, says so."""
    parts = settings.address(service)
    host, timeout = parts.hostname or "", settings.connect_timeout
    connection: http.client.HTTPConnection
    try:
        if parts.scheme == "http":
            connection = http.client.HTTPConnection(host, parts.port, timeout=timeout)
        else:
            connection = http.client.HTTPSConnection(
                host, parts.port, timeout=timeout, context=_context(settings, service)
            )
        connection.connect()
    except TimeoutError:
        raise NoConnection(Reason.TIMEOUT, f"{service}: no connection in time", False) from None
    except ssl.SSLCertVerificationError as error:
        text = f"{service}: its certificate is refused: {error.verify_message}"
        raise NoConnection(Reason.UNTRUSTED, text, False) from None
    except OSError as error:
        raise NoConnection(Reason.UNAVAILABLE, f"{service}: {error}", False) from None
    return connection


def _context(settings: ServiceSettings, service: str) -> ssl.SSLContext:
    try:
        return settings.tls.context()
    except OSError as error:
        raise EndpointError(
            f"the certificate, the key or the authority for {service} cannot be used: {error}"
        ) from None


def _answer(sock: socket, timeout: float) -> tuple[int, bytes]:
    """Status and body. Raises `TimeoutError` when not all of it came within the time."""
    response = http.client.HTTPResponse(
        cast(socket, _Line(sock, time.monotonic() + timeout)), method="POST"
    )
    with response:
        response.begin()
        if response.status != 200:
            return response.status, b""
        body = response.read(MAX_BYTES + 1)
        # With a size limit, read() does not complain when the connection closes too early.
        if response.length and len(body) <= MAX_BYTES:
            raise http.client.IncompleteRead(body, response.length)
        return response.status, body


@dataclass(slots=True)
class _Line:
    """A socket as http.client reads it, until a moment. A timeout of the socket itself begins anew
    with every byte: an answer that drips would hold us for hours."""

    sock: socket
    until: float  # of the monotonic clock

    def makefile(self, mode: str) -> BinaryIO:
        return io.BufferedReader(cast(io.FileIO, _Until(self.sock, self.until)))


class _Until(io.RawIOBase):
    def __init__(self, sock: socket, until: float) -> None:
        self.sock, self.until = sock, until

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        left = self.until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self.sock.settimeout(left)
        return self.sock.recv_into(buffer)
