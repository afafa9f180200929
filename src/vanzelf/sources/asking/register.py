"""The population register: a person, and who lives together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from vanzelf.sources import households, persons
from vanzelf.sources.asking.base import Asking, Readings, unknown
from vanzelf.sources.catalogue import HOUSEHOLD
from vanzelf.sources.households import Composition
from vanzelf.sources.lawfulness import Group
from vanzelf.sources.magda import (
    geef_gezinssamenstelling,
    geef_historiek_gezinssamenstelling,
    geef_persoon,
)
from vanzelf.sources.magda.client import Unanswered
from vanzelf.sources.magda.geef_persoon import Person
from vanzelf.sources.types import Reading, Reason

DECISIVE = frozenset({Reason.IDENTITY, Reason.FAMILY_ERRORS})
"""Reasons why a household is unknown that asking elsewhere would only cover up."""


class AskingRegister(Asking):
    """GeefPersoon, GeefGezinssamenstelling and its history."""

    __slots__ = ()

    def register(
        self, insz: str, facts: Iterable[str], *, about: Group | None = None
    ) -> tuple[Readings, Person | None]:
        """GeefPersoon: facts, and the person where the household may be known too."""
        given, readings = self.permits("GeefPersoon", facts, about=about)
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
        self,
        insz: str,
        person: Person | None,
        by_register: Reading,
        *,
        about: Group | None = None,
    ) -> tuple[Composition, Readings]:
        """Who lives together, and what that answer says of the address of the person asked.

        GeefGezinssamenstelling where it answers; else the register, in which someone who is not
        the reference person only knows who that is.
        """
        given, refused = self.permits("GeefGezinssamenstelling", [HOUSEHOLD], about=about)
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
            if not found.reading.known and households.began_later(listed, self.on):
                return self.past_household(answer.insz, found, about=about), {}
            own = next(member for member in listed if member.insz == answer.insz)
            told = persons.relative_readings(own, source, answer.at, self.on)
            return found, self.allowed(permit.service, told, about=about)
        if first is not None and first.reason in DECISIVE:
            return Composition(first), {}
        second = self._by_register(insz, person, by_register)
        found = Composition(_better(first, second.reading), second.members)
        if not found.reading.known and person and households.began_later(person.listed, self.on):
            found = self.past_household(insz, found, about=about)
        return found, {}

    def past_household(
        self, insz: str, present: Composition, *, about: Group | None = None
    ) -> Composition:
        """GeefHistoriekGezinssamenstelling: for a day before the present household began.

        Without an authorisation nothing is asked, and that day stays as unknown as it was.
        """
        service = "GeefHistoriekGezinssamenstelling"
        given, _ = self.permits(service, [HOUSEHOLD], about=about)
        for permit in given:
            source = f"magda/{service}"
            wanted = geef_historiek_gezinssamenstelling.question(insz, self.on)
            try:
                answer = self.magda.ask(permit, wanted)
                history = geef_historiek_gezinssamenstelling.read(answer)
            except Unanswered as error:
                present = Composition(Reading.unknown(error.reason, source, error.at))
                continue
            return households.past(answer.insz, history, source, answer.at, self.on)
        return present

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
        given, refused = self.permits("GeefPersoon", [HOUSEHOLD], about=Group.MEMBERS)
        if not given:
            return Composition(refused[HOUSEHOLD])
        permit = given[0]
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


def _better(first: Reading | None, second: Reading) -> Reading:
    """The reason to give when neither source told: one that may pass, else the last."""
    if first is None or second.known:
        return second
    passing = first.transient or second.reason is Reason.NO_AUTHORISATION
    return first if passing and not second.transient else second
