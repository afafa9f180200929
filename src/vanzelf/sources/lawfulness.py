"""No question without a purpose and an authorisation that is valid today.

An authorisation says for which purposes, from which services, which facts may be asked. What it
does not cover is refused *before* anything is sent, and dropped from an answer that has it anyway.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType

from vanzelf.sources.data import SHIPPED, DataError, as_date, load_yaml
from vanzelf.sources.types import Reading

KINDS = ("deliberation", "general authorisation", "protocol", "decree")


class NoAuthorisation(Exception):
    """Nothing was sent: no authorisation covers this question today."""

    def __init__(self, purpose: str, service: str, facts: Collection[str]) -> None:
        self.purpose, self.service, self.facts = purpose, service, tuple(sorted(facts))
        super().__init__(
            f"no authorisation valid today lets {service} be asked {', '.join(self.facts)} "
            f'for the purpose "{purpose}"; add one to authorisations.yaml'
        )


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
    """The ground (machtiging) on which services may be asked facts; both dates are inclusive."""

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
    invented: bool = False

    def covers(self, purpose: str, service: str, today: date) -> bool:
        in_time = self.valid_from <= today and (
            self.valid_until is None or today <= self.valid_until
        )
        return in_time and purpose in self.purposes and service in self.services


@dataclass(frozen=True, slots=True)
class Permit:
    """Leave to ask one service some facts for one purpose; only `permits` makes them."""

    purpose: str
    service: str
    facts: frozenset[str]
    authorisation: Authorisation

    def check(self, service: str, today: date) -> None:
        """Once more, right before sending. Raises `NoAuthorisation`."""
        allowed = service == self.service or service in REGISTRATION
        if not (allowed and self.authorisation.covers(self.purpose, service, today)):
            raise NoAuthorisation(self.purpose, service, self.facts)

    def limit(self, readings: Mapping[str, Reading]) -> dict[str, Reading]:
        """Only what may be known: the rest of an answer is dropped here."""
        return {name: reading for name, reading in readings.items() if name in self.facts}


REGISTRATION = frozenset({"RegistreerInschrijving"})
"""Services that say we hold a file on someone: no facts of their own, so any permit may use
them, if its authorisation names them."""


def permits(
    purpose: str,
    service: str,
    facts: Iterable[str],
    authorisations: Iterable[Authorisation],
    today: date,
    statutes: Mapping[str, Collection[str]] = MappingProxyType({}),
) -> tuple[list[Permit], frozenset[str]]:
    """Divide facts over the authorisations that cover them, and say which none covers.

    `statutes` names, for a fact that is asked as social statuses, which ones: all of them must
    be authorised too. The widest authorisation is used first, so as to ask as few times as can be.
    """
    left = frozenset(facts)
    given: list[Permit] = []
    able = [a for a in authorisations if a.covers(purpose, service, today)]
    while left:
        covered = [(_covered(a, left, statutes), a) for a in able]
        best = max(covered, key=lambda pair: len(pair[0]), default=None)
        if best is None or not best[0]:
            break
        given.append(Permit(purpose, service, best[0], best[1]))
        left -= best[0]
    return given, left


def _covered(
    authorisation: Authorisation, facts: frozenset[str], statutes: Mapping[str, Collection[str]]
) -> frozenset[str]:
    return frozenset(
        fact
        for fact in facts & authorisation.facts
        if authorisation.statutes.issuperset(statutes.get(fact, ()))
    )


@dataclass(frozen=True, slots=True)
class Lawfulness:
    """The purposes and authorisations of one authority."""

    purposes: Mapping[str, Purpose]
    all: Sequence[Authorisation]


def load_authorisations(path: Path | None = None) -> Lawfulness:
    """Read purposes and authorisations; None reads the invented ones that ship for the demo.

    Raises `DataError` naming the file and the entry.
    """
    path = path or SHIPPED / "authorisations.yaml"
    data = load_yaml(path)
    titles, listed = data.get("purposes"), data.get("authorisations")
    if not isinstance(titles, Mapping) or not isinstance(listed, list):
        raise DataError(
            f"{path}: needs purposes (names with a title) and authorisations (a list of entries)"
        )
    purposes = {str(key): Purpose(str(key), str(title)) for key, title in titles.items()}
    entries = [_authorisation(entry, path, purposes) for entry in listed]
    return Lawfulness(MappingProxyType(purposes), tuple(entries))


def _authorisation(entry: object, path: Path, purposes: Collection[str]) -> Authorisation:
    if not isinstance(entry, Mapping):
        raise DataError(f"{path.name}: {entry!r} is no authorisation (reference, kind, title, …)")
    where = f"{path.name}, authorisation {entry.get('reference', '?')}"
    try:
        kind = str(entry["kind"])
        unknown = _names(entry, "purposes", where) - set(purposes)
        if kind not in KINDS:
            raise DataError(f"{where}: kind {kind!r} is none of {', '.join(KINDS)}")
        if unknown:
            raise DataError(f"{where}: purposes not listed above: {', '.join(sorted(unknown))}")
        until = entry.get("valid_until")
        return Authorisation(
            reference=str(entry["reference"]),
            kind=kind,
            title=str(entry["title"]),
            purposes=_names(entry, "purposes", where),
            services=_names(entry, "services", where),
            facts=_names(entry, "facts", where),
            statutes=_names({"statutes": [], **entry}, "statutes", where),
            sender=_sender(entry["sender"], where),
            valid_from=as_date(entry["valid_from"], where),
            valid_until=None if until is None else as_date(until, where),
            invented=bool(entry.get("invented", False)),
        )
    except KeyError as missing:
        raise DataError(f"{where}: {missing.args[0]!r} is missing") from None


def _names(entry: Mapping[str, object], key: str, where: str) -> frozenset[str]:
    names = entry[key]
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise DataError(f"{where}: {key} is a list of names, such as [a, b], not {names!r}")
    return frozenset(names)


def _sender(entry: object, where: str) -> Sender:
    if not isinstance(entry, Mapping) or not entry.get("identification"):
        raise DataError(f"{where}: sender is {{identification: …}}, with capacity if there is one")
    capacity = entry.get("capacity")
    return Sender(str(entry["identification"]), None if capacity is None else str(capacity))
