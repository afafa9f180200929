"""Whom a datum is about, and who of a household may see it."""

from __future__ import annotations

from datetime import date

import pytest

from tests.city.conftest import BAGS, DAY, Town
from vanzelf.city import clock
from vanzelf.city.access.models import Look
from vanzelf.city.awards import queries
from vanzelf.city.awards.about import about, may_see, members_of, positions
from vanzelf.city.awards.known import facts_of
from vanzelf.city.awards.models import Award, LatestVerdict
from vanzelf.city.people.models import Household, Membership, Person
from vanzelf.city.runs.models import RunVerdict
from vanzelf.city.time_axes import CURRENT
from vanzelf.population import read

INCOME = "gezin.belastbaar inkomen"
STATUS = "gezin.leden[].leefloon"


def person(first_name: str, born: int | None) -> Person:
    day = date(born, 6, 1) if born else None
    return Person.objects.create(first_name=first_name, birth_date=day, known_from=clock.now())


def home(*members: tuple[Person, str]) -> Household:
    household = Household.objects.create(known_from=clock.now())
    for place, (member, position) in enumerate(members):
        Membership.objects.create(
            household=household,
            person=member,
            position=position,
            place=place,
            known_from=clock.now(),
        )
    return household


@pytest.fixture
def family(town: Town) -> dict[str, Person]:
    """Two partners, a child of ten, a grown-up child, and a lodger."""
    born = {"an": 1985, "bo": 1983, "kim": 2016, "lou": 2003, "mo": 1990}
    people = {name: person(name, year) for name, year in born.items()}
    home(*zip(people.values(), ("01", "22", "03", "03", "12"), strict=True))
    return people


def seen(family: dict[str, Person], viewer: str) -> set[str]:
    """Whose social status this viewer may see."""
    household = positions(family[viewer])
    return {
        name
        for name, one in family.items()
        if may_see(STATUS, one, viewer=family[viewer], household=household)
    }


def test_parents_see_their_own_data_and_those_of_children(family: dict[str, Person]) -> None:
    assert seen(family, "an") == {"an", "kim"}
    assert seen(family, "bo") == {"bo", "kim"}


def test_others_see_only_their_own_data(family: dict[str, Person]) -> None:
    assert [seen(family, name) for name in ("kim", "lou", "mo")] == [{"kim"}, {"lou"}, {"mo"}]


def test_income_of_the_household_is_for_its_heads(family: dict[str, Person]) -> None:
    allowed = {
        name
        for name, one in family.items()
        if may_see(INCOME, None, viewer=one, household=positions(one))
    }
    assert allowed == {"an", "bo"}


def test_income_of_who_lives_alone_is_for_that_person(town: Town) -> None:
    alone = person("solo", 1990)
    home((alone, "12"))
    assert may_see(INCOME, None, viewer=alone, household=positions(alone))


def test_age_that_is_not_known_makes_nobody_a_child(town: Town) -> None:
    parent, other = person("an", 1985), person("bo", None)
    home((parent, "01"), (other, "03"))
    assert not may_see(STATUS, other, viewer=parent, household=positions(parent))


def test_explanations_number_members_as_the_population_does(town: Town) -> None:
    run = town.evaluated()
    numbered = {
        house.number: [member.insz for member in house.members]
        for house in read(town.folder).members()
    }
    rows = RunVerdict.objects.filter(run=run).exclude(explanation=None)
    mixed = 0
    for row in rows.select_related("household", "explanation"):
        people = Person.objects.in_bulk(row.explanation.members)
        ordered = [people[number] for number in row.explanation.members]
        assert [one.insz for one in ordered] == numbered[row.household.register_number]
        places = list(row.household.memberships.order_by("place").values_list("position"))
        mixed += places != sorted(places)
    assert mixed  # households where the order of positions is another one


@pytest.fixture
def couple(town: Town) -> tuple[Award, list[Person]]:
    """An award to a household of two partners."""
    town.awarded()
    for award in Award.objects.exclude(household=None).select_related("household"):
        held = positions(award.household.members[0])
        if len(held) == 2 and set(held.values()) <= {"01", "02", "21", "22"}:
            return award, award.household.members
    raise LookupError("no couple gets the waste bags in this city")


def test_data_of_a_partner_are_withheld(couple: tuple[Award, list[Person]]) -> None:
    _, (one, other) = couple
    told = facts_of(one)
    assert {fact.about for fact in told.facts} <= {None, one}
    assert told.withheld == [other]


def test_data_of_a_child_are_logged_for_the_child(town: Town) -> None:
    run = town.awarded()
    adults = {"01", "02", "21", "22"}
    child = next(
        member.person
        for member in Membership.objects.filter(CURRENT, position="03").select_related("person")
        if member.person.birth_date > date(2012, 1, 1)
        and Award.objects.filter(run=run, covers__person=member.person).exists()
    )
    household = positions(child)
    parent = Person.objects.get(pk=next(k for k, v in household.items() if v in adults))
    told = facts_of(parent)
    assert child in {fact.about for fact in told.facts}
    look = Look.objects.filter(person=parent).latest("pk")
    assert child.pk in look.subjects.values_list("person_id", flat=True)


def test_verdict_is_not_for_who_came_to_live_there_later(
    couple: tuple[Award, list[Person]],
) -> None:
    award, (one, other) = couple
    Membership.objects.filter(CURRENT, person=other).update(valid_until=DAY)
    newcomer = person("nieuw", 1991)
    Membership.objects.create(
        household=award.household, person=newcomer, position="22", place=1, known_from=clock.now()
    )
    assert facts_of(newcomer).facts == []
    assert queries.overview(newcomer, viewer=newcomer).awards == []
    assert [row.right for row in queries.overview(one, viewer=one).awards] == [BAGS]
    assert {fact.about for fact in facts_of(one).facts} <= {None, one}


def test_names_of_an_award_are_those_of_its_household(couple: tuple[Award, list[Person]]) -> None:
    award, (one, other) = couple
    Membership.objects.filter(CURRENT, person=other).update(valid_until=DAY)
    home((other, "01"), (person("nieuw", 1991), "22"))
    assert members_of(award) == [one, other]
    assert about("gezin.leden[2].leefloon", award, members_of(award)) == other


def test_latest_verdict_says_whom_it_looked_at(town: Town) -> None:
    town.awarded()
    for row in LatestVerdict.objects.exclude(explanation=None).select_related("household"):
        assert [one.pk for one in members_of(row)] == [one.pk for one in row.household.members]
