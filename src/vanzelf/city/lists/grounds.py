"""On what ground a list may be kept: which of its facts an authorisation of today covers."""

from __future__ import annotations

from dataclasses import dataclass

from vanzelf.city import clock
from vanzelf.city.lawfulness.queries import in_force
from vanzelf.city.regulations import regulations
from vanzelf.sources.lawfulness import Group, permits
from vanzelf.sources.lists import Layout

PURPOSES = ("controle", "toekenning")
GROUPS = (Group.RESIDENTS, Group.MEMBERS, Group.ADULTS, Group.CHILDREN)


@dataclass(frozen=True)
class Ground:
    """The facts of a list that may be kept, and the references that say so."""

    facts: frozenset[str]
    references: tuple[str, ...]


def ground(layout: Layout) -> Ground:
    """What may be kept for some purpose, about some group of persons, for some right. When a
    question is asked of the list, its own purpose, person and right are looked at again."""
    known = regulations()
    rights = dict.fromkeys(layout.facts, tuple(known))
    given = [
        permit
        for purpose in PURPOSES
        for group in GROUPS
        for permit in permits(
            purpose,
            layout.source,
            layout.facts,
            in_force().all,
            clock.today(),
            about=group,
            regulation=rights,
        )[0]
    ]
    facts = frozenset(fact for permit in given for fact in permit.facts)
    return Ground(facts, tuple(sorted({permit.authorisation.reference for permit in given})))
