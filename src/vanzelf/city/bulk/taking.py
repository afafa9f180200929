"""Taking in what came: laid beside what was asked, wholly or not at all.

An answer counts for the person of whom that list asked that fact. Whoever was not asked about is
dropped and counted; whoever is not in it stays unknown. A file that cannot be read to its end is
refused: nothing of it is believed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from vanzelf.city import secrets
from vanzelf.city.bulk import columns, numbers
from vanzelf.city.bulk.models import ListFile, Received
from vanzelf.city.bulk.once import take_once
from vanzelf.sources import statuses
from vanzelf.sources.catalogue import Catalogue, shipped
from vanzelf.sources.magda.bulk import Problem, Said, read_answers
from vanzelf.sources.magda.errors import HARMLESS, ErrorClass, meaning
from vanzelf.sources.magda.geef_sociaal_statuut import Statute
from vanzelf.sources.types import Reading, Reason

Readings = dict[str, Reading]
SOURCE = "magda/GeefSociaalStatuutVoorLijst"


@dataclass(frozen=True)
class Heard:
    """How a file is heard: see `statuses.Answer`."""

    at: datetime
    flags: tuple[str, ...] = ()
    incomplete: bool = False


@dataclass
class _Asked:
    """One list that we sent, and what this file answers to it."""

    file: ListFile
    heard: Heard
    catalogue: Catalogue
    answers: dict[int, Readings] = field(default_factory=dict)
    contradicted: set[int] = field(default_factory=set)
    _persons: dict[bytes, int] = field(default_factory=dict)
    _read: dict[int, tuple[object, Readings]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._persons = numbers.indexes_of(self.file.persons)

    def hear(self, said: Said, index: bytes) -> bool:
        """Takes up what was said of a person; False when we did not ask about them."""
        person = self._persons.get(index)
        if person is None:
            return False
        readings = self._readings(said.statutes)
        before = self.answers.setdefault(person, readings)
        if before is not readings and _plain(before) != _plain(readings):
            self.contradicted.add(person)
        return True

    def _readings(self, statutes: tuple[Statute, ...] | None) -> Readings:
        # Statutes that are the same text come as the same object: told apart by it, and kept by it.
        kept = self._read.get(id(statutes))
        if kept is None:
            if statutes is None:
                found = _unknown(self.file.facts, Reason.FAULT, self.heard.at)
            else:
                found = statuses.statuses(
                    self.file.facts, statutes, self.heard, self.file.order.on, self.catalogue
                )
            kept = self._read[id(statutes)] = (statutes, found)
        return kept[1]

    def finished(self, problems: Iterable[Problem]) -> None:
        """Doubts what the errors beside the answer make doubtful."""
        for problem in problems:
            known = meaning(problem.error)
            if known.error_class is ErrorClass.INCOMPLETE:
                self.answers = {one: _no_no(told) for one, told in self.answers.items()}
            elif known.error_class not in HARMLESS:
                reason = known.reason or Reason.FAULT
                nothing = _unknown(self.file.facts, reason, self.heard.at)
                self.answers = dict.fromkeys(self.file.persons, nothing)
        both = _unknown(self.file.facts, Reason.CONTRADICTION, self.heard.at)
        self.answers |= dict.fromkeys(self.contradicted, both)


def take(received: Received) -> Received:
    """Takes in a file of answers that was not taken in yet; what it finds stands in the row."""
    return take_once(received, _heard, _keep)


def _keep(received: Received, asked: list[_Asked]) -> None:
    for each in asked:
        columns.keep(received, each.file, each.answers)
    late = [one for each in asked if _late(each, received) for one in each.answers]
    received.matched = sum(len(each.answers) for each in asked)
    received.contradicted = sum(len(each.contradicted) for each in asked)
    received.recheck = sorted(set(late))  # who waited was told that nothing came


def _late(asked: _Asked, received: Received) -> bool:
    """Whether a run may have been told already that nothing came."""
    order = asked.file.order
    return order.laid_at is not None or received.at > order.until


def _heard(received: Received, content: Iterable[bytes]) -> list[_Asked]:
    """What the file says of each list that we sent. How many in it we did not ask about, and which
    errors it tells, is noted in the row."""
    heard, catalogue = Heard(received.at), shipped()
    asked: dict[str | None, _Asked | None] = {}
    problems: list[Problem] = []
    index = secrets.blind_index
    for one in read_answers(content, received.size):
        if one.reference not in asked:
            asked[one.reference] = _sent(one.reference, heard, catalogue)
        if isinstance(one, Problem):
            problems.append(one)
            continue
        list_ = asked[one.reference]
        if list_ is None or not list_.hear(one, index(one.insz)):
            received.strangers += 1
    for list_ in filter(None, asked.values()):
        about = {list_.file.reference, None}
        list_.finished(problem for problem in problems if problem.reference in about)
    names = sorted({problem.error.name for problem in problems})
    received.problem = f"the source told of errors: {', '.join(names)}" if names else ""
    return [one for one in asked.values() if one is not None]


def _sent(reference: str | None, heard: Heard, catalogue: Catalogue) -> _Asked | None:
    """The list that we sent with this reference."""
    ours = ListFile.objects.asked().exclude(state=ListFile.State.PLANNED)
    found = ours.filter(reference=reference or "").select_related("order").first()
    return None if found is None else _Asked(found, heard, catalogue)


def _unknown(facts: Iterable[str], reason: Reason, at: datetime) -> Readings:
    return {fact: Reading.unknown(reason, SOURCE, at) for fact in facts}


def _plain(readings: Readings) -> list[tuple[object, ...]]:
    """What of readings must be the same for two answers not to contradict."""
    return [
        (fact, one.value, one.reason, one.valid_from, one.valid_until)
        for fact, one in readings.items()
    ]


def _no_no(readings: Readings) -> Readings:
    """Of an answer that is not whole, what is not in it is not thereby no."""
    return {
        fact: one.doubted(Reason.NO_DATA) if one.value is False else one
        for fact, one in readings.items()
    }
