"""Every route stands in the permission table, and the table is what happens: route by role."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.faces.world import BAGS, World
from vanzelf.faces.look.actor import Role
from vanzelf.site.permissions import TABLE, Subject

SignIn = Callable[[object], Client]
ACTORS = ("visitor", "resident", "clerk", "preparer", "approver", "policy", "privacy")
OF_A_RIGHT = {
    *("resident:why", "entrance:rule"),
    *("policy:workbench", "policy:picture", "policy:family", "policy:table", "policy:paper"),
    *("policy:save", "policy:reach-right", "policy:reach-right-table", "policy:reach-right-paper"),
}
GROUND = "DEMO-RR 13/2013"
OF_A_SIMULATION = {
    f"policy:{name}"
    for name in ("saved", "saved-table", "saved-paper", "rename", "remove", "restore")
}


def routes(resolver: URLResolver, space: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}"
        else:
            yield from routes(pattern, f"{pattern.namespace}:" if pattern.namespace else space)


ROUTES = sorted(routes(get_resolver()))


def test_every_route_stands_in_the_table_and_nothing_else_does() -> None:
    assert sorted(TABLE) == ROUTES


def test_what_shows_a_resident_names_no_person_in_its_address() -> None:
    assert all(
        rule.subject is Subject.SELF
        for name, rule in TABLE.items()
        if Role.RESIDENT in rule.roles and name.startswith("resident:")
    )


def arguments(route: str, world: World) -> dict[str, object]:
    """What the address of a route needs, from the world."""
    run = world.requested if route == "backoffice:approve" else world.preview
    right = {"right": BAGS} if route in OF_A_RIGHT else {}
    kept = {"number": 1} if route in OF_A_SIMULATION else {}
    per_face = {
        "backoffice:run": {"number": run.pk},
        "backoffice:dossier": {"number": run.pk, "dossier": 1},
        "backoffice:question": {"number": world.question.pk},
        "backoffice:request": {"number": run.pk},
        "backoffice:approve": {"number": run.pk},
        "backoffice:withdraw": {"number": run.pk},
        "backoffice:inquiry": {"number": world.inquiry.pk},
        "backoffice:stop-inquiry": {"number": world.running.pk},
        "backoffice:list": {"name": world.listed.name},
        "backoffice:deliver-list": {"name": world.listed.name},
        "backoffice:delivery": {"number": world.listed.pk},
        "backoffice:list-problems": {"number": world.listed.pk},
        "backoffice:discard-list": {"number": world.listed.pk},
        "backoffice:undo-list": {"number": world.listed.pk},
        "counter:advice": {"check": world.advice.check_ref_id},
        "counter:waiting": {"number": world.asked.pk},
        "counter:stop": {"number": world.asked.pk},
        "counter:undo": {"check": world.given.check_ref_id, "number": world.given.pk},
        "counter:decide": {"check": world.advice.check_ref_id, "number": world.advice.pk},
        "counter:evidence": {"check": world.advice.check_ref_id, "number": 0},
        "counter:dispute": {"check": world.advice.check_ref_id, "number": 0},
        "resident:evidence": {"number": 0},
        "resident:remove-evidence": {"number": 0},
        "resident:question": {"right": BAGS},
        "privacy:authorisation": {"reference": GROUND},
        "privacy:activity": {"activity": "rechten-toekennen"},
    }
    return {**right, **kept, **per_face.get(route, {})}


def actor(name: str, world: World) -> object:
    return {
        "visitor": None,
        "resident": world.people["amina"],
        "clerk": world.staff["sam"],
        "preparer": world.staff["lies"],
        "approver": world.staff["an"],
        "policy": world.staff["nele"],
        "privacy": world.staff["joke"],
    }[name]


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", ACTORS)
@pytest.mark.parametrize("route", ROUTES)
def test_route_lets_in_who_the_table_says(
    route: str, name: str, method: str, world: World, sign_in: SignIn
) -> None:
    client = sign_in(actor(name, world))
    address = reverse(route, kwargs=arguments(route, world))
    response = getattr(client, method)(address)
    roles = {Role.VISITOR, Role(name)}
    if roles & TABLE[route].roles:
        assert response.status_code not in (401, 403, 500)
        assert response.headers.get("Location", "").partition("?")[0] != reverse("entrance:sign-in")
    elif name == "visitor":
        assert response.status_code == 302
        assert response.headers["Location"].startswith(reverse("entrance:sign-in"))
    else:
        assert response.status_code == 403


@pytest.mark.parametrize("route", ["counter:advice", "counter:decide", "counter:waiting"])
def test_check_of_another_clerk_is_not_there(route: str, world: World, sign_in: SignIn) -> None:
    from vanzelf.city.staff.domain import create_staff_member
    from vanzelf.city.staff.models import Role as StaffRole

    other = create_staff_member(
        username="els", name="Els Claes", service="Loket", roles=[StaffRole.CLERK], human="Els"
    )
    address = reverse(route, kwargs=arguments(route, world))
    assert sign_in(other).get(address).status_code == 404
    assert sign_in(world.staff["sam"]).get(address).status_code == 200


def test_route_without_an_entry_is_closed(
    world: World, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(TABLE, "entrance:help")
    assert sign_in(world.staff["an"]).get(reverse("entrance:help")).status_code == 404
