"""Which question gives which fact, and what counts as a dependant: `sources.yaml`, read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType

from vanzelf.sources.data import SHIPPED, DataError, load_yaml
from vanzelf.sources.proofs import Proofs, read_proofs
from vanzelf.sources.types import Reason

PERSON_FACTS = ("geboortedatum", "overleden", "gemeente", "postcode")
"""Facts of a person that GeefPersoon gives."""

STREET = "straat"
"""Not a fact of any right; asked only to find the zone of an address."""

HOUSEHOLD = "gezinsleden"
"""Who lives together: GeefGezinssamenstelling, else GeefPersoon."""


@dataclass(frozen=True, slots=True)
class Dependants:
    """Whom to count as a dependant, by the register's position codes."""

    younger_than: int | None  # full years on the day; None: any age
    positions: frozenset[str] | None  # None: any position that is not in `never`
    never: frozenset[str]
    note: Mapping[str, str]  # language → how the rule was read: it is an interpretation


@dataclass(frozen=True, slots=True)
class Catalogue:
    statutes: Mapping[str, tuple[str, ...]]  # fact → statute names, any of which makes it true
    unverified: frozenset[str]  # facts whose statute names are guesses
    status_codes: Mapping[str, Reason]
    dependants: Dependants
    proofs: Proofs = field(default_factory=Proofs)  # what other services prove


def load_catalogue(path: Path | None = None) -> Catalogue:
    """Read `sources.yaml`; None reads the one that ships. Raises `DataError`."""
    path = path or SHIPPED / "sources.yaml"
    data = load_yaml(path)
    try:
        rule = data["dependants"]
        positions, limit = rule["positions"], rule["younger than"]
        return Catalogue(
            statutes=MappingProxyType(
                {fact: tuple(entry["names"]) for fact, entry in data["statutes"].items()}
            ),
            unverified=frozenset(
                fact for fact, entry in data["statutes"].items() if not entry["verified"]
            ),
            status_codes=MappingProxyType(
                {code: Reason(reason) for code, reason in data["status codes"].items()}
            ),
            dependants=Dependants(
                younger_than=None if limit is None else int(limit),
                positions=None if positions == "any" else frozenset(positions),
                never=frozenset(rule["never"]),
                note=MappingProxyType(dict(rule["note"])),
            ),
            proofs=read_proofs(data),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise DataError(f"{path}: {error!r}; see the shipped sources.yaml for the form") from None


@cache
def shipped() -> Catalogue:
    return load_catalogue()
