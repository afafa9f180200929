"""The identity and address files of the card: fields as tag, length, value.

Source: "Belgian Electronic Identity Card content" of the federal service that issues the cards.
A length is one byte; 255 means that the next byte is added to it. Texts are UTF-8. The rest of a
file of fixed size is filled with zeros.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from vanzelf.sources.eid.errors import CardError, Trouble

CARD_NUMBER, VALID_FROM, VALID_UNTIL = 0x01, 0x03, 0x04
NUMBER, LAST_NAME, FIRST_NAMES, THIRD_NAME = 0x06, 0x07, 0x08, 0x09
STREET, POSTCODE, MUNICIPALITY = 0x01, 0x02, 0x03


@dataclass(frozen=True, slots=True)
class Identity:
    """What is used of the identity file; its day of birth and sex come from the register."""

    number: str  # of the national register, eleven digits
    last_name: str
    first_names: str  # the first two, and the first letter of the third
    card_number: str
    valid_from: date
    valid_until: date  # the last day


@dataclass(frozen=True, slots=True)
class Address:
    """As it stood when it was last written on the card."""

    street: str  # with the number
    postcode: str
    municipality: str


def read_identity(content: bytes) -> Identity:
    """Raises `CardError` (unreadable)."""
    fields = read_fields(content)
    number = _text(fields, NUMBER)
    if not (len(number) == 11 and number.isascii() and number.isdigit()):
        raise _unreadable("the national number has no eleven digits")
    first = " ".join(filter(None, (_text(fields, FIRST_NAMES), _text(fields, THIRD_NAME))))
    return Identity(
        number=number,
        last_name=_text(fields, LAST_NAME),
        first_names=first,
        card_number=_text(fields, CARD_NUMBER),
        valid_from=_day(_text(fields, VALID_FROM)),
        valid_until=_day(_text(fields, VALID_UNTIL)),
    )


def read_address(content: bytes) -> Address:
    """Raises `CardError` (unreadable)."""
    fields = read_fields(content)
    return Address(_text(fields, STREET), _text(fields, POSTCODE), _text(fields, MUNICIPALITY))


def read_fields(content: bytes) -> dict[int, bytes]:
    """Each field by its tag. Raises `CardError` when a field is cut off or comes twice."""
    fields: dict[int, bytes] = {}
    place = 0
    while place < len(content) and any(content[place:]):
        tag, place = content[place], place + 1
        length, place = _length(content, place)
        value = content[place : place + length]
        if len(value) < length:
            raise _unreadable(f"field {tag:#04x} is cut off")
        if tag in fields:
            raise _unreadable(f"field {tag:#04x} comes twice")
        fields[tag] = value
        place += length
    return fields


def _length(content: bytes, place: int) -> tuple[int, int]:
    """The length that starts here, and where its value does."""
    length = 0
    while place < len(content):
        byte, place = content[place], place + 1
        length += byte
        if byte != 0xFF:
            return length, place
    raise _unreadable("it ends within a length")


def _text(fields: dict[int, bytes], tag: int) -> str:
    try:
        return fields.get(tag, b"").decode().strip()
    except UnicodeDecodeError:
        raise _unreadable(f"field {tag:#04x} is not UTF-8") from None


def _day(text: str) -> date:
    try:
        return datetime.strptime(text, "%d.%m.%Y").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        raise _unreadable("a date on it does not exist") from None


def _unreadable(what: str) -> CardError:
    """Says what is wrong and never what stands there: this goes to a screen."""
    return CardError(Trouble.UNREADABLE, f"the card cannot be read: {what}")
