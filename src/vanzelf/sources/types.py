"""What a source said: readings, and the household they are about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

Value: TypeAlias = bool | str | int | Decimal | date | tuple[str, ...]
"""Money is a Decimal, in euros."""


class Reason(StrEnum):
    """Why a fact is unknown. None of these ever means "no"."""

    NO_DATA = "no-data"  # the source has nothing on this
    BUSY = "busy"  # too many questions at once: ask again later
    UNAVAILABLE = "unavailable"  # no connection, HTTP error, source down
    TIMEOUT = "timeout"
    FAULT = "fault"  # SOAP fault, or an error whose meaning needs a person
    UNREADABLE = "unreadable"  # not XML, too big, too deep, a date that does not exist
    FAMILY_ERRORS = "family-errors"  # SSH00047 and the register's family anomalies
    NOT_REGISTERED = "not-registered"
    NO_AUTHORISATION = "no-authorisation"
    NEW_NUMBER = "new-number"  # the number changed and following it led nowhere
    IDENTITY = "identity"  # number cancelled, unknown, or another person in the answer
    NOT_ASKED = "not-asked"
    NOT_ANSWERED = "not-answered"  # asked by file, and no answer came (yet)
    MISSING_CODE = "missing-code"  # a code that decides is not there, and is not guessed
    STALE = "stale"  # the list is past its date; the answer was given before we asked
    UNTRUSTED = "untrusted"  # not signed as it should be, or an answer to something else
    CONTRADICTION = "contradiction"  # sources, or one source, say two things


TRANSIENT = frozenset({Reason.BUSY, Reason.UNAVAILABLE, Reason.TIMEOUT})
"""Reasons that may be gone when the question is asked again."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One fact as one source gave it. Unknown ⇔ `value` is None and `reason` is set.

    `valid_from` and `valid_until` are both inclusive; None means open or not said.
    `as_of` is when the source answered. `flags` are oddities that were survived
    (`bad-date:2023-11-31`), for people to look at.
    """

    value: Value | None
    source: str
    as_of: datetime
    valid_from: date | None = None
    valid_until: date | None = None
    reason: Reason | None = None
    flags: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if (self.value is None) == (self.reason is None):
            raise ValueError("a reading is a value, or unknown with a reason")

    @classmethod
    def unknown(
        cls, reason: Reason, source: str, as_of: datetime, flags: tuple[str, ...] = ()
    ) -> Reading:
        return cls(None, source, as_of, reason=reason, flags=flags)

    @property
    def known(self) -> bool:
        return self.reason is None

    @property
    def transient(self) -> bool:
        """Asking again may help."""
        return self.reason in TRANSIENT

    def flagged(self, *flags: str) -> Reading:
        return replace(self, flags=tuple(dict.fromkeys((*self.flags, *flags))))

    def doubted(self, reason: Reason, *flags: str) -> Reading:
        """The same reading, no longer believed."""
        flags = tuple(dict.fromkeys((*self.flags, *flags)))
        return Reading.unknown(reason, self.source, self.as_of, flags)

    def as_data(self) -> dict[str, object]:
        """JSON-able, with the keys that `vanzelf facts --json` prints."""
        return {
            "value": _plain(self.value),
            "source": self.source,
            "from": _plain(self.valid_from),
            "until": _plain(self.valid_until),
            "as_of": self.as_of.isoformat(),
            "reason": None if self.reason is None else str(self.reason),
        }


def _plain(value: Value | None) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return list(value) if isinstance(value, tuple) else value


@dataclass(frozen=True, slots=True)
class Asked:
    """One question that left the house, for the log of who looked."""

    service: str
    insz: str
    facts: tuple[str, ...]
    purpose: str
    authorisation: str
    reference: str  # Afzender/Referte, by which MAGDA knows it too
    at: datetime
    outcome: str  # "answered" or a reason code
    doubt: str = ""  # why an answer was not believed, as a code: forged, same_id, expired, …


class Why(StrEnum):
    """Why a fact was not asked that a right looks at."""

    SETTLED = "settled"  # the verdict stands without it
    BY_FAMILY = "by-family"  # an answer about the family told it
    CANNOT_CHANGE = "cannot-change"  # no answer of it can settle what is still open


@dataclass(frozen=True, slots=True)
class NotAsked:
    """A fact that might have been asked, and was not needed for these rights."""

    insz: str | None  # None: about the household
    fact: str
    why: Why
    rights: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What people said themselves, by the name of the fact. It answers no question that a source
    may be asked, but what only they can tell decides which of those still matter."""

    home: Mapping[str, object]
    people: Sequence[Mapping[str, object]]  # in the order in which they were asked for


@dataclass(frozen=True, slots=True)
class Member:
    """A person of the household with what is known of them, by fact name."""

    insz: str
    position: str | None  # code of the register: 01 reference person, 03 child, …
    readings: Mapping[str, Reading]


@dataclass(frozen=True, slots=True)
class Household:
    """What the sources say of a person and of those they live with, on one day."""

    insz: str  # the number that was asked about
    on: date
    members: tuple[Member, ...]
    readings: Mapping[str, Reading]  # facts of the household; "leden" says whether it is known
    aliases: Mapping[str, str] = field(default_factory=dict)  # number asked → its new number
    questions: tuple[Asked, ...] = ()
    refused: tuple[str, ...] = ()  # what was not asked for want of an authorisation
    not_asked: tuple[NotAsked, ...] = ()  # what was not needed

    @property
    def person(self) -> Member:
        """The member that was asked about, under the new number if that changed."""
        current = self.aliases.get(self.insz, self.insz)
        return next(member for member in self.members if member.insz == current)
