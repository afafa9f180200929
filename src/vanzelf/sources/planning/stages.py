"""In which order facts are asked about a right: as data, from the facts and the authorisations."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from vanzelf.rights import Fact, Regulation
from vanzelf.rights.facts import SENSITIVITIES
from vanzelf.sources import catalogue as sources
from vanzelf.sources.lawfulness import EVERYONE, Authorisation, Group, permits
from vanzelf.sources.planning.data import Knowledge, shipped

REGISTER = frozenset({"GeefPersoon", "GeefGezinssamenstelling", "GeefHistoriekGezinssamenstelling"})
"""Who someone is, where and with whom they live: the city holds its own register of that."""
SOCIAL = "GeefSociaalStatuut"
SOCIAL_LIST = "GeefSociaalStatuutVoorLijst"
"""The same statutes, of everyone on a list: the only questions that have a form as a file."""


class Kind(StrEnum):
    """How intrusive a question is, the least first; what is held here comes before all of them."""

    FAMILY = "family"  # yes or no, once for several members
    YES_NO = "yes-no"
    VALUE = "value"


@dataclass(frozen=True, slots=True)
class Stage:
    """Facts of one kind that one service is asked, in the order in which they are tried."""

    kind: Kind
    service: str
    facts: tuple[str, ...]
    """By path: `persoon.leefloon`, `gezin.belastbaar inkomen`."""


@dataclass(frozen=True, slots=True)
class Askable:
    """A fact that may be asked of a service that stands outside the city, and about whom."""

    fact: Fact
    service: str
    about: frozenset[Group]

    @property
    def kind(self) -> Kind:
        return Kind.YES_NO if self.fact.type == "boolean" else Kind.VALUE


def stages(
    regulation: Regulation,
    authorisations: Iterable[Authorisation],
    *,
    purpose: str,
    today: date,
    knowledge: Knowledge | None = None,
    by_file: bool = False,
) -> tuple[Stage, ...]:
    """The questions about a right that leave the city, in order of intrusiveness.

    Before the first stage stands what the city holds itself: its lists and its register. After
    the last stands the resident. Within a kind, the less sensitive facts come first, and then the
    most likely. A fact for which there is no authorisation today is in no stage; `by_file` leaves
    out what a file cannot ask.
    """
    knowledge = knowledge or shipped()
    grounds = tuple(authorisations)
    single = askable(regulation, grounds, purpose=purpose, today=today, by_file=by_file)
    found: dict[tuple[Kind, str], list[Fact]] = {}
    for one in family_facts(regulation, single, grounds, purpose, today, knowledge):
        found.setdefault((Kind.FAMILY, one.service), []).append(one.fact)
    for one in single:
        found.setdefault((one.kind, one.service), []).append(one.fact)

    def order(fact: Fact) -> tuple[int, float, str]:
        return SENSITIVITIES.index(fact.sensitivity), -knowledge.share(fact.name), fact.path

    def intrusiveness(stage: Stage) -> tuple[int, bool, tuple[int, float, str]]:
        """A service that says yes or no goes before one that hands over a whole file."""
        first = order(regulation.catalogue[stage.facts[0]])
        return list(Kind).index(stage.kind), stage.service != SOCIAL, first

    listed = (
        Stage(kind, service, tuple(fact.path for fact in sorted(facts, key=order)))
        for (kind, service), facts in found.items()
    )
    return tuple(sorted(listed, key=intrusiveness))


def askable(
    regulation: Regulation,
    authorisations: Iterable[Authorisation],
    *,
    purpose: str,
    today: date,
    by_file: bool = False,
) -> list[Askable]:
    """The facts of a right that may be asked outside the city today; `by_file`: in lists."""
    catalogue = regulation.catalogue
    facts = {catalogue.at(path).path: catalogue.at(path) for path in regulation.needed}
    grounds = tuple(authorisations)
    look = _listed if by_file else _askable
    found = (look(one, grounds, purpose, today, regulation.id) for one in facts.values())
    return [one for one in found if one is not None]


def _askable(
    fact: Fact, grounds: Iterable[Authorisation], purpose: str, today: date, right: str
) -> Askable | None:
    """The first source that is not the city's own and may be asked; None when there is none."""
    for source in fact.sources:
        place, _, service = source.partition("/")
        if service in REGISTER:
            return None
        if place == "magda":
            about = _about(fact, service, grounds, purpose, today, right)
            if about:
                return Askable(fact, service, about)
    return None


def _listed(
    fact: Fact, grounds: Iterable[Authorisation], purpose: str, today: date, right: str
) -> Askable | None:
    """The same by file: only social statutes of persons have such a form."""
    if fact.section != "persoon" or fact.name not in sources.shipped().statutes:
        return None
    about = _about(fact, SOCIAL_LIST, grounds, purpose, today, right)
    return Askable(fact, SOCIAL_LIST, about) if about else None


def _about(
    fact: Fact,
    service: str,
    grounds: Iterable[Authorisation],
    purpose: str,
    today: date,
    right: str,
) -> frozenset[Group]:
    statutes = sources.shipped().statutes if service in (SOCIAL, SOCIAL_LIST) else {}
    return frozenset(
        group
        for group in EVERYONE
        if not permits(
            purpose,
            service,
            [fact.name],
            grounds,
            today,
            statutes,
            about=group,
            regulation=right,
        )[1]
    )


def family_facts(
    regulation: Regulation,
    single: Iterable[Askable],
    grounds: Iterable[Authorisation],
    purpose: str,
    today: date,
    knowledge: Knowledge,
) -> Iterable[Askable]:
    """Facts that speak for several members, of those that this right asks of single persons."""
    for one in single:
        family = knowledge.families.get(one.fact.name)
        if family is None:
            continue
        fact = regulation.catalogue[f"{one.fact.section}.{family.fact}"]
        about = _about(fact, one.service, grounds, purpose, today, regulation.id)
        if Group.RESIDENTS in about and family.rules(purpose):
            yield Askable(fact, one.service, about)
