"""Whom a datum is about, and which data of a household one of its members may see.

An explanation numbers the members of the household as they were when it was made, and keeps who
they were. The register's order of today says nothing about it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from vanzelf.city import clock, regulations
from vanzelf.city.awards.models import Advice, Award, LatestVerdict
from vanzelf.city.people.models import Person
from vanzelf.city.time_axes import CURRENT

MEMBER = re.compile(r"gezin\.leden\[(\d+)\]")
HEADS = frozenset({"01", "02", "21", "22"})
"""Positions of the reference person and of a partner, married or not."""
OF_AGE = 18
NOBODY = Person(pk=0)
"""Someone who is not in the register: nobody sees their data, and no log line is theirs."""

Row = Award | Advice | LatestVerdict


def person_of(row: Row) -> Person | None:
    """Whom a right of a person is about; None for a right of a household."""
    if isinstance(row, Advice):
        personal = regulations.regulation(row.right).unit == "persoon"
        return row.check_ref.person if personal else None
    return row.person


def members_of(row: Row) -> list[Person]:
    """The persons whom the paths of this row's explanation number, in their order; without a name
    when they are not in the register. Nobody when it was not known who lived there."""
    ids = row.explanation.members if row.explanation else []
    found = Person.objects.in_bulk(ids)
    return [found.get(number) or NOBODY for number in ids]


def about(path: str, row: Row, members: list[Person]) -> Person | None:
    """Whom the datum at this path is about; None for the household as a whole."""
    match = MEMBER.match(path)
    if match:
        place = int(match[1])
        return members[place - 1] if place <= len(members) else NOBODY
    return person_of(row) if path.startswith("persoon.") else None


def still_holds(row: LatestVerdict, household: Mapping[int, str]) -> bool:
    """Whether those whom a verdict looked at are those who live together now: when someone came
    or left, what it says is about other people, and not for whoever lives there now."""
    members = row.explanation.members if row.explanation else []
    return not members or set(members) == household.keys()


def positions(person: Person) -> dict[int, str]:
    """Id and position of all who live with a person now, that person included."""
    household = person.household
    if household is None:
        return {person.pk: ""}
    found = household.memberships.filter(CURRENT).values_list("person", "position")
    return dict(found)


def may_see(
    path: str, whom: Person | None, *, viewer: Person, household: Mapping[int, str]
) -> bool:
    """Whether a resident may see a datum, or be asked for it.

    One's own; of the household what is not financial; the reference person and their partner also
    its finances, and the data of the children. Another adult's data are that adult's.
    """
    head = household.get(viewer.pk) in HEADS and not _minor(viewer)
    if whom is None:
        financial = regulations.regulations().facts.at(path).sensitivity == "financial"
        return head or len(household) == 1 or not financial
    return whom == viewer or (head and whom.pk in household and _minor(whom))


def _minor(person: Person) -> bool:
    born, today = person.birth_date, clock.today()
    if born is None:
        return False
    return (today.year - born.year - ((today.month, today.day) < (born.month, born.day))) < OF_AGE


def together(people: Iterable[Person | None]) -> list[Person]:
    """Each person of the register once, without the household as a whole."""
    return list(dict.fromkeys(person for person in people if person and person != NOBODY))
