"""Whom a question is about: the groups of persons that an authorisation may name."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

FULL_AGE = 18
"""Years; article 388 of the old Civil Code: who is younger is a minor."""


class Group(StrEnum):
    """What is known of a person's part in a question. Who asks names the closest group."""

    RESIDENTS = "inwoners"  # whose own right is looked at
    MEMBERS = "gezinsleden"  # who lives with them, of any age or of an age that is not known
    ADULTS = "volwassen gezinsleden"  # who lives with them, 18 or older
    CHILDREN = "kinderen"  # who lives with them, younger than 18


EVERYONE = frozenset(Group)


def reached(named: Iterable[Group]) -> frozenset[Group]:
    """The groups that an authorisation reaches when it names these: members are of every age."""
    groups = frozenset(named)
    members = {Group.MEMBERS, Group.ADULTS, Group.CHILDREN}
    return groups | members if Group.MEMBERS in groups else groups


def group_of(*, own: bool, born: date | None = None, on: date) -> Group:
    """The group of one person: `own` when it is their own right, else by their age on a day.

    A date of birth that is not known (or may not be) gives `MEMBERS`: only an authorisation for
    members of every age then covers.
    """
    if own:
        return Group.RESIDENTS
    if born is None:
        return Group.MEMBERS
    age = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    return Group.CHILDREN if age < FULL_AGE else Group.ADULTS
