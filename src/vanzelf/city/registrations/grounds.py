"""On what ground, and as whom, a registration is made: what asks for the right may register."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial

from vanzelf.city import regulations
from vanzelf.city.lawfulness.queries import in_force
from vanzelf.sources import Authorisation, Endpoints, Sender
from vanzelf.sources.lawfulness import Group, Permit, permits

Identity = tuple[str, str]  # Identificatie, Hoedanigheid

PURPOSE = "toekenning"
SERVICE = "RegistreerInschrijving"


def require_address(endpoints: Endpoints) -> None:
    """Raises `EndpointError` when nobody said where to register."""
    endpoints.service(SERVICE).address(SERVICE)


class Grounds:
    """For each right, the identities under which its facts are asked, with leave to register.

    Raises `DataError` when the authorisations cannot be read.
    """

    def __init__(self, endpoints: Endpoints, today: date) -> None:
        self._endpoints, self._today = endpoints, today
        self._authorisations = in_force().all
        self._of: dict[str, dict[Identity, Permit]] = {}

    def of(self, right: str) -> dict[Identity, Permit]:
        """Of one right; nothing for a right that asks no source, or that is no longer there."""
        if right not in self._of:
            self._of[right] = dict(self._made(right))
        return self._of[right]

    def _made(self, right: str) -> Iterator[tuple[Identity, Permit]]:
        try:
            needed = regulations.regulation(right).needed
        except LookupError:
            return
        names = {path.rpartition(".")[2] for path in needed}
        permit = partial(permits, PURPOSE, SERVICE, about=Group.RESIDENTS, regulation=right)
        for ground in self._authorisations:
            given, _ = permit(names & ground.facts, [ground], self._today)
            for one in given:
                for sender in self._senders(ground):
                    identity = sender.identification, sender.capacity or ""
                    yield identity, replace(one, authorisation=replace(ground, sender=sender))

    def _senders(self, ground: Authorisation) -> set[Sender]:
        """As whom its services are asked: settings may name another than the authorisation."""
        return {
            self._endpoints.service(service).sender or ground.sender
            for service in ground.services
            if service.startswith("Geef")
        }
