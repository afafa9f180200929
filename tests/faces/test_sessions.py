"""How a session begins, and that it ends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.test import Client
from django.urls import reverse

from tests.faces.world import World
from vanzelf.city import clock

SignIn = Callable[[object], Client]
HOME = "counter:search"


def later(client: Client, minutes: int) -> int:
    """The status of a clerk's page, so many minutes from now."""
    with clock.fixed(clock.now() + timedelta(minutes=minutes)):
        return client.get(reverse(HOME)).status_code


def test_session_left_alone_ends(world: World, sign_in: SignIn) -> None:
    client = sign_in(world.staff["sam"])
    assert [later(client, minutes) for minutes in (0, 14, 30)] == [200, 200, 302]


def test_session_in_use_ends_after_half_a_day(world: World, sign_in: SignIn) -> None:
    client = sign_in(world.staff["sam"])
    statuses = [later(client, minutes) for minutes in range(0, 12 * 60 + 20, 10)]
    assert statuses[:72] == [200] * 72
    assert statuses[73] == 302


def test_resident_who_signs_in_gets_new_keys(world: World) -> None:
    client = Client(headers={"host": "localhost"})
    client.get(reverse("entrance:sign-in"))
    before = client.cookies["csrftoken"].value
    persona = f"resident-{world.people['amina'].pk}"
    assert client.post(reverse("entrance:sign-in"), {"persona": persona}).status_code == 302
    assert client.cookies["csrftoken"].value != before


def test_persona_that_is_no_number_is_refused(world: World) -> None:
    client = Client(headers={"host": "localhost"})
    for persona in ("staff-²", "staff-", "resident-٣", "staff-1 or 1=1"):
        response = client.post(reverse("entrance:sign-in"), {"persona": persona})
        assert response.status_code == 422
