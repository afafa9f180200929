"""Reading the files of a card, as its commands (ISO 7816-4) go over any channel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from vanzelf.sources.eid.errors import CardError, Trouble
from vanzelf.sources.eid.files import Address, Identity, read_address, read_identity

IDENTITY = (0x3F, 0x00, 0xDF, 0x01, 0x40, 0x31)
ADDRESS = (0x3F, 0x00, 0xDF, 0x01, 0x40, 0x33)

DONE = (0x90, 0x00)
BEYOND_THE_END = (0x6B, 0x00)
WRONG_LENGTH = 0x6C  # the second byte says how many there are
CHUNK = 0xF8
LARGEST = 8192  # bytes; the files we read are far below it, a card that never ends is none


class Channel(Protocol):
    """A card that answers: the response's data and its two status bytes."""

    def transmit(self, command: Sequence[int]) -> tuple[list[int], int, int]:
        """Raises `CardError` when the card is gone."""
        ...


@dataclass(frozen=True, slots=True)
class Card:
    identity: Identity
    address: Address


def read_card(channel: Channel) -> Card:
    """Both files. Raises `CardError`."""
    identity = read_identity(read_file(channel, IDENTITY))
    return Card(identity, read_address(read_file(channel, ADDRESS)))


def read_file(channel: Channel, path: Sequence[int]) -> bytes:
    """A whole file by its path from the root. Raises `CardError`."""
    _data, *status = channel.transmit([0x00, 0xA4, 0x08, 0x0C, len(path), *path])
    if tuple(status) != DONE:
        raise CardError(Trouble.NOT_AN_EID, "this card is not a Belgian identity card")
    content = bytearray()
    while len(content) <= LARGEST:
        chunk = _read(channel, len(content), CHUNK)
        content += chunk
        if len(chunk) < CHUNK:
            return bytes(content)
    raise CardError(Trouble.UNREADABLE, "the card cannot be read: a file without an end")


def _read(channel: Channel, offset: int, size: int) -> bytes:
    """The bytes from here on, fewer at the end of the file."""
    command = [0x00, 0xB0, offset >> 8, offset & 0xFF, size]
    data, *status = channel.transmit(command)
    if status[0] == WRONG_LENGTH and 0 < status[1] < size:
        data, *status = channel.transmit([*command[:-1], status[1]])
    if tuple(status) == BEYOND_THE_END:
        return b""
    if tuple(status) != DONE:
        raise CardError(
            Trouble.UNREADABLE, f"the card answers {status[0]:02X}{status[1]:02X} to a reading"
        )
    return bytes(data)
