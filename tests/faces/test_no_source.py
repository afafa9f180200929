"""No page asks a source: of every route and every link, no connection leaves for one."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
from django.test import Client
from django.urls import resolve, reverse

from tests.faces.test_permissions import ROUTES, actor, arguments
from tests.faces.world import BAGS, World
from vanzelf.city.checks import work
from vanzelf.city.checks.models import CheckRequest
from vanzelf.faces.look.actor import Role
from vanzelf.site.permissions import TABLE
from vanzelf.sources import endurance

SignIn = Callable[[object], Client]
LINK = re.compile(r'href="(/(?!static/)[^"#?]*)')


class Door:
    """A source at which everyone who comes is counted and sent away."""

    def __init__(self) -> None:
        self.server = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.server.getsockname()[1]}"
        self.came = 0
        self.thread = threading.Thread(target=self._count, daemon=True)
        self.thread.start()

    def _count(self) -> None:
        with suppress(OSError):  # the door is closed
            while True:
                visitor, _ = self.server.accept()
                self.came += 1
                visitor.close()

    def close(self) -> None:
        self.server.shutdown(socket.SHUT_RDWR)
        self.server.close()
        self.thread.join()


@pytest.fixture
def door(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Door]:
    """The only source there is."""
    found = Door()
    monkeypatch.setenv("VANZELF_MAGDA_URL", found.url)
    yield found
    found.close()
    endurance.forget()


def actors(route: str) -> list[str]:
    roles = TABLE[route].roles
    return sorted(role for role in Role if role in roles or Role.VISITOR in roles)


def test_a_check_by_the_worker_comes_to_the_door(world: World, door: Door, sign_in: SignIn) -> None:
    """The control: what counts would count."""
    client = sign_in(world.staff["sam"])
    answer = {"insz": world.numbers["amina"], "reason": "Kwam langs.", "rights": [BAGS]}
    client.post(reverse("counter:search"), answer)
    request = CheckRequest.objects.latest("pk")
    client.get(reverse("counter:waiting", args=[request.pk]))
    assert door.came == 0
    work.answer(request.pk)
    assert door.came > 0


def test_no_route_asks_a_source(world: World, door: Door, sign_in: SignIn) -> None:
    clients = {role: sign_in(actor(role, world)) for role in Role}
    for route in ROUTES:
        address = reverse(route, kwargs=arguments(route, world))
        for name in actors(route)[:1]:
            clients[Role(name)].get(address)
            clients[Role(name)].post(address)
    assert door.came == 0


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.VISITOR])
def test_no_link_leads_to_a_source(role: Role, world: World, door: Door, sign_in: SignIn) -> None:
    client = sign_in(actor(role, world))
    waiting, seen = [reverse("entrance:home")], set()
    while waiting:
        address = waiting.pop()
        route = resolve(address).view_name
        if route in seen:
            continue
        seen.add(route)
        response = client.get(address, follow=True)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            waiting += LINK.findall(response.content.decode())
    assert (door.came, len(seen) > 3) == (0, True)
