"""Who looked: what a resident can see of it."""

from __future__ import annotations

from tests.city.conftest import Town
from vanzelf.city.access.domain import record
from vanzelf.city.access.queries import looks_of
from vanzelf.city.people.models import Household, Person


def test_pages_of_residents_push_no_clerk_out_of_sight(town: Town) -> None:
    someone, other = next(
        home.members for home in Household.objects.all() if len(home.members) == 2
    )
    clerk = record(actor=town.clerk, subjects=[someone], purpose="controle")
    for viewer in (someone, other) * 10:
        record(actor=viewer, subjects=[someone], purpose="inzage")
    found = looks_of(someone, limit=5)
    assert clerk in found
    assert len(found) == 6
    assert {look.person for look in found} == {None, someone}
    assert found == sorted(found, key=lambda look: look.pk, reverse=True)


def pair(town: Town) -> tuple[Person, Person]:
    """Two people who live together."""
    one, other = next(home.members for home in Household.objects.all() if len(home.members) == 2)
    return one, other


def test_only_who_was_asked_about_sees_who_looked_and_why(town: Town) -> None:
    asked, other = pair(town)
    record(
        actor=town.clerk,
        subjects=[asked, other],
        purpose="controle",
        right="gent/uitpas",
        facts=["persoon.a", "persoon.b", "gezin.c"],
        reason="Kwam naar het loket.",
        about=asked,
        own={asked.pk: ["persoon.a", "gezin.c"], other.pk: ["persoon.b", "gezin.c"]},
    )
    (seen,) = looks_of(asked)
    assert (seen.actor, seen.right, seen.reason) == (
        "Sam De Wilde",
        "gent/uitpas",
        "Kwam naar het loket.",
    )
    assert seen.facts == ["gezin.c", "persoon.a", "persoon.b"]
    (seen,) = looks_of(other)
    assert (seen.service, seen.purpose) == (town.clerk.service, "controle")
    assert (seen.actor, seen.staff, seen.right, seen.reason, seen.about) == ("", None, "", "", None)
    assert seen.facts == ["gezin.c", "persoon.b"]


def test_look_at_ones_own_page_is_not_shown_to_others(town: Town) -> None:
    someone, other = pair(town)
    mine = record(actor=someone, subjects=[someone, other], purpose="inzage")
    answer = record(actor=someone, subjects=[other], purpose="verklaring")
    assert looks_of(someone) == [mine]
    assert looks_of(other) == [answer]
