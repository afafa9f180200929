"""The city's own lists about persons."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from vanzelf.sources.asking.base import Asking, Readings
from vanzelf.sources.lawfulness import Group
from vanzelf.sources.lists import OwnList


class AskingLists(Asking):
    """Nothing leaves the city for these; they need an authorisation all the same."""

    __slots__ = ()

    def listed(
        self,
        numbers: Collection[str],
        lists: Iterable[OwnList],
        facts: Collection[str],
        *,
        about: Group | None = None,
    ) -> Readings:
        """The city's own lists about persons."""
        readings: Readings = {}
        for own in lists:
            wanted = set(own.layout.facts) & set(facts)
            if own.layout.person and wanted:
                given, refused = self.permits(own.layout.source, wanted, about=about)
                told = own.readings(numbers, self.on)
                for permit in given:
                    readings |= permit.limit(told)
                readings |= refused
        return readings
