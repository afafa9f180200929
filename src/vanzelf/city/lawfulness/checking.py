"""What is odd in a file of authorisations, though it can be read: names that nothing knows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from vanzelf.city.lawfulness.needs import covered, needed
from vanzelf.rights import Regulations
from vanzelf.sources.catalogue import HOUSEHOLD, STREET, Catalogue
from vanzelf.sources.lawfulness import Lawfulness, State, state


def oddities(
    lawfulness: Lawfulness, regulations: Regulations, catalogue: Catalogue, today: date
) -> Iterator[str]:
    """One line for each thing that a person should look at, with what to do."""
    facts = regulations.facts.names() | {HOUSEHOLD, STREET}
    statutes = {name for names in catalogue.statutes.values() for name in names}
    for one in lawfulness.all:
        for what, names, known in (
            ("fact", one.facts, facts),
            ("statute", one.statutes, statutes),
            ("right", one.regulations, frozenset(regulations)),
        ):
            for name in sorted(names - known):
                yield f"{one.reference}: {what} {name!r} is not known here; is it spelled well?"
        if state(one, today) is State.EXPIRED:
            yield f"{one.reference}: ended on {one.valid_until}; nothing is asked under it"
    yield from _gaps(lawfulness, regulations, today)


def _gaps(lawfulness: Lawfulness, regulations: Regulations, today: date) -> Iterator[str]:
    used = {one.activity for one in lawfulness.all}
    for name, activity in lawfulness.activities.items():
        if name not in used and not activity.data:
            yield f"activity {name}: no authorisation names it and it tells no data of its own"
    wanted: set[str] = set()
    for right, names in needed(regulations).items():
        wanted |= set(names)
        missing = sorted(set(names) - covered(lawfulness.all, today, right))
        if missing:
            yield f"{right}: may not be asked today: {', '.join(missing)}"
    valid = [one for one in lawfulness.all if one.valid(today)]
    spare = sorted(frozenset().union(*(one.facts for one in valid)) - wanted)
    if spare:
        yield f"may be asked, and no right needs it: {', '.join(spare)}"
