"""Asking each source what may be asked of it, and turning what it says into readings."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from types import MappingProxyType

from vanzelf.sources import households, persons, statuses
from vanzelf.sources.catalogue import HOUSEHOLD, Catalogue
from vanzelf.sources.households import Composition
from vanzelf.sources.lawfulness import Authorisation, Permit, permits
from vanzelf.sources.lists import OwnList
from vanzelf.sources.magda import geef_gezinssamenstelling, geef_persoon, geef_sociaal_statuut
from vanzelf.sources.magda.client import Magda, Unanswered
from vanzelf.sources.magda.geef_persoon import Person
from vanzelf.sources.types import Reading, Reason

Readings = dict[str, Reading]
NO_STATUTES: Mapping[str, Collection[str]] = MappingProxyType({})

DECISIVE = frozenset({Reason.IDENTITY, Reason.FAMILY_ERRORS})
"""Reasons why a household is unknown that asking elsewhere would only cover up."""


@dataclass(slots=True)
class Asker:
    """One purpose, one day, one moment of asking. Nothing here raises for what a source does."""

    on: date
    now: datetime
    today: date
    purpose: str
    authorisations: Sequence[Authorisation]
    magda: Magda
    catalogue: Catalogue
    refused: list[str] = field(default_factory=list)

    def permits(
        self,
        service: str,
        facts: Iterable[str],
        statutes: Mapping[str, Collection[str]] = NO_STATUTES,
    ) -> tuple[list[Permit], Readings]:
        """Leave to ask; what there is none for is unknown, and noted."""
        given, uncovered = permits(
            self.purpose, service, facts, self.authorisations, self.today, statutes
        )
        self.refused += [f"{service}: {fact}" for fact in sorted(uncovered)]
        source = service if service.startswith("lists/") else f"magda/{service}"
        return given, unknown(uncovered, Reason.NO_AUTHORISATION, source, self.now)

    def register(self, insz: str, facts: Iterable[str]) -> tuple[Readings, Person | None]:
        """GeefPersoon: facts, and the person where the household may be known too."""
        given, readings = self.permits("GeefPersoon", facts)
        found = None
        for permit in given:
            try:
                answer = self.magda.ask(permit, geef_persoon.question(insz))
                person = geef_persoon.read(answer)
            except Unanswered as error:
                readings |= unknown(permit.facts, error.reason, persons.SOURCE, error.at)
                continue
            readings |= permit.limit(persons.person_readings(person, answer, self.on))
            if HOUSEHOLD in permit.facts:
                found = person
                readings[HOUSEHOLD] = self._of_head(person, answer.at).reading
        return readings, found

    def household(
        self, insz: str, person: Person | None, by_register: Reading
    ) -> tuple[Composition, Readings]:
        """Who lives together, and what that answer says of the address of the person asked.

        GeefGezinssamenstelling where it answers; else the register, in which someone who is not
        the reference person only knows who that is.
        """
        given, refused = self.permits("GeefGezinssamenstelling", [HOUSEHOLD])
        first = refused.get(HOUSEHOLD)
        for permit in given:
            source = f"magda/{permit.service}"
            try:
                answer = self.magda.ask(permit, geef_gezinssamenstelling.question(insz))
                listed = geef_gezinssamenstelling.read(answer)
            except Unanswered as error:
                first = Reading.unknown(error.reason, source, error.at)
                continue
            found = households.composition(answer.insz, listed, source, answer.at, self.on)
            own = next(member for member in listed if member.insz == answer.insz)
            told = persons.relative_readings(own, source, answer.at, self.on)
            return found, self.allowed(permit.service, told)
        if first is not None and first.reason in DECISIVE:
            return Composition(first), {}
        second = self._by_register(insz, person, by_register)
        return Composition(_better(first, second.reading), second.members), {}

    def _by_register(self, insz: str, person: Person | None, reading: Reading) -> Composition:
        if person is None:
            return Composition(reading)
        head = households.reference_person(person, self.on)
        if head is None:
            return self._of_head(person, reading.as_of)
        if households.later_than(head, person.members, self.on):
            found = self._of_head(person, reading.as_of)
            return replace(found, reading=found.reading.flagged("earlier-reference-person"))
        if any(not member.ended(self.on) for member in person.members) or head.insz == insz:
            return Composition(reading.doubted(Reason.CONTRADICTION))
        if head.insz is None:
            return Composition(reading.doubted(Reason.NO_DATA))
        return self._with_head(insz, head.insz)

    def _with_head(self, insz: str, head: str) -> Composition:
        """Ask again, for the reference person: only who lives there is kept of the answer."""
        permit = self.permits("GeefPersoon", [HOUSEHOLD])[0][0]
        try:
            answer = self.magda.ask(permit, geef_persoon.question(head))
            person = geef_persoon.read(answer)
        except Unanswered as error:
            return Composition(Reading.unknown(error.reason, persons.SOURCE, error.at))
        found = self._of_head(person, answer.at)
        value = found.reading.value
        if isinstance(value, tuple) and insz not in value:
            return Composition(found.reading.doubted(Reason.CONTRADICTION))
        return found

    def _of_head(self, person: Person, at: datetime) -> Composition:
        return households.of_head(person, persons.SOURCE, at, self.on)

    def social(self, insz: str, facts: Iterable[str]) -> Readings:
        """GeefSociaalStatuut, as few questions as the limit of eight statutes allows.

        Statutes whose name is a guess are asked apart: a name that does not exist fails its
        whole question.
        """
        catalogue = self.catalogue
        given, readings = self.permits("GeefSociaalStatuut", facts, catalogue.statutes)
        for permit in given:
            for guessed in (False, True):
                some = [
                    fact
                    for fact in sorted(permit.facts)
                    if guessed == (fact in catalogue.unverified)
                ]
                for chunk in _chunks(some, catalogue.statutes):
                    readings |= permit.limit(self._statuses(permit, insz, chunk))
        return readings

    def _statuses(self, permit: Permit, insz: str, facts: Sequence[str]) -> Readings:
        """One question."""
        names = [name for fact in facts for name in self.catalogue.statutes[fact]]
        try:
            answer = self.magda.ask(permit, geef_sociaal_statuut.question(insz, names, self.on))
            listed = geef_sociaal_statuut.read(answer)
        except Unanswered as error:
            return unknown(facts, error.reason, statuses.SOURCE, error.at)
        return statuses.statuses(facts, listed, answer, self.on, self.catalogue)

    def listed(
        self, numbers: Collection[str], lists: Iterable[OwnList], facts: Collection[str]
    ) -> Readings:
        """The city's own lists about persons."""
        readings: Readings = {}
        for own in lists:
            wanted = set(own.layout.facts) & set(facts)
            if own.layout.person and wanted:
                given, refused = self.permits(own.layout.source, wanted)
                told = own.readings(numbers, self.on)
                for permit in given:
                    readings |= permit.limit(told)
                readings |= refused
        return readings

    def allowed(self, service: str, told: Readings) -> Readings:
        """What an authorisation for this service lets be known; the rest is dropped."""
        given, _ = permits(self.purpose, service, told, self.authorisations, self.today)
        names = {fact for permit in given for fact in permit.facts}
        return {name: reading for name, reading in told.items() if name in names}


def unknown(facts: Iterable[str], reason: Reason, source: str, at: datetime) -> Readings:
    return {fact: Reading.unknown(reason, source, at) for fact in facts}


def _better(first: Reading | None, second: Reading) -> Reading:
    """The reason to give when neither source told: one that may pass, else the last."""
    if first is None or second.known:
        return second
    passing = first.transient or second.reason is Reason.NO_AUTHORISATION
    return first if passing and not second.transient else second


def _chunks(facts: Sequence[str], statutes: Mapping[str, Sequence[str]]) -> Iterator[list[str]]:
    """Facts whose statutes fit in one question."""
    chunk: list[str] = []
    size = 0
    for fact in facts:
        if chunk and size + len(statutes[fact]) > geef_sociaal_statuut.MAX_STATUTES:
            yield chunk
            chunk, size = [], 0
        chunk.append(fact)
        size += len(statutes[fact])
    if chunk:
        yield chunk
