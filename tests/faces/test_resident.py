"""A resident's own pages: what, why, with which data, and who looked."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tests.faces.world import BAGS, REASON, SCHOOL, World
from vanzelf.city import clock
from vanzelf.city.access.models import Look
from vanzelf.city.awards import domain as awards
from vanzelf.city.awards.models import Award, LatestVerdict
from vanzelf.city.awards.undoing import undo
from vanzelf.city.people.models import Fact
from vanzelf.city.regulations import regulations
from vanzelf.city.runs import domain as runs

SignIn = Callable[[object], Client]


def text(response: object) -> str:
    page = response.content.decode()  # type: ignore[attr-defined]  # of the test client
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def opened(client: Client, route: str, *arguments: object) -> str:
    response = client.get(reverse(f"resident:{route}", args=arguments))
    assert response.status_code == 200
    return text(response)


def test_overview_tells_what_was_awarded_by_a_run(world: World, sign_in: SignIn) -> None:
    page = opened(sign_in(world.people["amina"]), "overview")
    assert "Dag Amina" in page
    assert "Je gezin krijgt 1 voordeel" in page
    assert "Gratis huisvuilzakken of ophaalkrediet" in page
    assert "Toegekend" in page


def test_overview_adds_up_the_year(world: World, sign_in: SignIn) -> None:
    award = Award.objects.get(covers__person=world.people["amina"], known_until=None)
    assert award.amount_cents is not None
    page = opened(sign_in(world.people["amina"]), "overview")
    assert f"Samen ongeveer € {award.amount_cents // 100}" in page.replace("\xa0", " ")


def test_partner_sees_the_award_of_the_household(world: World, sign_in: SignIn) -> None:
    partner = world.people["amina"].household.members[1]
    assert "Je gezin krijgt 1 voordeel" in opened(sign_in(partner), "overview")


def test_award_that_was_taken_back_is_gone(world: World, sign_in: SignIn) -> None:
    runs.withdraw(run=world.done, by=world.staff["an"], reason=REASON)
    page = opened(sign_in(world.people["amina"]), "overview")
    assert "Je krijgt nog niets via ons" in page
    assert "Een medewerker moet het nog goedkeuren." in page


def test_why_an_award_was_taken_back_is_for_whom_was_asked_about(
    world: World, sign_in: SignIn
) -> None:
    reason = "Het verkeerde gezin aangeklikt aan het loket."
    runs.withdraw(run=world.done, by=world.staff["an"], reason=REASON)
    number, partner = world.numbers["amina"], world.people["amina"].household.members[1]
    clerk = world.staff["sam"]
    (advice,) = awards.point_check(
        insz=number,
        on=clock.today(),
        by=clerk,
        reason="Kwam naar het loket.",
        regulation_ids=[BAGS],
    )
    given = awards.decide(advice=advice, by=clerk, decision="award")
    undo(decision=given, by=clerk, reason=reason)
    assert reason in opened(sign_in(world.people["amina"]), "why", BAGS)
    seen = opened(sign_in(partner), "why", BAGS)
    assert "Sam De Wilde van Loket Rabot nam de toekenning terug" in seen
    assert reason not in seen


def test_why_shows_steps_sources_and_who_approved(world: World, sign_in: SignIn) -> None:
    page = opened(sign_in(world.people["amina"]), "why", BAGS)
    assert "waarom krijg je dit?" in page
    assert "Je gezin woont in Gent." in page
    assert "Kruispuntbank van de Sociale Zekerheid" in page
    assert "An Peeters van Dienst Sociale Regie keurde het goed" in page
    assert "Raad van State" in page


def test_why_of_a_right_that_was_never_checked_is_not_there(world: World, sign_in: SignIn) -> None:
    address = reverse("resident:why", args=["gent/niets"])
    assert sign_in(world.people["amina"]).get(address).status_code == 404


def test_data_say_where_they_are_from(world: World, sign_in: SignIn) -> None:
    page = opened(sign_in(world.people["amina"]), "facts")
    assert "Verhoogde tegemoetkoming" in page
    assert "Kruispuntbank van de Sociale Zekerheid" in page
    assert "Youssef" in page


def test_data_of_a_partner_are_for_the_partner(world: World, sign_in: SignIn) -> None:
    page = opened(sign_in(world.people["amina"]), "facts")
    assert "Ook gegevens van Youssef werden gebruikt." in page
    assert page.count("Budgetbegeleiding door het OCMW") == 4  # her own and the three children's
    lina = world.people["amina"].household.members[-1]
    page = opened(sign_in(lina), "facts")
    assert page.count("Budgetbegeleiding door het OCMW") == 1


def test_looks_show_the_run_and_the_clerk_with_their_reason(world: World, sign_in: SignIn) -> None:
    page = opened(sign_in(world.people["godelieve"]), "looks")
    assert "Automatisch, voor iedereen tegelijk" in page
    assert "Loket Rabot, Sam De Wilde" in page
    assert "Kwam naar het loket." in page


@pytest.mark.parametrize("route", ["overview", "facts"])
def test_own_look_is_written_down(route: str, world: World, sign_in: SignIn) -> None:
    person = world.people["amina"]
    before = Look.objects.filter(person=person).count()
    opened(sign_in(person), route)
    assert Look.objects.filter(person=person).count() > before


def test_overview_of_someone_nobody_checked_says_what_will_happen(
    world: World, sign_in: SignIn
) -> None:
    from vanzelf.city.people.models import Person

    LatestVerdict.objects.all().delete()
    newcomer = Person.objects.filter(covers=None).first()
    page = opened(sign_in(newcomer), "overview")
    assert "Je krijgt nog niets via ons" in page


def asked(world: World) -> LatestVerdict:
    """A right of Bram that waits for an answer that only he can give."""
    awards.point_check(
        insz=world.numbers["bram"],
        on=world.advice.check_ref.on,
        by=world.staff["sam"],
        reason="Kwam naar het loket.",
    )
    from vanzelf.city.awards.declaring import question_of

    bram = world.people["bram"]
    rows = LatestVerdict.objects.filter(household=bram.household) | LatestVerdict.objects.filter(
        person=bram
    )
    questions = ((row, question_of(row, bram)) for row in rows.order_by("pk"))
    return next(row for row, question in questions if question and question.about == bram)


def test_question_is_asked_and_its_answer_checked(world: World, sign_in: SignIn) -> None:
    row = asked(world)
    client = sign_in(world.people["bram"])
    address = reverse("resident:question", args=[row.right])
    assert client.get(address).status_code == 200
    kind = regulations().facts.at(row.next_question).type
    answer = {"boolean": "yes", "money": "850,50", "number": "2", "date": "31-12-2026"}[kind]
    before = row.missing
    response = client.post(address, {"answer": answer}, follow=True)
    assert "Bedankt." in text(response)
    row.refresh_from_db()
    assert row.missing != before
    told = Fact.objects.filter(source="declared/bewoner", person=world.people["bram"])
    assert told.count() == 1


def test_question_without_an_answer_says_so(world: World, sign_in: SignIn) -> None:
    row = asked(world)
    address = reverse("resident:question", args=[row.right])
    response = sign_in(world.people["bram"]).post(address, {"answer": ""})
    assert response.status_code == 422
    assert "Geef een antwoord" in text(response)


def test_question_of_a_right_that_is_settled_is_not_there(world: World, sign_in: SignIn) -> None:
    address = reverse("resident:question", args=[BAGS])
    assert sign_in(world.people["amina"]).get(address).status_code == 404


def test_table_marks_the_row_that_holds_in_words(world: World, sign_in: SignIn) -> None:
    page = text(sign_in(world.people["yara"]).get(reverse("resident:why", args=[SCHOOL])))
    assert "Korting op de maaltijden" in page
    assert "minder dan 23.000 euro per jaar" in page
    assert page.count("Deze rij geldt") == 2  # one row of each of the two tables
