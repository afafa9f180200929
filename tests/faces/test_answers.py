"""What every answer of the site must hold to, whoever asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.urls import reverse

from tests.faces.test_permissions import ACTORS, ROUTES, actor, arguments
from tests.faces.world import World
from vanzelf.faces.look.actor import Role
from vanzelf.site.permissions import TABLE

SignIn = Callable[[object], Client]
EACH = pytest.mark.parametrize("route", ROUTES)
PERSONAL = [route for route in ROUTES if Role.VISITOR not in TABLE[route].roles]


def seen(route: str, world: World, sign_in: SignIn) -> Iterator[object]:
    """The page of a route, as everyone who may open it gets it."""
    for name in ACTORS:
        if {Role.VISITOR, Role(name)} & TABLE[route].roles:
            yield sign_in(actor(name, world)).get(reverse(route, kwargs=arguments(route, world)))


@EACH
def test_answer_has_a_strict_policy(route: str, world: World, sign_in: SignIn) -> None:
    for response in seen(route, world, sign_in):
        policy = response.headers["Content-Security-Policy"]  # type: ignore[attr-defined]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy


@pytest.mark.parametrize("route", PERSONAL)
def test_personal_answer_is_kept_nowhere(route: str, world: World, sign_in: SignIn) -> None:
    for response in seen(route, world, sign_in):
        assert "no-store" in response.headers["Cache-Control"]  # type: ignore[attr-defined]


@EACH
def test_no_answer_holds_a_national_number(route: str, world: World, sign_in: SignIn) -> None:
    canaries = [number.encode() for number in world.numbers.values()]
    for response in seen(route, world, sign_in):
        body, headers = response.content, str(response.headers)  # type: ignore[attr-defined]
        assert [one for one in canaries if one in body or one.decode() in headers] == []


@EACH
def test_change_without_its_token_is_refused(route: str, world: World, sign_in: SignIn) -> None:
    for name in ACTORS:
        if {Role.VISITOR, Role(name)} & TABLE[route].roles:
            client = sign_in(actor(name, world))
            client.handler.enforce_csrf_checks = True
            address = reverse(route, kwargs=arguments(route, world))
            assert client.post(address).status_code in (403, 404, 405)
