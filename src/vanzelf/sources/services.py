"""Which service answers which facts, one after the other until one of them knows."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from typing import TypeAlias

from vanzelf.sources import statuses
from vanzelf.sources.asking import Asker, Readings
from vanzelf.sources.catalogue import Catalogue
from vanzelf.sources.lawfulness import Group
from vanzelf.sources.types import Reading, Reason

Ask: TypeAlias = Callable[..., Readings]


def services_of(catalogue: Catalogue, *, all_: bool) -> frozenset[str]:
    """The facts that services give of one person: social statuses, and with `all_` also those that
    only a service of amounts or files gives."""
    found = frozenset(catalogue.statutes)
    proofs = catalogue.proofs
    if not all_:
        return found
    wage = proofs.living_wage.facts if proofs.living_wage else frozenset()
    return found.union(wage, proofs.disability, proofs.child_benefits, proofs.support)


def of_person(asker: Asker, insz: str, facts: Collection[str], *, about: Group | None) -> Readings:
    """Each fact of its first service that knows it: a yes or no before amounts and files. A no to
    a status whose name is a guess stands only where the next service has nothing to say."""
    left = frozenset(facts)
    readings = asker.social(insz, left & asker.catalogue.statutes.keys(), about=about)
    for ask in (asker.living_wage, asker.disability, asker.child_benefits, asker.support):
        open_ = {
            name for name in left if name not in readings or not statuses.settles(readings[name])
        }
        told = ask(insz, open_, about=about)
        readings |= {
            name: reading
            for name, reading in told.items()
            if name not in readings or _goes_before(reading, readings[name])
        }
    return readings


def _goes_before(later: Reading, first: Reading) -> bool:
    """Whether a second service decides. Over a guessed no it does when it knows, and when it could
    not be asked or did not answer: that no is then not known."""
    return later.known or (first.known and later.reason is not Reason.NO_DATA)


def of_household(
    asker: Asker,
    members: Collection[tuple[str, date | None, Group]],
    facts: Collection[str],
    *,
    own: str,
) -> Readings:
    """Facts of a household: the incomes of its adults together."""
    return asker.household_income(members, frozenset(facts), own=own)
