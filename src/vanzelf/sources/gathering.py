"""Gathering the facts about a person and about those they live with, from every source."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from vanzelf.sources import households, persons
from vanzelf.sources.asking import Asker, Readings
from vanzelf.sources.catalogue import HOUSEHOLD, PERSON_FACTS, STREET, Catalogue, shipped
from vanzelf.sources.clock import BRUSSELS
from vanzelf.sources.households import Composition
from vanzelf.sources.lawfulness import Authorisation
from vanzelf.sources.lists import OwnList
from vanzelf.sources.magda.client import Magda, Patience
from vanzelf.sources.magda.transport import Endpoints
from vanzelf.sources.types import Household, Member, Reading, Reason


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
) -> Household:
    """Ask about a person, and (`everyone`) about all they live with, on one day.

    `facts` limits what is asked about persons to these names (None: all that the catalogue and
    the lists know). `now` is the moment of asking: authorisations must be valid on that day in
    Belgium. `user` is the INSZ of the member of staff who looks, and none in a run. Raises nothing
    for what a source does; `EndpointError` when no address is set.
    """
    today = now.astimezone(BRUSSELS).date()
    gathering = _Gathering(
        asker=Asker(
            on=on,
            now=now,
            today=today,
            purpose=purpose,
            authorisations=tuple(authorisations),
            magda=Magda(endpoints, lambda: now, today, user, patience or Patience()),
            catalogue=catalogue or shipped(),
        ),
        lists=lists,
        facts=facts,
    )
    gathering.ask_person(insz)
    if everyone:
        gathering.ask_others()
    return gathering.household(insz)


@dataclass(slots=True)
class _Gathering:
    asker: Asker
    lists: Sequence[OwnList]
    facts: Collection[str] | None
    number: str = ""  # of the person asked about, as it is now
    composition: Composition = field(init=False)
    readings: Readings = field(default_factory=dict)
    others: list[Member] = field(default_factory=list)

    def ask_person(self, insz: str) -> None:
        """The register first: it knows the present number, the address and the household."""
        street = {STREET} if any(own.layout.address for own in self.lists) else set()
        wanted = self._wanted(PERSON_FACTS) | street | {HOUSEHOLD}
        readings, person = self.asker.register(insz, wanted)
        self.number = person.insz if person else insz
        by_register = readings.pop(HOUSEHOLD)
        self.composition, told = self.asker.household(self.number, person, by_register)
        self.readings = persons.contradict(readings, told)
        self.readings |= self._social_and_listed(self.number, insz)

    def ask_others(self) -> None:
        """What the household's answer tells of the others, their statuses and the city's lists."""
        source, at = self.composition.reading.source, self.composition.reading.as_of
        wanted = self._wanted(PERSON_FACTS)
        for relative in self.composition.members:
            if relative.insz is None or relative.insz == self.number:
                continue
            told = persons.relative_readings(relative, source, at, self.asker.on)
            allowed = self.asker.allowed(source.removeprefix("magda/"), told)
            readings = {name: allowed[name] for name in wanted & allowed.keys()}
            readings |= self._social_and_listed(relative.insz)
            member = Member(relative.insz, relative.position, self._ordered(readings))
            self.others.append(member)

    def household(self, insz: str) -> Household:
        positions = {member.insz: member.position for member in self.composition.members}
        order = list(positions)
        own = self._ordered(self.readings)
        person = Member(self.number, positions.get(self.number), own)
        members = sorted(
            [person, *self.others],
            key=lambda member: order.index(member.insz) if member.insz in positions else 0,
        )
        return Household(
            insz=insz,
            on=self.asker.on,
            members=tuple(members),
            readings=self._of_household(),
            aliases={} if self.number == insz else {insz: self.number},
            questions=tuple(self.asker.magda.asked),
            refused=tuple(dict.fromkeys(self.asker.refused)),
        )

    def _of_household(self) -> Readings:
        """Facts of the household; its address is that of the person asked about."""
        rule = self.asker.catalogue.dependants
        readings = {
            "leden": self.composition.reading,
            "personen ten laste": households.dependants(self.composition, rule, self.asker.on),
        }
        address = {
            name: self.readings[name] for name in ("gemeente", "postcode") if name in self.readings
        }
        return readings | address | self._zone()

    def _zone(self) -> Readings:
        """The waste zone of the address, from the city's list of streets."""
        readings: Readings = {}
        for own in (own for own in self.lists if own.layout.address):
            given, refused = self.asker.permits(own.layout.source, own.layout.facts)
            readings |= refused
            for permit in given:
                told = {fact: self._at_address(own) for fact in own.layout.facts}
                readings |= permit.limit(told)
        return readings

    def _at_address(self, own: OwnList) -> Reading:
        parts = [self.readings.get(name) for name in own.layout.address]
        values = []
        for part in parts:
            if part is None or not part.known:
                reason = part.reason if part and part.reason else Reason.NOT_ASKED
                return Reading.unknown(reason, own.layout.source, own.at)
            values.append(str(part.value))
        return own.value(tuple(values), self.asker.on)

    def _social_and_listed(self, number: str, *former: str) -> Readings:
        statutes = self._wanted(self.asker.catalogue.statutes)
        of_lists = {fact for own in self.lists for fact in own.layout.facts}
        listed = self.asker.listed({number, *former}, self.lists, self._wanted(of_lists))
        return self.asker.social(number, statutes) | listed

    def _wanted(self, names: Iterable[str]) -> frozenset[str]:
        wanted = frozenset(names)
        return wanted if self.facts is None else wanted & frozenset(self.facts)

    def _ordered(self, readings: Readings) -> Readings:
        """In one order, whatever was asked first: the register, statuses, lists."""
        known = [*PERSON_FACTS, *self.asker.catalogue.statutes]
        known += [fact for own in self.lists for fact in own.layout.facts]
        return {name: readings[name] for name in known if name in readings}
