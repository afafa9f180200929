"""A virtual identity card for a virtual reader (vpcd), over its real protocol.

The card calls the reader's driver; then each message is two bytes of length and the data. One
byte is for the card's power (0 off, 1 on, 2 reset, 4 what do you answer to a reset); all else is
a command.
The numbers of the persons on it are invented (TST).
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

GET_ATR = 4
ATR = bytes.fromhex("3B9813400AA503010101AD1311")  # as cards of applet 1.7 answer
SELECT, READ = (0x00, 0xA4, 0x08, 0x0C), (0x00, 0xB0)
IDENTITY, ADDRESS = bytes.fromhex("3F00DF014031"), bytes.fromhex("3F00DF014033")


def fields(values: dict[int, str]) -> bytes:
    """A file of the card: tag, length, value. A length of 255 goes on in the next byte."""
    content = b""
    for tag, value in values.items():
        data = value.encode()
        content += bytes([tag, *[255] * (len(data) // 255), len(data) % 255]) + data
    return content


def identity(insz: str = "84640618997", **changed: str) -> bytes:
    """The identity file of an invented person."""
    given = {
        "card_number": "592000000001",
        "begin": "01.03.2022",
        "end": "01.03.2032",
        "last_name": "Peeters",
        "first_names": "Élise Marie",
        "third": "J",
    } | changed
    tags = dict(zip(given, (0x01, 0x03, 0x04, 0x07, 0x08, 0x09), strict=True))
    return fields({0x06: insz} | {tags[name]: value for name, value in given.items()})


def address() -> bytes:
    """The address file, filled with zeros up to its size."""
    return fields({0x01: "Korenmarkt 1", 0x02: "9000", 0x03: "Gent"}).ljust(117, b"\0")


@dataclass
class VirtualCard:
    """A card with these files; `leaves_after` so many commands it is pulled out."""

    files: dict[bytes, bytes] = field(
        default_factory=lambda: {IDENTITY: identity(), ADDRESS: address()}
    )
    leaves_after: int | None = None
    selected: bytes = b""
    commands: int = 0

    @property
    def gone(self) -> bool:
        return self.leaves_after is not None and self.commands >= self.leaves_after

    def answer(self, command: bytes) -> bytes:
        self.commands += 1
        if tuple(command[:4]) == SELECT:
            path = command[5 : 5 + command[4]]
            self.selected = path if path in self.files else b""
            return b"\x90\x00" if self.selected else b"\x6a\x82"
        if tuple(command[:2]) == READ and self.selected:
            return self._read(int.from_bytes(command[2:4], "big"), command[4])
        return b"\x6d\x00"

    def _read(self, offset: int, size: int) -> bytes:
        left = self.files[self.selected][offset:]
        if not left:
            return b"\x6b\x00"
        # A real card that has fewer bytes than asked says how many there are.
        return left[:size] + b"\x90\x00" if len(left) >= size else bytes([0x6C, len(left)])


@dataclass
class VirtualReader:
    """A slot of the driver, on this port of a network that `network` is in."""

    network: Executor
    port: int

    @contextmanager
    def holding(self, card: VirtualCard) -> Iterator[None]:
        """With this card in it."""
        calling = self.network.submit(socket.create_connection, ("127.0.0.1", self.port))
        with calling.result() as talk:
            served = threading.Thread(target=_serve, args=[card, talk])
            served.start()
            try:
                yield
            finally:
                with suppress(OSError):
                    talk.shutdown(socket.SHUT_RDWR)
                served.join()


def _serve(card: VirtualCard, talk: socket.socket) -> None:
    with suppress(OSError):
        while (message := _receive(talk)) is not None:
            if card.gone:
                talk.shutdown(socket.SHUT_RDWR)
                return
            if len(message) > 1 or message[0] == GET_ATR:
                answer = card.answer(message) if len(message) > 1 else ATR
                talk.sendall(len(answer).to_bytes(2, "big") + answer)


def _receive(talk: socket.socket) -> bytes | None:
    head = _exactly(talk, 2)
    return None if head is None else _exactly(talk, int.from_bytes(head, "big"))


def _exactly(talk: socket.socket, size: int) -> bytes | None:
    data = b""
    while len(data) < size:
        more = talk.recv(size - len(data))
        if not more:
            return None
        data += more
    return data
