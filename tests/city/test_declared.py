"""What residents told, beside real MAGDA messages: it fills, stays, and never overrides."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from tests.city.conftest import BAGS, Desk
from vanzelf import rights
from vanzelf.city import clock
from vanzelf.city.access.models import Look
from vanzelf.city.awards.declared import contradictions, value_of
from vanzelf.city.awards.declaring import SOURCE, Question, declare, question_of
from vanzelf.city.awards.models import Advice, LatestVerdict
from vanzelf.city.people.models import Fact, Person
from vanzelf.city.people.queries import find_person
from vanzelf.city.people.sourced import keep
from vanzelf.city.verdicts.models import Outcome
from vanzelf.city.verdicts.queries import explanation
from vanzelf.sources import Reading

VT = "verhoogde tegemoetkoming"
ENERGY = "federaal/sociaal-energietarief"
LEEFLOON = "federaal/leefloon"


def used(advice: Advice) -> Iterator[rights.Used]:
    verdict = rights.Verdict.from_data(explanation(advice))
    assert verdict.explanation is not None
    yield from verdict.explanation.facts


def declared_in(advice: Advice) -> dict[str, object]:
    return {one.path: one.value for one in used(advice) if one.origin and one.origin.declared}


def asked(desk: Desk) -> tuple[str, Person, Question]:
    """The first person for whom a yes-or-no question would tell."""
    for row in desk.people():
        insz = str(row["insz"])
        desk.check(insz)
        person = find_person(insz)
        for verdict in LatestVerdict.objects.filter(outcome=Outcome.UNKNOWN, person=person):
            question = question_of(verdict, person)
            if question and rights.load().facts.at(question.path).type == "boolean":
                return insz, person, question
    raise LookupError("nobody is asked anything")


def told(person: Person, name: str, value: Any) -> None:
    keep({name: Reading(value, SOURCE, clock.now())}, person=person)


def test_answer_fills_what_no_source_tells(desk: Desk) -> None:
    insz, person, question = asked(desk)
    declare(person=person, question=question, value=True)
    (advice,) = desk.check(insz, question.row.right)
    assert declared_in(advice)[question.path] is True
    assert question.path not in rights.Verdict.from_data(explanation(advice)).missing
    (fact,) = advice.check_ref.facts.filter(source=SOURCE)
    assert fact.as_of == next(
        one.origin.as_of for one in used(advice) if one.origin and one.origin.declared
    )


def test_answer_outlives_a_check(desk: Desk) -> None:
    insz, person, question = asked(desk)
    declare(person=person, question=question, value=True)
    for _ in range(2):
        (advice,) = desk.check(insz, question.row.right)
    assert declared_in(advice)[question.path] is True


def test_new_answer_takes_the_place_of_the_old(desk: Desk) -> None:
    insz, person, question = asked(desk)
    name = question.path.rpartition(".")[2]
    told(person, name, True)
    told(person, name, False)
    (advice,) = desk.check(insz, question.row.right)
    assert declared_in(advice)[question.path] is False
    assert Fact.objects.filter(source=SOURCE, known_until=None).count() == 1


def test_answer_never_overrides_a_source(desk: Desk) -> None:
    insz, advice = desk.someone(Outcome.YES)
    before = {one.path: one.value for one in used(advice)}
    for member in advice.check_ref.household.members:
        told(member, VT, value=False)
    (again,) = desk.check(insz, BAGS)
    assert again.outcome == Outcome.YES
    assert {one.path: one.value for one in used(again)} == before
    assert declared_in(again) == {}


def test_contradiction_is_shown_to_the_clerk_and_logged(desk: Desk) -> None:
    insz, advice = desk.someone(Outcome.YES)
    person = next(
        fact.person
        for fact in advice.check_ref.facts.filter(fact=f"persoon.{VT}", reason="")
        if value_of(fact) is True
    )
    told(person, VT, value=False)
    (again,) = desk.check(insz, BAGS)
    (one,) = contradictions(again.check_ref, viewer=desk.town.clerk, right=BAGS)
    assert (one.about, one.fact, one.said, one.found) == (person, f"persoon.{VT}", False, True)
    assert one.source == "magda/GeefSociaalStatuut"
    look = Look.objects.latest("pk")
    assert (look.staff, look.facts) == (desk.town.clerk, [f"persoon.{VT}"])
    assert [subject.person for subject in look.subjects.all()] == [person]


def test_answer_that_agrees_with_the_source_is_no_contradiction(desk: Desk) -> None:
    insz, advice = desk.someone(Outcome.YES)
    for fact in advice.check_ref.facts.filter(fact=f"persoon.{VT}", reason=""):
        told(fact.person, VT, value_of(fact))
    (again,) = desk.check(insz, BAGS)
    assert contradictions(again.check_ref, viewer=desk.town.clerk) == []


def test_answer_stands_in_while_the_source_is_down(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    insz, _ = desk.someone(Outcome.YES)
    told(find_person(insz), "leefloon", value=True)
    monkeypatch.setenv("VANZELF_MAGDA_URL", "http://127.0.0.1:9")
    (advice,) = desk.check(insz, "gent/schoolkorting")
    assert [one.fact for one in advice.check_ref.facts.filter(source=SOURCE)] == [
        "persoon.leefloon"
    ]
    assert advice.outcome == Outcome.UNKNOWN


def together(desk: Desk) -> tuple[str, Advice]:
    """Someone who does not live alone, and the advice on the energy tariff."""
    for row in desk.people():
        (advice,) = desk.check(str(row["insz"]), ENERGY)
        if len(advice.explanation.members) > 1:
            return str(row["insz"]), advice
    raise LookupError("everyone lives alone")


def test_answer_about_a_member_stands_with_that_member(desk: Desk) -> None:
    insz, advice = together(desk)
    second = Person.objects.get(pk=advice.explanation.members[1])
    told(second, "handicap 65 procent", value=False)
    (again,) = desk.check(insz, ENERGY)
    assert declared_in(again) == {"gezin.leden[2].handicap 65 procent": False}


def test_answer_about_the_household_stands_with_the_household(desk: Desk) -> None:
    insz, advice = together(desk)
    heating = "sociaal appartement met gezamenlijke verwarming"
    reading = Reading(value=False, source=SOURCE, as_of=clock.now())
    keep({heating: reading}, household=advice.check_ref.household)
    (again,) = desk.check(insz, ENERGY)
    assert declared_in(again) == {f"gezin.{heating}": False}


def test_answer_about_money_is_sealed_and_used(desk: Desk) -> None:
    insz = str(desk.people()[0]["insz"])
    desk.check(insz, LEEFLOON)
    person = find_person(insz)
    told(person, "bestaansmiddelen", "1850.50")
    (fact,) = Fact.objects.filter(source=SOURCE)
    assert fact.value is None
    assert value_of(fact) == Decimal("1850.50")
    (advice,) = desk.check(insz, LEEFLOON)
    assert Decimal("1850.50") in declared_in(advice).values()
    advice.explanation.refresh_from_db()  # reading it put the sealed values back in this copy
    assert "1850" not in str(advice.explanation.data)


def test_answer_that_no_right_of_the_check_needs_is_left_out(desk: Desk) -> None:
    insz, _ = desk.someone(Outcome.YES)
    told(find_person(insz), "bestaansmiddelen", "1850.50")
    (advice,) = desk.check(insz, BAGS)
    assert not advice.check_ref.facts.filter(source=SOURCE).exists()
