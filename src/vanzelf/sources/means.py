"""With what the sources are asked: the set-up that a command and the city's checks share."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from vanzelf.rights import Regulation
from vanzelf.sources.gathering import Tell, gather
from vanzelf.sources.lawfulness import Authorisation
from vanzelf.sources.lists import OwnList
from vanzelf.sources.magda.transport import Endpoints
from vanzelf.sources.types import Household


@dataclass(frozen=True, slots=True)
class Means:
    """For which purpose, on what ground, where, and with which lists of the city's own."""

    purpose: str
    authorisations: Sequence[Authorisation]
    endpoints: Endpoints
    lists: Sequence[OwnList]

    def ask(
        self,
        insz: str,
        on: date,
        *,
        now: datetime,
        facts: Collection[str] | None = None,
        everyone: bool = True,
        rights: Sequence[Regulation] | None = None,
        checked_on: date | None = None,
        told: Tell | None = None,
    ) -> Household:
        """What the sources say, as `gather` asks them."""
        return gather(
            insz,
            on,
            purpose=self.purpose,
            authorisations=self.authorisations,
            endpoints=self.endpoints,
            lists=self.lists,
            now=now,
            facts=facts,
            everyone=everyone,
            rights=rights,
            checked_on=checked_on,
            told=told,
        )
