"""The guard at the door: whoever sends a request, it opens only what the permission table says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from vanzelf.city.people.models import Person
from vanzelf.city.staff.queries import staff_of
from vanzelf.faces.look.actor import PERSON, VISITOR, Actor, actor_of, member, resident
from vanzelf.site.permissions import TABLE, Menu


def identified(request: HttpRequest) -> Actor:
    """Who sent a request: staff through Django's sign-in, a resident through their session."""
    staff = staff_of(request.user)
    if staff:
        return member(staff)
    number = request.session.get(PERSON)
    person = Person.objects.filter(pk=number).first() if number else None
    return resident(person) if person else VISITOR


class GuardMiddleware:
    """Sets `request.actor` and refuses what the table does not allow; no entry, no way in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = identified(request)  # type: ignore[attr-defined]  # Django's own custom
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        match = request.resolver_match
        rule = TABLE.get(match.view_name) if match else None
        if rule is None:
            raise Http404
        actor = actor_of(request)
        if actor.has_any(rule.roles):
            return None
        if actor is VISITOR:
            query = urlencode({"next": request.path}) if request.method == "GET" else ""
            return HttpResponseRedirect(f"{reverse('entrance:sign-in')}?{query}".rstrip("?"))
        raise PermissionDenied


def page(request: HttpRequest) -> dict[str, Any]:
    """What the base template needs: who, the menu, and whether this is a demo."""
    match = request.resolver_match
    here = match.view_name if match else ""
    actor = actor_of(request)
    menu = [
        _item(route, rule.menu, here)
        for route, rule in TABLE.items()
        if rule.menu and actor.has_any(rule.menu.shown_to)
    ]
    return {
        "page": {
            "actor": actor,
            "nav": menu,
            "demo": settings.VANZELF_DEMO,
            "city": settings.VANZELF_CITY_NAME,
        }
    }


def _item(route: str, menu: Menu, here: str) -> dict[str, Any]:
    return {
        "url": reverse(route),
        "label": menu.label,
        "icon": menu.icon,
        "here": here == route or here in menu.covers,
    }
