"""What someone asks of the page, out of its address: which change, which map, which family."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.http import Http404, QueryDict
from django.utils.translation import gettext, gettext_noop

from vanzelf.city import clock
from vanzelf.city.simulations.basis import NoPopulation
from vanzelf.city.simulations.basis import day as simulated_day
from vanzelf.city.simulations.knobs import KnobError, change_of
from vanzelf.faces.look.regulations import regulations
from vanzelf.population.simulation import Change, Family, TakeUp
from vanzelf.rights import Regulation

KNOB = "p-"
"""Before the name of a parameter, so that none is taken for something else."""
WITHOUT, MAP, FAMILY, LOW, HIGH = "zonder", "kaart", "gezin", "van", "tot"
AUTO = "auto"
MEASURES = ("gain", "lose", "more", "less", "after yes", "after unknown")
FAMILIES = {
    "35,8,4": gettext_noop("Lone parent with two children (8 and 4)"),
    "38,36,9,6": gettext_noop("Couple with two children (9 and 6)"),
    "30": gettext_noop("Alone, 30 years old"),
    "74,71": gettext_noop("Couple, 74 and 71 years old"),
}
REMOVED = "policy removed"
"""Where a session keeps what was put away last, to take it back."""
PERCENTS = tuple(range(0, 101, 10))


@dataclass(frozen=True)
class Asked:
    """A question to the simulator. `values` are texts by key of a knob, as they were typed."""

    regulation: Regulation
    on: date
    values: dict[str, str]
    without: tuple[str, ...]
    measure: str
    family: str
    take_up: TakeUp
    query: str

    @classmethod
    def of(cls, right: str, given: QueryDict) -> Asked:
        """Raises Http404 for a right that is not there; what is odd in the rest is left out."""
        if right not in regulations():
            raise Http404
        measure, family = given.get(MAP, AUTO), given.get(FAMILY, "")
        return cls(
            regulations()[right],
            day(),
            dict(_values(given)),
            tuple(given.getlist(WITHOUT)),
            measure if measure in MEASURES else AUTO,
            family if family in FAMILIES else next(iter(FAMILIES)),
            _take_up(given),
            _query(given),
        )

    @property
    def right(self) -> str:
        return self.regulation.id

    @property
    def change(self) -> Change:
        """On the steps of the sliders. Raises KnobError, with what to do."""
        return change_of(self.regulation, self.on, self.values, self.without)

    @property
    def household(self) -> Family:
        return Family(tuple(int(age) for age in self.family.split(",")))


def day() -> date:
    """The day that is simulated; today while there is no population yet to ask."""
    try:
        return simulated_day()
    except NoPopulation:
        return clock.today()


def _values(given: QueryDict) -> Iterator[tuple[str, str]]:
    for name in given:
        text = str(given[name]).strip()
        if name.startswith(KNOB) and text:
            yield name.removeprefix(KNOB), text


def _take_up(given: QueryDict) -> TakeUp:
    try:
        return TakeUp(int(str(given[LOW])) / 100, int(str(given[HIGH])) / 100)
    except (KeyError, ValueError):
        return TakeUp()


def _query(given: QueryDict) -> str:
    """What belongs to the question, to put in other addresses."""
    kept = QueryDict(mutable=True)
    for name in given:
        if name.startswith(KNOB) or name in (WITHOUT, MAP, FAMILY, LOW, HIGH):
            kept.setlist(name, given.getlist(name))
    return kept.urlencode()


def families(chosen: str) -> list[tuple[str, str, bool]]:
    return [(ages, gettext(name), ages == chosen) for ages, name in FAMILIES.items()]


__all__ = [
    "AUTO",
    "FAMILIES",
    "KNOB",
    "MEASURES",
    "PERCENTS",
    "REMOVED",
    "Asked",
    "KnobError",
    "families",
]
