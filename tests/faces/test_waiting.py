"""A check that is being asked: no page waits for it, each shows what it waits for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.faces.world import BAGS, World
from vanzelf.city import clock
from vanzelf.city.checks.models import CheckRequest, State
from vanzelf.city.staff.domain import create_staff_member
from vanzelf.city.staff.models import Role

SignIn = Callable[[object], Client]


def text(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]  # of the test client


def page(world: World, request: CheckRequest, client: Client) -> str:
    return text(client.get(reverse("counter:waiting", args=[request.pk])))


def test_page_says_which_source_is_waited_for_and_since_when(world: World, sign_in: SignIn) -> None:
    shown = page(world, world.asked, sign_in(world.staff["sam"]))
    since = clock.GHENT.fromutc(world.asked.asked_at.replace(tzinfo=clock.GHENT))
    assert f"We wachten op: Rijksregister, sinds {since:%H.%M}" in shown
    assert "data-moving" in shown
    assert world.numbers["amina"] not in shown


def test_slow_source_is_told_as_slow(world: World, sign_in: SignIn) -> None:
    client = sign_in(world.staff["sam"])
    with clock.fixed(world.asked.asked_at + timedelta(seconds=5)):
        assert "een bron is traag" not in page(world, world.asked, client)
    with clock.fixed(world.asked.asked_at + timedelta(seconds=15)):
        assert "een bron is traag" in page(world, world.asked, client)


def test_request_that_nothing_takes_up_is_told_as_such(world: World, sign_in: SignIn) -> None:
    CheckRequest.objects.filter(pk=world.asked.pk).update(state=State.WAITING, source="")
    client = sign_in(world.staff["sam"])
    with clock.fixed(world.asked.asked_at + timedelta(seconds=5)):
        assert "De vraag wacht op haar beurt." in page(world, world.asked, client)
    with clock.fixed(world.asked.asked_at + timedelta(seconds=30)):
        assert "een werker draait niet" in page(world, world.asked, client)


def test_clerk_leaves_and_finds_the_check_under_today(world: World, sign_in: SignIn) -> None:
    client = sign_in(world.staff["sam"])
    today = text(client.get(reverse("counter:today")))
    assert reverse("counter:waiting", args=[world.asked.pk]) in today
    assert reverse("counter:waiting", args=[world.failed.pk]) not in today


def test_stopped_check_says_so_and_forgets_the_number(world: World, sign_in: SignIn) -> None:
    client = sign_in(world.staff["sam"])
    response = client.post(reverse("counter:stop", args=[world.asked.pk]), follow=True)
    assert "Je stopte deze vraag" in text(response)
    world.asked.refresh_from_db()
    assert (world.asked.state, world.asked.number) == (State.CANCELLED, None)


def test_check_of_another_clerk_is_not_stopped(world: World, sign_in: SignIn) -> None:
    other = create_staff_member(
        username="els", name="Els Claes", service="Loket", roles=[Role.CLERK], human="Els"
    )
    response = sign_in(other).post(reverse("counter:stop", args=[world.asked.pk]))
    assert response.status_code == 404
    assert CheckRequest.objects.get(pk=world.asked.pk).open


def test_form_is_not_filled_in_with_the_check_of_another(world: World, sign_in: SignIn) -> None:
    other = create_staff_member(
        username="els", name="Els Claes", service="Loket", roles=[Role.CLERK], human="Els"
    )
    address = f"{reverse('counter:search')}?opnieuw={world.failed.pk}"
    assert world.failed.reason not in text(sign_in(other).get(address))
    assert world.failed.reason in text(sign_in(world.staff["sam"]).get(address))


@pytest.mark.parametrize("again", ["x", "9" * 40, "-1"])
def test_form_survives_an_address_that_was_tampered_with(
    again: str, world: World, sign_in: SignIn
) -> None:
    client = sign_in(world.staff["sam"])
    assert client.get(reverse("counter:search"), {"opnieuw": again}).status_code == 200


def test_asking_leaves_the_sources_to_the_worker(
    world: World, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VANZELF_MAGDA_URL", "http://127.0.0.1:9")  # nobody is there
    client = sign_in(world.staff["sam"])
    answer = {"insz": world.numbers["amina"], "reason": "Kwam langs.", "rights": [BAGS]}
    response = client.post(reverse("counter:search"), answer)
    request = CheckRequest.objects.latest("pk")
    assert response.headers["Location"] == reverse("counter:waiting", args=[request.pk])
    assert (request.state, request.questions) == (State.WAITING, 0)
