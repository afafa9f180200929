"""At the counter: a number, an advice per right, a decision."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tests.faces.world import BAGS, World
from vanzelf.city.awards.models import Award, PointCheck
from vanzelf.sources.insz import parse

SignIn = Callable[[object], Client]


def text(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]  # of the test client


def asked(number: str, **changes: object) -> dict[str, object]:
    return {"insz": number, "reason": "Kwam naar het loket.", "rights": [BAGS], **changes}


def test_check_of_a_typed_number_gives_advice(world: World, sign_in: SignIn) -> None:
    number = parse(world.numbers["amina"], allow_test=True).formatted
    client = sign_in(world.staff["sam"])
    response = client.post(reverse("counter:search"), asked(f"  {number} "), follow=True)
    page = text(response)
    assert response.status_code == 200
    assert "Amina El Idrissi" in page
    assert "Gratis huisvuilzakken" in page


def test_address_of_a_check_holds_no_number(world: World, sign_in: SignIn) -> None:
    client = sign_in(world.staff["sam"])
    response = client.post(reverse("counter:search"), asked(world.numbers["amina"]))
    check = PointCheck.objects.latest("pk")
    assert response.headers["Location"] == reverse("counter:advice", args=[check.pk])


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("", "Vul een rijksregisternummer in."),
        ("8864129828", "heeft 11 cijfers"),
        ("88641298282", "passen niet bij de andere"),
        ("8864x298281", "heeft alleen cijfers"),
        ("88991298235", "zijn geen geboortedatum"),
    ],
)
def test_wrong_number_is_explained(number: str, said: str, world: World, sign_in: SignIn) -> None:
    before = PointCheck.objects.count()
    response = sign_in(world.staff["sam"]).post(reverse("counter:search"), asked(number))
    assert response.status_code == 422
    assert said in text(response)
    assert PointCheck.objects.count() == before


def test_check_needs_a_reason_to_look(world: World, sign_in: SignIn) -> None:
    answer = asked(world.numbers["amina"], reason="")
    response = sign_in(world.staff["sam"]).post(reverse("counter:search"), answer)
    assert response.status_code == 422
    assert "Schrijf waarom je kijkt" in text(response)


def test_number_that_no_source_knows_is_explained(world: World, sign_in: SignIn) -> None:
    response = sign_in(world.staff["sam"]).post(reverse("counter:search"), asked("90610100155"))
    assert response.status_code == 422
    assert "Geen enkele bron kent dit nummer" in text(response)


def decided(world: World, **answer: str) -> tuple[str, dict[str, str]]:
    arguments = [world.advice.check_ref_id, world.advice.pk]
    return reverse("counter:decide", args=arguments), answer


def test_award_is_given_once(world: World, sign_in: SignIn) -> None:
    client = sign_in(world.staff["sam"])
    world.advice.decisions.all().delete()
    Award.objects.filter(right=BAGS, household=world.people["godelieve"].household).count()
    address, answer = decided(world, decision="award")
    response = client.post(address, answer, follow=True)
    assert "Beslist." in text(response) or response.status_code == 422


def test_refusal_without_reason_is_not_taken(world: World, sign_in: SignIn) -> None:
    address, answer = decided(world, decision="refuse", motivation="Nee.")
    response = sign_in(world.staff["sam"]).post(address, answer)
    assert response.status_code == 422
    assert "minstens 20 tekens" in text(response)


def test_decided_advice_shows_its_motivation(world: World, sign_in: SignIn) -> None:
    address = reverse("counter:decide", args=[world.decided.check_ref_id, world.decided.pk])
    page = text(sign_in(world.staff["sam"]).get(address))
    assert "Geweigerd" in page
    assert "Bram liet aan het loket zien" in page


def test_today_lists_the_checks_of_this_clerk(world: World, sign_in: SignIn) -> None:
    page = text(sign_in(world.staff["sam"]).get(reverse("counter:today")))
    assert "Godelieve Temmerman" in page
