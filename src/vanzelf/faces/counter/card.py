"""The card reader beside the clerk: what the page needs to ask the helper on that computer."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

HELPER = "http://127.0.0.1:{port}"

SAID: dict[str, str | Promise] = {
    "waiting": _("Put the card in the reader…"),
    "done": _("The number is filled in. Compare the name on the card with the person."),
    "expired": _("The number is filled in. Careful: this card is no longer valid."),
    "no-helper": _("No card reader was found on this computer. Type the number."),
    "no-library": _("The card reader is not set up on this computer. Type the number."),
    "no-service": _("The card reader is not set up on this computer. Type the number."),
    "no-reader": _("No card reader is connected. Type the number."),
    "no-card": _("No card was put in. Try again, or type the number."),
    "not-an-eid": _("This is not a Belgian identity card. Type the number."),
    "removed": _("The card came out too soon. Leave it in until the number is there."),
    "unreadable": _("This card cannot be read. Type the number."),
}
"""What the page says, by what the helper answers (`sources.eid.Trouble` among them)."""


def helper() -> str:
    """Where the helper of `vanzelf card` listens, on the clerk's computer."""
    return HELPER.format(port=settings.VANZELF_CARD_PORT)


def asking_helper(response: HttpResponse) -> HttpResponse:
    """This page, and no other, may also talk to the helper."""
    response._csp_update = {"connect-src": [helper()]}  # type: ignore[attr-defined]  # of django-csp
    return response
