"""The rooms that are open to everyone: start, sign-in of the demo, help, and the rules."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from vanzelf.city import clock
from vanzelf.faces.entrance import personas
from vanzelf.faces.entrance.rules import described, listed
from vanzelf.faces.look.actor import Actor, Role, actor_of
from vanzelf.faces.look.regulations import regulations

HOME = {
    Role.RESIDENT: "resident:overview",
    Role.CLERK: "counter:search",
    Role.PREPARER: "backoffice:runs",
    Role.APPROVER: "backoffice:runs",
    Role.POLICY: "policy:choose",
    Role.PRIVACY: "privacy:authorisations",
}


def home_of(actor: Actor) -> str:
    """The route where someone's own work begins."""
    return next((route for role, route in HOME.items() if role in actor.roles), "entrance:start")


def own_address(request: HttpRequest, address: str) -> str:
    """The address when it is one of this site, else nothing: never a way out to elsewhere."""
    safe = url_has_allowed_host_and_scheme(
        address, {request.get_host()}, require_https=request.is_secure()
    )
    return address if safe and address.startswith("/") else ""


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """What this is; whoever is signed in finds their own way from here."""
    return render(request, "entrance/start.html", {"home": home_of(actor_of(request))})


def sign_in(request: HttpRequest) -> HttpResponse:
    """Choose an invented person. Without the demo there is a real sign-in elsewhere."""
    wanted = own_address(request, request.POST.get("next") or request.GET.get("next", ""))
    if request.method == "POST":
        if personas.enter(request, request.POST.get("persona", "")):
            return redirect(wanted or "entrance:home")
        return render(request, "entrance/sign_in.html", _personas(wanted, True), status=422)
    return render(request, "entrance/sign_in.html", _personas(wanted, False))


def _personas(wanted: str, failed: bool) -> dict[str, object]:
    if not settings.VANZELF_DEMO:
        return {}
    groups = {"residents": personas.residents().values(), "staff": personas.staff()}
    return {**groups, "next": wanted, "failed": failed}


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """On to the page where someone's own work begins."""
    return redirect(home_of(actor_of(request)))


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ends the session."""
    logout(request)
    return redirect("entrance:start")


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Keeps the chosen language in a cookie and goes back to the page."""
    response = redirect(own_address(request, request.POST.get("next", "")) or "entrance:start")
    chosen = request.POST.get("language", "")
    if chosen in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=365 * 24 * 3600,
            secure=request.is_secure(),
            httponly=True,
            samesite="Lax",
        )
    return response


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """How to reach a human being."""
    return render(request, "entrance/help.html")


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """Every right that is checked, by who decides."""
    return render(request, "entrance/rules.html", {"groups": listed(clock.today())})


@require_safe
def rule(request: HttpRequest, right: str) -> HttpResponse:
    """One regulation in plain language: what it asks, its figures, and what is not confirmed."""
    if right not in regulations():
        raise Http404
    context = {"rule": described(regulations()[right], clock.today())}
    return render(request, "entrance/rule.html", context)
