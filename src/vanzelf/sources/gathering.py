"""Gathering the facts about a person and about those they live with, from every source."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeAlias

from vanzelf.rights import Regulation
from vanzelf.sources import households, persons
from vanzelf.sources.asking import Asker, Readings
from vanzelf.sources.catalogue import HOUSEHOLD, PERSON_FACTS, STREET, Catalogue, shipped
from vanzelf.sources.clock import BRUSSELS
from vanzelf.sources.households import Composition
from vanzelf.sources.lawfulness import Authorisation, Group, group_of
from vanzelf.sources.lists import OwnList
from vanzelf.sources.magda.client import Magda, Patience
from vanzelf.sources.magda.transport import Endpoints
from vanzelf.sources.planning.one_household import Planned, needed_by
from vanzelf.sources.services import of_household, of_person, services_of
from vanzelf.sources.types import Household, Member, NotAsked, Reading, Reason, Told

Tell: TypeAlias = Callable[[Sequence[str]], Told]


def gather(
    insz: str,
    on: date,
    *,
    purpose: str,
    authorisations: Iterable[Authorisation],
    endpoints: Endpoints,
    now: datetime,
    lists: Sequence[OwnList] = (),
    user: str | None = None,
    facts: Collection[str] | None = None,
    everyone: bool = True,
    patience: Patience | None = None,
    catalogue: Catalogue | None = None,
    rights: Sequence[Regulation] | None = None,
    checked_on: date | None = None,
    told: Tell | None = None,
) -> Household:
    """Ask about a person, and (`everyone`) about all they live with, on one day.

    With `rights`, only what can still change the verdict of one of them is asked, the least
    intrusive first, and it stops when all stand; `checked_on` is the day of their check (default:
    `on`, on which they look at the facts). `Household.not_asked` says what was left and why.
    `told` gives what people of these numbers said themselves, which decides what still matters.

    Without, everything is asked; `facts` limits what is asked about persons to these names (None:
    all that the catalogue of statutes and the lists know).

    `now` is the moment of asking: authorisations must be valid on that day in Belgium. `user` is
    the INSZ of the member of staff who looks, and none in a run. Raises nothing for what a source
    does; `EndpointError` when no address is set.
    """
    today = now.astimezone(BRUSSELS).date()
    if rights is not None:
        facts = frozenset(facts or ()) | needed_by(rights).keys()
    gathering = _Gathering(
        asker=Asker(
            on=on,
            now=now,
            today=today,
            purpose=purpose,
            authorisations=tuple(authorisations),
            magda=Magda(endpoints, lambda: now, today, user, patience or Patience()),
            catalogue=catalogue or shipped(),
            regulation=None if rights is None else _needed(rights, lists),
        ),
        lists=lists,
        facts=facts,
    )
    gathering.ask_person(insz)
    if everyone:
        gathering.meet_others()
    if rights is None:
        gathering.ask_everything()
    else:
        gathering.ask_what_matters(rights, checked_on or on, told)
    return gathering.household(insz)


@dataclass(slots=True)
class _Person:
    """Someone of the household, with what is known so far."""

    insz: str
    position: str | None
    about: Group
    readings: Readings
    former: tuple[str, ...] = ()


@dataclass(slots=True)
class _Gathering:
    asker: Asker
    lists: Sequence[OwnList]
    facts: Collection[str] | None
    composition: Composition = field(init=False)
    people: list[_Person] = field(default_factory=list)  # the person asked about first
    of_home: Readings = field(default_factory=dict)
    not_asked: tuple[NotAsked, ...] = ()

    @property
    def person(self) -> _Person:
        return self.people[0]

    def ask_person(self, insz: str) -> None:
        """The register first: it knows the present number, the address and the household."""
        wanted = self._wanted(PERSON_FACTS) | self._address() | {HOUSEHOLD}
        own = Group.RESIDENTS
        readings, person = self.asker.register(insz, wanted, about=own)
        number = person.insz if person else insz
        by_register = readings.pop(HOUSEHOLD)
        self.composition, told = self.asker.household(number, person, by_register, about=own)
        readings = persons.contradict(readings, told)
        positions = {member.insz: member.position for member in self.composition.members}
        former = () if number == insz else (insz,)
        self.people = [_Person(number, positions.get(number), own, readings, former)]
        self._listed(self.person)

    def meet_others(self) -> None:
        """What the household's answer tells of the others, and the city's lists."""
        source, at = self.composition.reading.source, self.composition.reading.as_of
        wanted, service = self._wanted(PERSON_FACTS), source.removeprefix("magda/")
        by_age = self.asker.may_tell_age(service, about=Group.MEMBERS)
        for relative in self.composition.members:
            if relative.insz is None or relative.insz == self.person.insz:
                continue
            told = persons.relative_readings(relative, source, at, self.asker.on)
            allowed = self.asker.allowed(service, told, about=Group.MEMBERS)
            # Their age counts only where it may be known, for every right that is asked for.
            born = _born(allowed) if by_age else None
            about = group_of(own=False, born=born, on=self.asker.today)
            allowed |= self.asker.allowed(service, told, about=about)
            readings = {name: allowed[name] for name in wanted & allowed.keys()}
            other = _Person(relative.insz, relative.position, about, readings)
            self._listed(other)
            self.people.append(other)

    def ask_everything(self) -> None:
        """Every fact that is wanted, of everyone."""
        of_persons = self._wanted(services_of(self.asker.catalogue, all_=self.facts is not None))
        for one in self.people:
            told = of_person(self.asker, one.insz, of_persons - _known(one), about=one.about)
            one.readings = {**one.readings, **told}
        if self.facts is not None:
            self._ask_of_household(frozenset(self.facts))

    def ask_what_matters(self, rights: Sequence[Regulation], on: date, told: Tell | None) -> None:
        """Only what can still change a verdict, one answer after another."""
        numbers = [one.insz for one in self.people]
        planned = Planned(
            rights,
            on,
            purpose=self.asker.purpose,
            authorisations=self.asker.authorisations,
            today=self.asker.today,
            positions=[one.position for one in self.people],
            told=told(numbers) if told else None,
        )
        while questions := planned.next(self._of_household(), self._told()):
            for row, names in questions.of_persons.items():
                one = self.people[row]
                found = of_person(self.asker, one.insz, names, about=one.about)
                one.readings = {**one.readings, **found}
            self._ask_of_household(questions.of_household)
        home, of_people = planned.conclude(self._of_household(), self._told(), self.asker.now)
        self.of_home = {**home, **self.of_home}
        for one, readings in zip(self.people, of_people, strict=True):
            one.readings = {**readings, **one.readings}
        self.not_asked = planned.not_asked(numbers)

    def _ask_of_household(self, facts: frozenset[str]) -> None:
        """What a service says of all of them together, when it is known who they are."""
        if facts and self.composition.reading.known:
            members = [(one.insz, _born(one.readings), one.about) for one in self.people]
            self.of_home |= of_household(self.asker, members, facts, own=self.person.insz)

    def _told(self) -> list[Readings]:
        return [one.readings for one in self.people]

    def household(self, insz: str) -> Household:
        order = [member.insz for member in self.composition.members]
        members = sorted(
            (Member(one.insz, one.position, self._ordered(one.readings)) for one in self.people),
            key=lambda member: order.index(member.insz) if member.insz in order else 0,
        )
        number = self.person.insz
        return Household(
            insz=insz,
            on=self.asker.on,
            members=tuple(members),
            readings=self._of_household(),
            aliases={} if number == insz else {insz: number},
            questions=tuple(self.asker.magda.asked),
            refused=tuple(dict.fromkeys(self.asker.refused)),
            not_asked=self.not_asked,
        )

    def _of_household(self) -> Readings:
        """Facts of the household; its address is that of the person asked about."""
        rule = self.asker.catalogue.dependants
        own = self.person.readings
        readings = {
            "leden": self.composition.reading,
            "personen ten laste": households.dependants(self.composition, rule, self.asker.on),
        }
        told = self._wanted(("gemeente", "postcode"))
        address = {
            name: own[name] for name in ("gemeente", "postcode") if name in told & own.keys()
        }
        return readings | address | self._zone() | self.of_home

    def _zone(self) -> Readings:
        """The waste zone of the address, from the city's list of streets."""
        readings: Readings = {}
        for own in (own for own in self.lists if own.layout.address):
            given, refused = self.asker.permits(
                own.layout.source, own.layout.facts, about=Group.RESIDENTS
            )
            readings |= refused
            for permit in given:
                told = {fact: self._at_address(own) for fact in own.layout.facts}
                readings |= permit.limit(told)
        return readings

    def _at_address(self, own: OwnList) -> Reading:
        parts = [self.person.readings.get(name) for name in own.layout.address]
        values = []
        for part in parts:
            if part is None or not part.known:
                reason = part.reason if part and part.reason else Reason.NOT_ASKED
                return Reading.unknown(reason, own.layout.source, own.at)
            values.append(str(part.value))
        return own.value(tuple(values), self.asker.on)

    def _listed(self, one: _Person) -> None:
        """What the city's own lists say: nothing leaves the city for it."""
        of_lists = self._wanted({fact for own in self.lists for fact in own.layout.facts})
        told = self.asker.listed({one.insz, *one.former}, self.lists, of_lists, about=one.about)
        one.readings = {**one.readings, **told}

    def _wanted(self, names: Iterable[str]) -> frozenset[str]:
        wanted = frozenset(names)
        return wanted if self.facts is None else wanted & frozenset(self.facts)

    def _address(self) -> frozenset[str]:
        """What leads to the rows of lists of addresses that tell something that is wanted."""
        leading = (own.layout.address for own in self.lists if self._wanted(own.layout.facts))
        return frozenset(part for parts in leading for part in parts)

    def _ordered(self, readings: Readings) -> Readings:
        """In one order, whatever was asked first: the register, statuses, lists, the rest. What
        only leads to the zone of an address is not told."""
        hidden = {STREET} | (self._address() - self._wanted(PERSON_FACTS))
        known = [*PERSON_FACTS, *self.asker.catalogue.statutes]
        known += [fact for own in self.lists for fact in own.layout.facts]
        names = dict.fromkeys([*known, *sorted(readings)])
        return {name: readings[name] for name in names if name in readings and name not in hidden}


def _needed(rights: Sequence[Regulation], lists: Sequence[OwnList]) -> dict[str, tuple[str, ...]]:
    """By fact the rights that need it; the parts of an address serve those that need what a list
    says of it."""
    needed = needed_by(rights)
    for own in lists:
        serving = [right for fact in own.layout.facts for right in needed.get(fact, ())]
        for part in own.layout.address if serving else ():
            needed[part] = tuple(dict.fromkeys((*needed.get(part, ()), *serving)))
    return needed


def _known(one: _Person) -> frozenset[str]:
    return frozenset(name for name, reading in one.readings.items() if reading.known)


def _born(readings: Readings) -> date | None:
    reading = readings.get("geboortedatum")
    return reading.value if reading and isinstance(reading.value, date) else None
