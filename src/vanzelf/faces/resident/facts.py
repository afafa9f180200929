"""What the city knows of a resident, by whom it is about, with its source and day."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from vanzelf.city.awards.known import facts_of
from vanzelf.city.people.models import Person
from vanzelf.faces.look import sources
from vanzelf.faces.look.language import current
from vanzelf.faces.look.regulations import fact_name, regulations
from vanzelf.feel import Unknown
from vanzelf.rights import Used
from vanzelf.rights.wording import fact_value

MUNICIPALITIES = {"44021": "Gent"}  # NIS codes, as people know them
MEMBER = re.compile(r"gezin\.leden\[(\d+)\]\.")


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


def groups(person: Person) -> list[Group]:
    """The facts of the household, then those of each person in it."""
    household = person.household
    names = [member.first_name for member in household.members] if household else []
    found: dict[str, Group] = {}
    for used in facts_of(person):
        if regulations().facts.at(used.path).members is None:
            title = _about(used.path, person, names)
            folded = title not in (_("Your household"), person.first_name)
            line = _line(used)
            held = found.setdefault(title, Group(title, folded)).by_name
            # A person stands in the register's household and on their own: once is enough.
            if line.known or line.name not in held:
                held[line.name] = line
    return sorted(found.values(), key=lambda group: group.folded)


def members(person: Person) -> dict[str, str]:
    """The first names of the household by the path of each, for the lines of an explanation."""
    household = person.household
    shown = household.members if household else []
    return {f"gezin.leden[{n}]": one.first_name for n, one in enumerate(shown, 1)}


def _about(path: str, person: Person, names: list[str]) -> str:
    match = MEMBER.match(path)
    if match:
        place = int(match[1])
        return names[place - 1] if place <= len(names) else _("Member %(n)s") % {"n": place}
    return person.first_name if path.startswith("persoon.") else _("Your household")


def _line(used: Used) -> Line:
    name, origin = capfirst(fact_name(used.path)), used.origin
    if isinstance(used.value, Unknown):
        reason = sources.reason(origin.reason) if origin and origin.reason else _("not asked yet")
        return Line(name, capfirst(reason), "", None, known=False)
    value = fact_value(regulations().facts, used.path, used.value, current())
    source = sources.name(origin.source if origin else "population")
    as_of = origin.as_of if origin else None
    return Line(name, capfirst(MUNICIPALITIES.get(value, value)), source, as_of, known=True)
