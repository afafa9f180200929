"""The lists in use as columns over the delivery of the register, for a check of everyone.

A run keeps what it laid in a sealed file until its preview is there: its other processes read it,
and a run that is taken up again sees the same lists. A simulation keeps it in memory.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from django.db.models import Q

from vanzelf.city import clock, secrets
from vanzelf.city.lawfulness.queries import in_force
from vanzelf.city.lists import laid
from vanzelf.city.lists.laid import Laid
from vanzelf.city.lists.layouts import layouts
from vanzelf.city.lists.models import Delivery
from vanzelf.city.lists.queries import taken_in
from vanzelf.city.people.models import InszAlias, Person
from vanzelf.city.time_axes import CURRENT
from vanzelf.population import Population
from vanzelf.population.tables import HOUSEHOLDS, PERSONS
from vanzelf.rights import Regulation
from vanzelf.sources import Reason
from vanzelf.sources.lawfulness import Authorisation, Group, permits
from vanzelf.sources.lists import OwnList, Row
from vanzelf.sources.lists.own import plain

PURPOSE = "toekenning"
GROUPS = (Group.RESIDENTS, Group.MEMBERS)
ADDRESS = {"postcode": "postcode", "straat": "street"}
"""The columns of a delivery that hold the parts of an address, by their name in a layout."""


@dataclass(frozen=True)
class Use:
    """What is looked at of one list that was taken in: the facts that some right needs, and those
    of them that may be looked at for all these rights."""

    own: OwnList
    delivery: int
    facts: tuple[str, ...]
    allowed: frozenset[str]
    stale: bool

    @property
    def mark(self) -> str:
        """Equal where the same would be laid."""
        allowed = ",".join(sorted(self.allowed))
        return f"{self.delivery}:{','.join(self.facts)}:{allowed}:{self.stale}"


def uses(rights: Sequence[Regulation], on: date, *, known: datetime | None = None) -> list[Use]:
    """The lists that were taken in (at the moment `known`: by then) and that some of these rights
    look at.

    Those from a folder beside the city are in the delivery as it is: they are not laid over it.
    """
    needed, found = _needed(rights), []
    for own, delivery in taken_in(on, known):
        facts = tuple(fact for fact in own.layout.facts if fact in needed)
        if facts:
            allowed = _allowed(own, {fact: needed[fact] for fact in facts})
            found.append(Use(own, delivery.pk, facts, allowed, on > own.last_day))
    return found


def changed_since(rights: Sequence[Regulation], moment: datetime) -> bool:
    """Whether a list that some of these rights look at was taken in or taken back since."""
    needed = _needed(rights)
    names = [name for name, one in layouts().items() if needed.keys() & set(one.facts)]
    since = Q(taken_at__gt=moment) | Q(undone_at__gt=moment)
    return Delivery.objects.filter(since, name__in=names).exists()


def _needed(rights: Sequence[Regulation]) -> dict[str, list[str]]:
    """By fact the rights that need it."""
    needed: dict[str, list[str]] = {}
    for right in rights:
        for path in right.needed:
            needed.setdefault(path.rpartition(".")[2], []).append(right.id)
    return needed


def over(people: Population, found: Sequence[Use], on: date) -> Laid:
    """What these lists say of everyone on a day."""
    laid_over = Laid({}, {}, {})
    for use in found:
        laid_over.lists[use.own.layout.name] = use.delivery
        _lay(laid_over, people, use, on)
    return laid_over


def lay(people: Population, regulation: Regulation, on: date, file: Path) -> None:
    """Writes what the lists in use say of everyone, of the facts that the right needs; nothing
    when no list does."""
    found = over(people, uses([regulation], on), on)
    if found.lists:
        laid.write(found, file)


def _lay(found: Laid, people: Population, use: Use, on: date) -> None:
    own = use.own
    section = "persoon" if own.layout.person else "gezin"
    table = PERSONS if own.layout.person else HOUSEHOLDS
    columns = _of_persons if own.layout.person else _of_addresses
    told = columns(people, own, use.facts, on)
    for fact in use.facts:
        column, reason = told[fact], Reason.NO_DATA
        if fact not in use.allowed:
            column, reason = pa.nulls(len(column), column.type), Reason.NO_AUTHORISATION
        elif use.stale:
            column, reason = pa.nulls(len(column), column.type), Reason.STALE
        found.columns[table, people.catalogue.at(f"{section}.{fact}").id] = column
        found.reasons[f"{section}.{fact}"] = str(reason)


def _allowed(own: OwnList, needed: dict[str, list[str]]) -> frozenset[str]:
    """The facts that may be looked at for everyone, of themselves and of who lives with them, for
    every right that needs them."""
    allowed, ground = frozenset(needed), in_force().all
    for right in sorted({right for rights in needed.values() for right in rights}):
        of_right = frozenset(fact for fact in allowed if right in needed[fact])
        allowed -= of_right - _permitted(own, of_right, ground, right)
    return allowed


def _permitted(
    own: OwnList, facts: frozenset[str], ground: Sequence[Authorisation], right: str
) -> frozenset[str]:
    day = clock.today()
    for group in GROUPS:
        given, _ = permits(
            PURPOSE, own.layout.source, facts, ground, day, about=group, regulation=right
        )
        facts = frozenset(fact for permit in given for fact in permit.facts)
    return facts


def _of_persons(
    people: Population, own: OwnList, facts: Sequence[str], on: date
) -> dict[str, pa.Array]:
    """Per fact whether it holds on the day, for everyone; who is not on a list that is not whole
    is not known."""
    numbers = people.column(PERSONS, "insz")
    rows = [row for row in own.rows if row.covers(on)]
    now = _present({row.about[0] for row in rows}, set(numbers.to_pylist()))
    found = {}
    for fact in facts:
        listed = {now(row.about[0]) for row in rows if row.code == fact}
        holds = pc.is_in(numbers, value_set=pa.array(sorted(listed), pa.string()))
        absent = pa.scalar(False if own.complete else None, pa.bool_())
        found[fact] = pc.if_else(holds, True, absent)
    return found


def _present(listed: set[str], known: set[str]) -> Callable[[str], str]:
    """From a number on a list to the one in the register: someone's number may have changed."""
    strangers = sorted(listed - known)
    indexes = dict(zip(secrets.blind_indexes(strangers), strangers, strict=True))
    aliases = InszAlias.objects.filter(index__in=indexes).select_related("person")
    renamed = {
        indexes[bytes(alias.index)]: insz for alias in aliases if (insz := _number(alias.person))
    }
    return lambda number: renamed.get(number, number)


def _number(person: Person) -> str | None:
    alias = person.aliases.filter(CURRENT).order_by("-id").first()
    return alias.open() if alias else None


def _of_addresses(
    people: Population, own: OwnList, facts: Sequence[str], on: date
) -> dict[str, pa.Array]:
    """The value of each household's address; one that is not listed is not known."""
    by_address: dict[tuple[str, ...], Row] = {}
    for row in own.rows:
        if row.covers(on):
            by_address.setdefault(row.about_key, row)
    parts = [people.column(HOUSEHOLDS, ADDRESS[name]).to_pylist() for name in own.layout.address]
    keys = zip(*parts, strict=True)
    codes = [
        by_address[key].code if None not in one and (key := _key(one)) in by_address else None
        for one in keys
    ]
    return dict.fromkeys(facts, pa.array(np.array(codes, dtype=object), pa.string()))


def _key(parts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(plain, parts))
