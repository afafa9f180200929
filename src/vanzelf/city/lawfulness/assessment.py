"""What the system knows of itself, for the assessment of its impact (DPIA; GDPR, article 35)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from vanzelf.city.lawfulness.needs import covered, needed, rights_by_fact
from vanzelf.city.lawfulness.register import Processing, about_whom, fact_data, register
from vanzelf.city.retention import DataClass, classes
from vanzelf.city.staff.models import Role, StaffMember
from vanzelf.city.staff.permissions import ALLOWED, require
from vanzelf.rights import Regulations
from vanzelf.rights.facts import SENSITIVITIES
from vanzelf.sources.lawfulness import Authorisation, Lawfulness


@dataclass(frozen=True, slots=True)
class AskedFact:
    """A fact that an authorisation lets be asked: of whom, from where, and what for."""

    name: str
    called: str
    sensitivity: str
    about: str
    services: tuple[str, ...]
    grounds: tuple[str, ...]
    rights: tuple[str, ...]  # empty: no right needs it


@dataclass(frozen=True, slots=True)
class Assessment:
    """`unused` may be asked and no right needs it; `ungrounded` is needed and may not be asked."""

    on: date
    activities: tuple[Processing, ...]
    facts: tuple[AskedFact, ...]
    unused: tuple[str, ...]
    ungrounded: dict[str, tuple[str, ...]]  # by right
    authorisations: tuple[Authorisation, ...]
    roles: dict[str, tuple[str, ...]]  # what each role of staff may do
    retention: tuple[DataClass, ...]

    @property
    def sensitive(self) -> tuple[AskedFact, ...]:
        return tuple(fact for fact in self.facts if fact.sensitivity != SENSITIVITIES[0])


def assessment(
    lawfulness: Lawfulness, regulations: Regulations, today: date, *, viewer: StaffMember
) -> Assessment:
    """Everything that can be read from data. Raises PermissionDenied."""
    require(viewer, "assessment.see")
    facts = _facts(lawfulness, regulations, today)
    missing = {
        right: tuple(sorted(set(names) - covered(lawfulness.all, today, right)))
        for right, names in needed(regulations).items()
    }
    return Assessment(
        on=today,
        activities=register(lawfulness, regulations, today),
        facts=facts,
        unused=tuple(fact.called for fact in facts if not fact.rights),
        ungrounded={right: names for right, names in missing.items() if names},
        authorisations=tuple(lawfulness.all),
        roles={
            Role(role).label: tuple(sorted(what for what, who in ALLOWED.items() if role in who))
            for role in Role
        },
        retention=classes(),
    )


def _facts(lawfulness: Lawfulness, regulations: Regulations, today: date) -> tuple[AskedFact, ...]:
    """The most sensitive first, then by name."""
    valid = [each for each in lawfulness.all if each.valid(today)]
    users = rights_by_fact(regulations)
    found = [
        _fact(
            name, [each for each in valid if name in each.facts], regulations, users.get(name, ())
        )
        for name in sorted(frozenset().union(*(each.facts for each in valid)))
    ]
    return tuple(
        sorted(found, key=lambda fact: (-SENSITIVITIES.index(fact.sensitivity), fact.called))
    )


def _fact(
    name: str, grounds: list[Authorisation], regulations: Regulations, rights: tuple[str, ...]
) -> AskedFact:
    called, sensitivity = fact_data(name, regulations)
    return AskedFact(
        name=name,
        called=called,
        sensitivity=sensitivity,
        about=about_whom(frozenset().union(*(ground.units for ground in grounds))),
        services=tuple(sorted(frozenset().union(*(ground.services for ground in grounds)))),
        grounds=tuple(sorted(ground.reference for ground in grounds)),
        rights=rights,
    )
