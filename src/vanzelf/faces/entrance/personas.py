"""The invented people as whom one may sign in: only in a demo, and visibly so."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import login, logout
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.middleware.csrf import rotate_token
from django.utils.text import capfirst, get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from vanzelf.city.people.queries import find_person
from vanzelf.city.staff.models import StaffMember
from vanzelf.faces.look.actor import PERSON
from vanzelf.faces.look.language import current
from vanzelf.synthetic.cast import cast

ABOUT = {
    "clerk": gettext_noop("checks at the counter"),
    "preparer": gettext_noop("prepares runs"),
    "approver": gettext_noop("approves runs"),
    "policy": gettext_noop("tries what a change would do"),
    "privacy": gettext_noop("guards on what ground data is asked"),
}


@dataclass(frozen=True)
class Persona:
    """Someone to sign in as: `key` names them in the form, `about` says what there is to see."""

    key: str
    name: str
    about: str


def require_demo() -> None:
    """Raises PermissionDenied where a real sign-in must be used."""
    if not settings.VANZELF_DEMO:
        raise PermissionDenied("sign-in as an invented person is for the demo only")


def enter(request: HttpRequest, key: str) -> bool:
    """Signs the chosen persona in; whether there was one by that key."""
    require_demo()
    kind, _, number = key.partition("-")
    if not (number.isascii() and number.isdigit()):
        return False
    logout(request)  # nothing of an earlier persona stays, and the session gets a new key
    if kind == "staff":
        staff = StaffMember.objects.filter(pk=int(number), active=True).first()
        if staff:
            login(request, staff.user, backend="django.contrib.auth.backends.ModelBackend")
        return staff is not None
    if kind == "resident" and int(number) in residents():
        request.session[PERSON] = int(number)
        rotate_token(request)
        return True
    return False


def residents() -> dict[int, Persona]:
    """The cast that lives in this city, by our id of the person. Never by their number."""
    found = ((find_person(one.insz), one) for one in cast())
    return {
        person.pk: Persona(f"resident-{person.pk}", one.name, one.story(current()))
        for person, one in found
        if person is not None
    }


def staff() -> list[Persona]:
    """The invented members of staff, with what each may do."""
    members = StaffMember.objects.filter(active=True).order_by("roles", "name")
    return [Persona(f"staff-{member.pk}", member.name, _about(member)) for member in members]


def _about(member: StaffMember) -> str:
    work = get_text_list([_(ABOUT[role]) for role in member.roles], _("and"))
    return f"{member.service}: {work}." if work else f"{capfirst(member.service)}."
