"""What the city knows of a resident, by whom it is about, with its source and day."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from vanzelf.city.awards.about import Row, members_of
from vanzelf.city.awards.known import facts_of
from vanzelf.city.people.models import Person
from vanzelf.faces.look import sources
from vanzelf.faces.look.language import current
from vanzelf.faces.look.regulations import fact_name, regulations
from vanzelf.feel import Unknown
from vanzelf.rights import Used
from vanzelf.rights.wording import fact_value

MUNICIPALITIES = {"44021": "Gent"}  # NIS codes, as people know them


@dataclass(frozen=True)
class Line:
    name: str
    value: str
    source: str
    as_of: datetime | None
    known: bool


@dataclass
class Group:
    """The facts about one person, or about the household; those of others stand folded."""

    name: str
    folded: bool
    by_name: dict[str, Line] = field(default_factory=dict)

    @property
    def known(self) -> list[Line]:
        """What a source told."""
        return [one for one in self.by_name.values() if one.known]

    @property
    def unknown(self) -> list[Line]:
        """What was needed and no source told, with the reason."""
        return [one for one in self.by_name.values() if not one.known]


@dataclass(frozen=True)
class Known:
    """What a page shows: the groups, and the first names of whose data only they may see."""

    groups: list[Group]
    withheld: list[str]


def known(person: Person) -> Known:
    """The facts of the household, then those of each person in it that this person may see."""
    told = facts_of(person)
    found: dict[int, Group] = {}
    for one in told.facts:
        if regulations().facts.at(one.used.path).members is None:
            whom = one.about
            title = whom.first_name if whom else _("Your household")
            folded = whom is not None and whom != person
            held = found.setdefault(whom.pk if whom else 0, Group(title, folded)).by_name
            line = _line(one.used)
            held[line.name] = line
    groups = sorted(found.values(), key=lambda group: group.folded)
    return Known(groups, [one.first_name for one in told.withheld])


def names(row: Row) -> dict[str, str]:
    """The first names of the household by the path of each, for the lines of an explanation."""
    named = enumerate(members_of(row), 1)
    return {f"gezin.leden[{n}]": one.first_name for n, one in named if one.first_name}


def paths_of(person: Person, row: Row) -> list[str]:
    """Where an explanation has this person among the members of the household."""
    return [f"gezin.leden[{n}]" for n, one in enumerate(members_of(row), 1) if one == person]


def _line(used: Used) -> Line:
    name, origin = capfirst(fact_name(used.path)), used.origin
    if isinstance(used.value, Unknown):
        reason = sources.reason(origin.reason) if origin and origin.reason else _("not asked yet")
        return Line(name, capfirst(reason), "", None, known=False)
    value = fact_value(regulations().facts, used.path, used.value, current())
    source = sources.name(origin.source if origin else "population")
    as_of = origin.as_of if origin else None
    return Line(name, capfirst(MUNICIPALITIES.get(value, value)), source, as_of, known=True)
