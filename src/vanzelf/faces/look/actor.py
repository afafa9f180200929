"""Who is in front of the screen: the one thing every face knows of a request's sender."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import cast

from django.http import HttpRequest

from vanzelf.city.people.models import Person
from vanzelf.city.staff.models import StaffMember

PERSON = "person"  # where a resident's session keeps who they are: an id of ours, not a number


class Role(StrEnum):
    """What someone may be to the site; the roles of staff are those of `city.staff`."""

    VISITOR = "visitor"
    RESIDENT = "resident"
    CLERK = "clerk"
    PREPARER = "preparer"
    APPROVER = "approver"
    POLICY = "policy"
    PRIVACY = "privacy"


@dataclass(frozen=True)
class Actor:
    """A visitor, a resident (`person`) or a member of staff (`staff`)."""

    roles: frozenset[Role] = frozenset({Role.VISITOR})
    person: Person | None = None
    staff: StaffMember | None = None

    @property
    def name(self) -> str:
        """The name to show at the top of a page; empty for a visitor."""
        known = self.staff or self.person
        return known.name if known else ""

    def has_any(self, roles: Iterable[Role]) -> bool:
        """Whether one of the roles is theirs."""
        return not self.roles.isdisjoint(roles)


VISITOR = Actor()


def resident(person: Person) -> Actor:
    """The actor that a signed-in resident is."""
    return Actor(frozenset({Role.VISITOR, Role.RESIDENT}), person=person)


def member(staff: StaffMember) -> Actor:
    """The actor that a signed-in member of staff is, with the roles they hold now."""
    return Actor(frozenset({Role.VISITOR, *(Role(role) for role in staff.roles)}), staff=staff)


def actor_of(request: HttpRequest) -> Actor:
    """The actor that the guard found for this request."""
    return cast(Actor, getattr(request, "actor", VISITOR))


def person_of(request: HttpRequest) -> Person:
    """The resident who sent this request; the permission table lets no one else through."""
    person = actor_of(request).person
    assert person is not None, "the permission table gives this route to residents only"
    return person


def staff_of(request: HttpRequest) -> StaffMember:
    """The member of staff who sent this request; the permission table lets no one else through."""
    staff = actor_of(request).staff
    assert staff is not None, "the permission table gives this route to staff only"
    return staff
