"""The rooms that are open to everyone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.faces.world import BAGS, World

SignIn = Callable[[object], Client]


def text(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]  # of the test client


def test_start_says_that_it_is_a_demo(world: World, sign_in: SignIn) -> None:
    assert "Demo: alle personen zijn verzonnen" in text(sign_in(None).get("/"))


def test_sign_in_offers_the_cast_and_the_staff(world: World, sign_in: SignIn) -> None:
    page = text(sign_in(None).get(reverse("entrance:sign-in")))
    assert "Amina El Idrissi" in page
    assert "Sam De Wilde" in page
    assert not any(number in page for number in world.numbers.values())


def test_sign_in_leads_to_the_own_page(world: World, sign_in: SignIn) -> None:
    client = sign_in(None)
    key = f"resident-{world.people['amina'].pk}"
    response = client.post(reverse("entrance:sign-in"), {"persona": key}, follow=True)
    assert "Dag Amina" in text(response)


def test_sign_in_goes_on_to_the_page_that_was_asked(world: World, sign_in: SignIn) -> None:
    client = sign_in(None)
    wanted = reverse("resident:looks")
    key = f"resident-{world.people['amina'].pk}"
    response = client.post(reverse("entrance:sign-in"), {"persona": key, "next": wanted})
    assert response.headers["Location"] == wanted


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org", "javascript:1"])
def test_sign_in_never_leads_elsewhere(elsewhere: str, world: World, sign_in: SignIn) -> None:
    key = f"staff-{world.staff['sam'].pk}"
    answer = {"persona": key, "next": elsewhere}
    response = sign_in(None).post(reverse("entrance:sign-in"), answer)
    assert response.headers["Location"] == reverse("entrance:home")


def test_sign_in_refuses_someone_who_is_not_of_the_cast(world: World, sign_in: SignIn) -> None:
    from vanzelf.city.people.models import Person

    cast = [person.pk for person in world.people.values()]
    other = Person.objects.exclude(pk__in=cast).exclude(memberships__position__gt="01").last()
    answer = {"persona": f"resident-{other.pk}"}
    client = sign_in(None)
    assert client.post(reverse("entrance:sign-in"), answer).status_code == 422
    assert client.get(reverse("resident:overview")).status_code == 302


@pytest.mark.parametrize("key", ["", "staff-", "staff-0", "admin-1", "resident-x", "resident--1"])
def test_sign_in_refuses_an_odd_key(key: str, world: World, sign_in: SignIn) -> None:
    response = sign_in(None).post(reverse("entrance:sign-in"), {"persona": key})
    assert response.status_code == 422


def test_sign_in_without_demo_lets_nobody_in(
    world: World, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "VANZELF_DEMO", False)
    monkeypatch.setattr(settings, "SECURE_SSL_REDIRECT", False)
    client = sign_in(None)
    answer = {"persona": f"staff-{world.staff['an'].pk}"}
    assert client.post(reverse("entrance:sign-in"), answer).status_code == 403
    assert "An Peeters" not in text(client.get(reverse("entrance:sign-in")))


def test_sign_out_ends_the_session(world: World, sign_in: SignIn) -> None:
    client = sign_in(world.people["amina"])
    client.post(reverse("entrance:sign-out"))
    assert client.get(reverse("resident:overview")).status_code == 302


def test_pages_are_dutch_whatever_the_browser_prefers(world: World, sign_in: SignIn) -> None:
    response = sign_in(None).get("/", headers={"accept-language": "en"})
    assert response.headers["Content-Language"] == "nl"
    assert "Je rechten komen vanzelf" in text(response)


def test_english_is_marked_as_a_translation(world: World, sign_in: SignIn) -> None:
    client = sign_in(None)
    client.post(reverse("entrance:language"), {"language": "en", "next": "/"})
    page = text(client.get(reverse("entrance:rule", args=[BAGS])))
    assert "This is a translation" in page
    assert "Free waste bags" in page


def test_rules_flag_what_is_not_confirmed(world: World, sign_in: SignIn) -> None:
    page = text(sign_in(None).get(reverse("entrance:rule", args=[BAGS])))
    assert "niet bevestigd" in page


def test_every_rule_has_its_page(world: World, sign_in: SignIn) -> None:
    from vanzelf.city.regulations import regulations

    client = sign_in(None)
    found = {right: client.get(reverse("entrance:rule", args=[right])) for right in regulations()}
    assert {right for right, page in found.items() if page.status_code != 200} == set()


def test_unknown_rule_is_not_there(world: World, sign_in: SignIn) -> None:
    assert sign_in(None).get(reverse("entrance:rule", args=["gent/niets"])).status_code == 404
