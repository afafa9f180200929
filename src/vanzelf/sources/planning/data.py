"""What `sources.yaml` says for planning: answers that speak for a family, and what is likely."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from vanzelf.sources.data import SHIPPED, DataError, load_yaml

NEVER = 0.0
HUNDRED = 100


@dataclass(frozen=True, slots=True)
class SpeaksFor:
    """Members for whom the answer about the reference person speaks too, and on what ground."""

    positions: frozenset[str] | None
    """Codes of the register; None is every position."""
    younger_than: int | None
    """Full years on the day; who has no known age then is not spoken for."""
    purposes: frozenset[str] | None
    """None is every purpose."""
    ground: str


@dataclass(frozen=True, slots=True)
class Family:
    """A fact that tells at once of several members whether one of them has another fact."""

    fact: str
    """As `sources.yaml` names it: `gezin met verhoogde tegemoetkoming`."""
    of: str
    """The fact of a single person: `verhoogde tegemoetkoming`."""
    speaks_for: tuple[SpeaksFor, ...]
    interpretation: bool

    def rules(self, purpose: str) -> tuple[SpeaksFor, ...]:
        """Those that hold for a purpose."""
        return tuple(
            one for one in self.speaks_for if one.purposes is None or purpose in one.purposes
        )


@dataclass(frozen=True, slots=True)
class Likely:
    """How often a yes is to be expected, and at which ages (inclusive): only to order questions."""

    share: float
    ages: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What planning knows beforehand, by the name of the fact."""

    families: Mapping[str, Family]
    """By the fact of a single person that the answer tells of."""
    likely: Mapping[str, Likely]

    def share(self, fact: str) -> float:
        """The chance of a yes; nothing said is the least likely."""
        known = self.likely.get(fact)
        return NEVER if known is None else known.share

    def without_families(self) -> Knowledge:
        """The same, for whoever wants answers about single persons only."""
        return Knowledge({}, self.likely)


def load_knowledge(path: Path | None = None) -> Knowledge:
    """Read `families` and `likely` of `sources.yaml`; None reads the one that ships.

    A file without them is one in which no answer speaks for others. Raises `DataError`.
    """
    path = path or SHIPPED / "sources.yaml"
    data = load_yaml(path)
    try:
        families = [_family(fact, entry) for fact, entry in data.get("families", {}).items()]
        likely = {fact: _likely(entry) for fact, entry in data.get("likely", {}).items()}
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise DataError(
            f"{path}: families or likely: {error!r}; see the shipped sources.yaml for the form"
        ) from None
    return Knowledge(
        MappingProxyType({family.of: family for family in families}), MappingProxyType(likely)
    )


def _family(fact: str, entry: Mapping[str, Any]) -> Family:
    return Family(
        fact,
        str(entry["of"]),
        tuple(_speaks_for(rule) for rule in entry["speaks for"]),
        bool(entry.get("interpretation", False)),
    )


def _speaks_for(rule: Mapping[str, Any]) -> SpeaksFor:
    positions, limit, purposes = rule["positions"], rule.get("younger than"), rule.get("purposes")
    return SpeaksFor(
        None if positions == "any" else frozenset(map(str, positions)),
        None if limit is None else int(limit),
        None if purposes is None else frozenset(map(str, purposes)),
        str(rule["ground"]),
    )


def _likely(entry: Mapping[str, Any]) -> Likely:
    share, ages = float(entry["in a hundred"]) / HUNDRED, entry.get("ages")
    if ages is None:
        return Likely(share)
    youngest, oldest = ages
    return Likely(share, (int(youngest), int(oldest)))


@cache
def shipped() -> Knowledge:
    return load_knowledge()
