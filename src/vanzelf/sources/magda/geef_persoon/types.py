"""What GeefPersoon and GeefGezinssamenstelling say of people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Address:
    """The main residence (Hoofdverblijfplaats)."""

    municipality: str | None  # NISCodeGemeente; never guessed from name or postcode
    postcode: str | None
    street: str | None
    number: str | None
    municipality_name: str | None
    begin: date | None
    end: date | None

    def covers(self, day: date) -> bool:
        begun = self.begin is None or self.begin <= day
        return begun and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True)
class Relative:
    """Someone in the household, by position to the reference person. The number may be missing:
    a single person is listed as one Gezinslid without a number."""

    insz: str | None
    position: str | None
    born: date | None = None
    begin: date | None = None
    end: date | None = None
    address: Address | None = None
    flags: tuple[str, ...] = ()

    def covers(self, day: date) -> bool:
        begun = self.begin is None or self.begin <= day
        return begun and (self.end is None or day <= self.end)

    def ended(self, day: date) -> bool:
        return self.end is not None and self.end < day


@dataclass(frozen=True, slots=True)
class Person:
    insz: str
    born: date | None
    deceased: bool
    died: date | None
    address: Address | None
    members: tuple[Relative, ...]  # Gezinsleden: without the person, and only for a head
    reference_person: Relative | None  # Referentiepersoon, with the person's position to them
    flags: tuple[str, ...] = ()

    @property
    def listed(self) -> tuple[Relative, ...]:
        """Whom the register names beside this person."""
        return self.members + ((self.reference_person,) if self.reference_person else ())
