"""The register of processing activities, made from the authorisations (GDPR, article 30)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from vanzelf.city.retention import class_of
from vanzelf.rights import Regulations
from vanzelf.sources.catalogue import HOUSEHOLD, STREET
from vanzelf.sources.lawfulness import Activity, Authorisation, Group, Lawfulness
from vanzelf.sources.lawfulness.processing import AUDIENCES

SENSITIVE = frozenset({"health"})
"""Special categories of GDPR article 9: of our facts, those about health."""

NAMED = {HOUSEHOLD: ("gezinsleden", "basis"), STREET: ("straat", "basis")}
"""Facts of authorisations that no regulation names: what they are called, and how sensitive."""


@dataclass(frozen=True, slots=True)
class Data:
    """A kind of data and about whom."""

    what: str
    about: str


@dataclass(frozen=True, slots=True)
class Processing:
    """One activity with every field that Ghent publishes, and the grounds it leans on."""

    identifier: str
    title: str
    description: str
    category: str
    processor: str
    ground: str
    clarification: str
    personal: tuple[Data, ...]
    sensitive: tuple[Data, ...]
    recipients: tuple[str, ...]
    retention: tuple[str, ...]
    audience: str
    invented: bool
    authorisations: tuple[Authorisation, ...]


def register(
    lawfulness: Lawfulness, regulations: Regulations, today: date
) -> tuple[Processing, ...]:
    """Every activity, those about residents first; data of authorisations that hold today."""
    valid = [each for each in lawfulness.all if each.valid(today)]
    activities = sorted(
        lawfulness.activities.values(), key=lambda one: (AUDIENCES.index(one.audience), one.title)
    )
    return tuple(
        _processing(activity, [each for each in valid if each.activity == activity.id], regulations)
        for activity in activities
    )


def fact_data(name: str, regulations: Regulations) -> tuple[str, str]:
    """What a fact is called in Dutch, and how sensitive it is; its own name when not listed."""
    if name in NAMED:
        return NAMED[name]
    found = (fact for fact in regulations.facts.values() if fact.name == name)
    fact = next(found, None)
    return (name, "basis") if fact is None else (fact.names["nl"], fact.sensitivity)


def about_whom(groups: Iterable[Group]) -> str:
    """Groups in words, without those that another of them holds."""
    named = set(groups)
    if Group.MEMBERS in named:
        named -= {Group.ADULTS, Group.CHILDREN}
    return ", ".join(group for group in Group if group in named)


def _processing(
    activity: Activity, grounds: list[Authorisation], regulations: Regulations
) -> Processing:
    groups: defaultdict[str, set[Group]] = defaultdict(set)
    for ground in grounds:
        for fact in ground.facts:
            groups[fact] |= ground.units
    personal, sensitive = _data(groups, regulations)
    own = tuple(Data(what, about) for about, kinds in activity.data.items() for what in kinds)
    return Processing(
        identifier=activity.id,
        title=activity.title,
        description=activity.description,
        category=activity.category,
        processor=activity.processor,
        ground=activity.ground,
        clarification=activity.clarification,
        personal=(*personal, *own),
        sensitive=sensitive,
        recipients=activity.recipients,
        retention=tuple(_kept(name) for name in activity.retention),
        audience=activity.audience,
        invented=activity.invented,
        authorisations=tuple(sorted(grounds, key=lambda ground: ground.reference)),
    )


def _data(
    groups: Mapping[str, Iterable[Group]], regulations: Regulations
) -> tuple[tuple[Data, ...], tuple[Data, ...]]:
    """Ordinary and sensitive data, each by name."""
    split: tuple[list[Data], list[Data]] = ([], [])
    for fact, about in groups.items():
        name, sensitivity = fact_data(fact, regulations)
        split[sensitivity in SENSITIVE].append(Data(name, about_whom(about)))
    ordinary, sensitive = (
        tuple(sorted(part, key=lambda one: one.what.casefold())) for part in split
    )
    return ordinary, sensitive


def _kept(name: str) -> str:
    """A class of data of the retention plan, with its term; its id when the plan has it not."""
    try:
        kept = class_of(name)
    except LookupError:
        return name
    return f"{kept.names['nl']}: {kept.kept_for('nl')} ({kept.counted_from['nl']})"
