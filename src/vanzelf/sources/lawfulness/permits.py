"""Permits: leave to ask one service some facts about one group of persons, for one purpose."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import TypeAlias

from vanzelf.sources.lawfulness.authorisation import Authorisation
from vanzelf.sources.lawfulness.groups import Group
from vanzelf.sources.types import Reading

ForRights: TypeAlias = str | Mapping[str, Collection[str]] | None
"""For which right facts are asked: one for all, or by fact which rights need it; None: for none."""

NOTHING: Mapping[str, Collection[str]] = MappingProxyType({})

REGISTRATION = frozenset({"RegistreerInschrijving", "RegistreerUitschrijving"})
"""Services that say we hold (or no longer hold) a file on someone: no facts of their own, so any
permit may use them, if its authorisation names them."""


class NoAuthorisation(Exception):
    """Nothing was sent: no authorisation covers this question today."""

    def __init__(
        self, purpose: str, service: str, facts: Collection[str], about: Group | None = None
    ) -> None:
        self.purpose, self.service, self.facts = purpose, service, tuple(sorted(facts))
        self.about = about
        whom = f" about {about}" if about else ""
        super().__init__(
            f"no authorisation valid today lets {service} be asked {', '.join(self.facts)}{whom} "
            f'for the purpose "{purpose}"; add one to authorisations.yaml'
        )


@dataclass(frozen=True, slots=True)
class Permit:
    """Leave to ask one service some facts for one purpose; only `permits` makes them."""

    purpose: str
    service: str
    facts: frozenset[str]
    authorisation: Authorisation
    about: Group | None = None

    def check(self, service: str, today: date) -> None:
        """Once more, right before sending. Raises `NoAuthorisation`."""
        ground = self.authorisation
        allowed = service == self.service or service in REGISTRATION
        if not (
            allowed
            and self.facts <= ground.facts
            and ground.covers(self.purpose, service, today, self.about)
        ):
            raise NoAuthorisation(self.purpose, service, self.facts, self.about)

    def limit(self, readings: Mapping[str, Reading]) -> dict[str, Reading]:
        """Only what may be known: the rest of an answer is dropped here."""
        return {name: reading for name, reading in readings.items() if name in self.facts}


def permits(
    purpose: str,
    service: str,
    facts: Iterable[str],
    authorisations: Iterable[Authorisation],
    today: date,
    statutes: Mapping[str, Collection[str]] = NOTHING,
    *,
    about: Group | None = None,
    regulation: ForRights = None,
) -> tuple[list[Permit], frozenset[str]]:
    """Divide facts over the authorisations that cover them, and say which none covers.

    `statutes` names, for a fact that is asked as social statuses, which ones: all of them must be
    authorised too. `about` is the group of the person asked about; None: not known, and then only
    authorisations for everyone cover. `regulation` is the right for which is asked (or, by fact,
    the rights that need it); authorisations limited to other rights do not cover. The widest
    authorisation is used first, so as to ask as few times as can be.
    """
    left = frozenset(facts)
    rights = {fact: _rights(regulation, fact) for fact in left}
    able = [a for a in authorisations if a.covers(purpose, service, today, about)]
    given: list[Permit] = []
    while left:
        covered = [(_covered(a, left, statutes, rights), a) for a in able]
        best = max(covered, key=lambda pair: len(pair[0]), default=None)
        if best is None or not best[0]:
            break
        given.append(Permit(purpose, service, best[0], best[1], about))
        left -= best[0]
    return given, left


def _covered(
    ground: Authorisation,
    facts: frozenset[str],
    statutes: Mapping[str, Collection[str]],
    rights: Mapping[str, Collection[str]],
) -> frozenset[str]:
    return frozenset(
        fact
        for fact in facts & ground.facts
        if ground.statutes.issuperset(statutes.get(fact, ())) and ground.serves(rights[fact])
    )


def _rights(regulation: ForRights, fact: str) -> Collection[str]:
    if isinstance(regulation, Mapping):
        return regulation.get(fact, ())
    return () if regulation is None else (regulation,)
