"""Which facts rights need, which of them an authorisation lets ask, and what stops without it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from vanzelf.rights import Fact, Regulations
from vanzelf.sources.catalogue import HOUSEHOLD, STREET
from vanzelf.sources.lawfulness import Authorisation

ASKED_AS = {"leden": (HOUSEHOLD,), "personen ten laste": (HOUSEHOLD,), "afvalzone": (STREET,)}
"""Facts of rights that stand under another name (or also lean on another) in an authorisation."""

OUTSIDE = ("magda/", "lists/")
"""Sources that are asked: a resident who declares something needs no authorisation of ours."""


@dataclass(frozen=True, slots=True)
class Loss:
    """A right that could no longer be checked whole, and the facts it would miss."""

    right: str
    facts: tuple[str, ...]


def needed(regulations: Regulations) -> dict[str, tuple[str, ...]]:
    """The facts that each right needs from a source, by the names that authorisations use."""
    return {
        regulation.id: tuple(
            sorted({name for path in regulation.needed for name in _asked(regulations, path)})
        )
        for regulation in regulations.values()
    }


def _asked(regulations: Regulations, path: str) -> set[str]:
    fact: Fact = regulations.facts.at(path)
    if not any(source.startswith(OUTSIDE) for source in fact.sources):
        return set()
    also = ASKED_AS.get(fact.name, ())
    return set(also) if fact.members or fact.name == "personen ten laste" else {fact.name, *also}


def rights_by_fact(regulations: Regulations) -> dict[str, tuple[str, ...]]:
    """The rights that need each fact."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for right, facts in needed(regulations).items():
        for fact in facts:
            found[fact].append(right)
    return {fact: tuple(rights) for fact, rights in found.items()}


def covered(authorisations: Iterable[Authorisation], today: date, right: str) -> frozenset[str]:
    """The facts that may be asked today for a right, whatever the purpose and of whomever."""
    return frozenset().union(
        *(each.facts for each in authorisations if each.valid(today) and each.serves([right]))
    )


def lost(
    authorisation: Authorisation,
    authorisations: Iterable[Authorisation],
    today: date,
    rights: Mapping[str, Iterable[str]],
) -> list[Loss]:
    """What stops when this authorisation ends: facts of rights (`needed`) that no other covers."""
    others = [each for each in authorisations if each.reference != authorisation.reference]
    losses = []
    for right, facts in rights.items():
        if authorisation.serves([right]):
            still = covered(others, today, right)
            missing = sorted((set(facts) & authorisation.facts) - still)
            if missing:
                losses.append(Loss(right, tuple(missing)))
    return losses
