"""The ground on which a source may be asked: what it covers, about whom, and until when."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from vanzelf.sources.lawfulness.groups import EVERYONE, Group

KINDS = ("deliberation", "general authorisation", "protocol", "decree")
"""Beraadslaging, algemene machtiging, protocol (between bodies, since 2018), decreet or wet."""


@dataclass(frozen=True, slots=True)
class Purpose:
    """What the data is used for (finaliteit)."""

    id: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Sender:
    """How MAGDA knows who asks: a URI it assigned, and a capacity that is being phased out."""

    identification: str
    capacity: str | None = None


@dataclass(frozen=True, slots=True)
class Authorisation:
    """The ground (machtiging) on which services may be asked facts; both dates are inclusive.

    `regulations` limits it to questions for these rights; empty: for any right, and for none.
    """

    reference: str
    kind: str
    title: str
    purposes: frozenset[str]
    services: frozenset[str]
    facts: frozenset[str]
    sender: Sender
    valid_from: date
    valid_until: date | None = None
    statutes: frozenset[str] = frozenset()
    units: frozenset[Group] = EVERYONE  # about whom: every group that is reached
    regulations: frozenset[str] = frozenset()
    activity: str = ""  # id of the processing activity it belongs to
    link: str = ""  # where its text can be read
    invented: bool = False

    def valid(self, today: date) -> bool:
        return self.valid_from <= today and (self.valid_until is None or today <= self.valid_until)

    def reaches(self, about: Group | None) -> bool:
        """Whether it lets a person of this group be asked about; None: of any group."""
        return about in self.units if about is not None else self.units >= EVERYONE

    def covers(self, purpose: str, service: str, today: date, about: Group | None = None) -> bool:
        return (
            self.valid(today)
            and purpose in self.purposes
            and service in self.services
            and self.reaches(about)
        )

    def serves(self, rights: Collection[str]) -> bool:
        """Whether a question for these rights may lean on it: one of them suffices."""
        return not self.regulations or not self.regulations.isdisjoint(rights)
