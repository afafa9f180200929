"""The questions of a recheck: what was found then and now, and a person who answers."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from tests.faces.test_backoffice import text
from tests.faces.world import World
from vanzelf.city.access.models import Look
from vanzelf.city.awards.domain import end_award
from vanzelf.city.awards.models import Award
from vanzelf.city.rechecks.models import Question

SignIn = Callable[[object], Client]
LIST = "backoffice:questions"
WHY = "De verhoogde tegemoetkoming was een vergissing van de bron."


def at(world: World) -> str:
    return reverse("backoffice:question", args=[world.question.pk])


def test_list_shows_period_change_and_criterion_without_a_name(
    world: World, sign_in: SignIn
) -> None:
    page = text(sign_in(world.staff["lies"]).get(reverse(LIST)))
    assert "1 vraag wacht" in page
    assert "Gratis huisvuilzakken of ophaalkrediet, 2026" in page
    assert "Ja → Nee" in page
    assert "Iemand in je gezin heeft verhoogde tegemoetkoming." in page
    assert "Minder dan toegekend" in page
    members = world.question.award.covers.select_related("person")
    assert [one.person.name for one in members if one.person.name in page] == []


def test_list_without_questions_says_what_will_stand_there(world: World, sign_in: SignIn) -> None:
    Question.objects.filter(pk=world.question.pk).update(superseded_by=world.preview)
    page = text(sign_in(world.staff["lies"]).get(reverse(LIST)))
    assert "Er wacht geen vraag" in page


def test_question_shows_whom_it_is_about_and_logs_the_look(world: World, sign_in: SignIn) -> None:
    page = text(sign_in(world.staff["an"]).get(at(world)))
    covered = [one.person for one in world.question.award.covers.select_related("person")]
    assert all(person.name in page for person in covered)
    assert "Toegekend sinds" in page
    look = Look.objects.latest("pk")
    assert (look.purpose, look.staff) == ("hercontrole", world.staff["an"])
    assert {one.person_id for one in look.subjects.all()} >= {person.pk for person in covered}


def test_preparer_sees_no_form_and_cannot_answer(world: World, sign_in: SignIn) -> None:
    client = sign_in(world.staff["lies"])
    assert "Iemand die controles goedkeurt, beantwoordt dit." in text(client.get(at(world)))
    client.post(at(world), {"answer": "kept", "reason": WHY})
    assert Question.objects.get(pk=world.question.pk).closed_at is None


def test_answer_keeps_the_award_and_stands_in_the_list(world: World, sign_in: SignIn) -> None:
    client = sign_in(world.staff["an"])
    page = text(client.post(at(world), {"answer": "kept", "reason": WHY}, follow=True))
    assert "Er wacht geen vraag" in page
    assert f"Blijft zoals het is: {WHY}" in page
    assert Award.objects.get(pk=world.question.award_id).known_until is None
    assert WHY in text(client.get(at(world)))


def test_answer_ends_the_award_with_the_reason(world: World, sign_in: SignIn) -> None:
    client = sign_in(world.staff["an"])
    client.post(at(world), {"answer": "ended", "reason": WHY})
    award = Award.objects.get(pk=world.question.award_id)
    assert (award.ended_by, award.ended_reason) == (world.staff["an"], WHY)
    again = text(client.post(at(world), {"answer": "kept", "reason": WHY}, follow=True))
    assert "Deze vraag staat niet meer open" in again
    assert "Toekenning beëindigd" in again


def test_answer_after_the_award_ended_is_that_it_lapsed(world: World, sign_in: SignIn) -> None:
    end_award(award=world.question.award, by=world.staff["an"], reason=WHY)
    client = sign_in(world.staff["an"])
    page = text(client.get(at(world)))
    assert "De vraag vervalt: de toekenning is al beëindigd" in page
    assert "Alles blijft zoals het is" not in page
    assert client.post(at(world), {"answer": "kept", "reason": WHY}).status_code == 422
    page = text(client.post(at(world), {"answer": "lapsed", "reason": WHY}, follow=True))
    assert "Er wacht geen vraag" in page
    assert f"Vervallen: de toekenning was al beëindigd: {WHY}" in page


def test_answer_without_choice_or_reason_is_explained(world: World, sign_in: SignIn) -> None:
    response = sign_in(world.staff["an"]).post(at(world), {"reason": "fout"})
    assert response.status_code == 422
    page = text(response)
    assert "Kies wat ermee gebeurt." in page
    assert "minstens 20 tekens" in page
