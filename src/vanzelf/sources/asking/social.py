"""Social statuses: GeefSociaalStatuut."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from vanzelf.sources import statuses
from vanzelf.sources.asking.base import Asking, Readings, unknown
from vanzelf.sources.lawfulness import Group, Permit
from vanzelf.sources.magda import geef_sociaal_statuut
from vanzelf.sources.magda.client import Unanswered


class AskingStatuses(Asking):
    """GeefSociaalStatuut."""

    __slots__ = ()

    def social(self, insz: str, facts: Iterable[str], *, about: Group | None = None) -> Readings:
        """GeefSociaalStatuut, as few questions as the limit of eight statutes allows.

        Statutes whose name is a guess are asked apart: a name that does not exist fails its
        whole question.
        """
        catalogue = self.catalogue
        given, readings = self.permits("GeefSociaalStatuut", facts, catalogue.statutes, about=about)
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
