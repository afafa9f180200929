"""Finding people."""

from __future__ import annotations

from vanzelf.city import secrets
from vanzelf.city.people.models import InszAlias, Person


def plain(insz: str) -> str:
    """The eleven digits of a number as people write it: 85.07.30-033.28."""
    return "".join(character for character in insz if character.isdigit())


def find_person(insz: str) -> Person | None:
    """The person with this number, an earlier one too; shows nothing, and so logs nothing."""
    index = secrets.blind_index(plain(insz))
    return Person.objects.filter(aliases__index=index, aliases__known_until=None).first()


def holds_real_people() -> bool:
    """Whether any number in the register is not that of an invented person."""
    return InszAlias.objects.filter(invented=False).exists()
