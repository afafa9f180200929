"""What every question has in common: a purpose, a day, a moment, leave to ask."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType

from vanzelf.sources.catalogue import Catalogue
from vanzelf.sources.lawfulness import Authorisation, Group, Permit, permits
from vanzelf.sources.lawfulness.permits import ForRights
from vanzelf.sources.magda.client import Magda, Unanswered
from vanzelf.sources.types import Reading, Reason

Readings = dict[str, Reading]
BORN = "geboortedatum"
NO_STATUTES: Mapping[str, Collection[str]] = MappingProxyType({})


@dataclass(slots=True)
class Asking:
    """One purpose, one day, one moment of asking; for one right, some, or none by name."""

    on: date
    now: datetime
    today: date
    purpose: str
    authorisations: Sequence[Authorisation]
    magda: Magda
    catalogue: Catalogue
    refused: list[str] = field(default_factory=list)
    regulation: ForRights = None

    def permits(
        self,
        service: str,
        facts: Iterable[str],
        statutes: Mapping[str, Collection[str]] = NO_STATUTES,
        *,
        about: Group | None = None,
    ) -> tuple[list[Permit], Readings]:
        """Leave to ask; what there is none for is unknown, and noted."""
        given, uncovered = self._permits(service, facts, statutes, about)
        self.refused += [f"{service}: {fact}" for fact in sorted(uncovered)]
        source = service if service.startswith("lists/") else f"magda/{service}"
        return given, unknown(uncovered, Reason.NO_AUTHORISATION, source, self.now)

    def allowed(self, service: str, told: Readings, *, about: Group | None = None) -> Readings:
        """What an authorisation for this service lets be known; the rest is dropped."""
        given, _ = self._permits(service, told, NO_STATUTES, about)
        names = {fact for permit in given for fact in permit.facts}
        return {name: reading for name, reading in told.items() if name in names}

    def may_tell_age(self, service: str, *, about: Group | None = None) -> bool:
        """Whether a date of birth from this service may decide as which group someone is asked
        about: what is asked then serves any of the rights, so its ground must serve each."""
        of = self.regulation
        rights = {one for each in of.values() for one in each} if isinstance(of, Mapping) else {of}
        return not any(
            permits(
                self.purpose,
                service,
                [BORN],
                self.authorisations,
                self.today,
                about=about,
                regulation=right,
            )[1]
            for right in rights
        )

    def told(
        self,
        service: str,
        facts: Iterable[str],
        ask: Callable[[Permit], Readings],
        about: Group | None,
    ) -> Readings:
        """What one service tells of these facts: a reading of each, whatever it does."""
        given, readings = self.permits(service, facts, about=about)
        for permit in given:
            try:
                told = permit.limit(ask(permit))
            except Unanswered as error:
                told = unknown(permit.facts, error.reason, f"magda/{service}", error.at)
            readings |= told
        return readings

    def _permits(
        self,
        service: str,
        facts: Iterable[str],
        statutes: Mapping[str, Collection[str]],
        about: Group | None,
    ) -> tuple[list[Permit], frozenset[str]]:
        return permits(
            self.purpose,
            service,
            facts,
            self.authorisations,
            self.today,
            statutes,
            about=about,
            regulation=self.regulation,
        )


def unknown(facts: Iterable[str], reason: Reason, source: str, at: datetime) -> Readings:
    return {fact: Reading.unknown(reason, source, at) for fact in facts}
