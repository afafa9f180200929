"""Asking a ClamAV daemon whether a file is harmful, by its INSTREAM command.

VANZELF_SCANNER says where it listens: `unix:/run/clamav/clamd.ctl` or `tcp:127.0.0.1:3310`. Files
go to it in clear, so only to this machine. Protocol: clamd(8), ClamAV 1.4.
"""

from __future__ import annotations

import os
import re
import socket
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from ipaddress import ip_address
from pathlib import PurePath

VARIABLE = "VANZELF_SCANNER"
HELP = f"Set {VARIABLE} to unix:/run/clamav/clamd.ctl or tcp:127.0.0.1:3310, or leave it empty."
PATIENCE = 10.0  # seconds of silence: someone may be waiting for the answer
LONGEST_ANSWER = 4096
CHUNK = 64 * 1024
_FOUND = re.compile(r"stream: (?P<what>.+) FOUND")
_VERSION = re.compile(r"ClamAV [^/]+(/(?P<number>\d+)/(?P<made>.+))?")
_MADE = "%a %b %d %H:%M:%S %Y"


class ScannerError(Exception):
    """The scanner did not tell whether a file is harmful; says why, never what is in the file."""


class ScannerSettingError(ScannerError):
    """The setting names no scanner."""


@dataclass(frozen=True, slots=True)
class Scanner:
    """A daemon at a path (`unix`), or at a host and port of this machine."""

    place: str | tuple[str, int]
    patience: float = PATIENCE

    @classmethod
    def from_env(cls, env: Mapping[str, str] = os.environ) -> Scanner | None:
        """The one that the setting names; None without one. Raises ScannerSettingError."""
        text = env.get(VARIABLE, "").strip()
        return cls(_place(text)) if text else None

    def harm(self, content: bytes) -> str:
        """What is harmful in a file, as the signature calls it; empty when nothing was found.

        Raises ScannerError: there is no scanner, it is too slow, or it could not read the file."""
        said = self._ask(b"INSTREAM", _stream(content))
        if said == "stream: OK":
            return ""
        if found := _FOUND.fullmatch(said):
            return found["what"]
        raise ScannerError(f"The scanner could not scan a file: {said!r}.")

    def signatures_made(self) -> datetime | None:
        """When its official signatures were made; None when it works with others only.

        Raises ScannerError."""
        said = self._ask(b"VERSION")
        found = _VERSION.fullmatch(said)
        if found is None:
            raise ScannerError(f"What listens there is no ClamAV: {said[:40]!r}.")
        if not found["made"]:
            return None
        try:
            return datetime.strptime(found["made"], _MADE).replace(tzinfo=UTC)
        except ValueError:
            raise ScannerError(f"The scanner tells no date: {found['made']!r}.") from None

    def _ask(self, command: bytes, body: list[bytes] | None = None) -> str:
        try:
            with self._connected() as link:
                _send(link, [b"z" + command + b"\0", *(body or [])])
                return _answer(link)
        except TimeoutError:
            raise ScannerError(f"The scanner at {self} does not answer in time.") from None
        except OSError as error:
            raise ScannerError(f"The scanner at {self} cannot be reached: {error}.") from None

    def _connected(self) -> socket.socket:
        if not isinstance(self.place, str):
            return socket.create_connection(self.place, self.patience)
        link = socket.socket(socket.AF_UNIX)
        link.settimeout(self.patience)
        try:
            link.connect(self.place)
        except OSError:
            link.close()
            raise
        return link

    def __str__(self) -> str:
        """As the setting has it."""
        if isinstance(self.place, str):
            return f"unix:{self.place}"
        host, port = self.place
        return f"tcp:[{host}]:{port}" if ":" in host else f"tcp:{host}:{port}"


def _place(text: str) -> str | tuple[str, int]:
    kind, _, rest = text.partition(":")
    if kind == "unix" and PurePath(rest).is_absolute():
        return rest
    host, _, port = rest.rpartition(":")
    host = host.removeprefix("[").removesuffix("]")
    if kind != "tcp" or not port.isdecimal() or not 0 < int(port) < 2**16:
        raise ScannerSettingError(f"{VARIABLE}={text} names no scanner. {HELP}")
    if not _this_machine(host):
        raise ScannerSettingError(f"{VARIABLE}={text} is not on this machine. {HELP}")
    return host, int(port)


def _this_machine(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _stream(content: bytes) -> list[bytes]:
    """Chunks with their length before them, and one of length nought at the end."""
    starts = range(0, len(content), CHUNK)
    chunks = [content[start : start + CHUNK] for start in starts]
    return [*(struct.pack("!I", len(chunk)) + chunk for chunk in chunks), bytes(4)]


def _send(link: socket.socket, parts: list[bytes]) -> None:
    try:
        for part in parts:
            link.sendall(part)
    except (BrokenPipeError, ConnectionResetError):
        return  # it had enough, and says why: a file beyond its StreamMaxLength


def _answer(link: socket.socket) -> str:
    said = b""
    while not said.endswith(b"\0"):
        more = link.recv(LONGEST_ANSWER)
        if not more or len(said) > LONGEST_ANSWER:
            raise ScannerError("The scanner broke off its answer.")
        said += more
    return said[:-1].decode("utf-8", "replace")
