"""A check that is being asked, as the page that waits for it shows it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from vanzelf.city import clock
from vanzelf.city.checks.models import CheckRequest, Problem, State
from vanzelf.faces.look import sources
from vanzelf.faces.look.language import current

UNHEARD = timedelta(seconds=20)  # after which a worker should have taken it up
SLOW = timedelta(seconds=10)  # longer than a clerk is used to

ENDED = {
    Problem.UNKNOWN_NUMBER: (
        gettext_noop("No source knows this number"),
        gettext_noop("Compare it with the card, and check again."),
    ),
    Problem.NO_ANSWER: (
        gettext_noop("The sources do not answer now"),
        gettext_noop(
            "We do not know this person yet, so there is nothing to show. Try again in a few "
            "minutes, or make an appointment with the person."
        ),
    ),
    Problem.NOT_SET_UP: (
        gettext_noop("The sources are not set up"),
        gettext_noop("You cannot help that. Tell the administrator: vanzelf doctor says why."),
    ),
    Problem.NOT_ALLOWED: (
        gettext_noop("You may not check people any more"),
        gettext_noop("Ask your team leader which role you have."),
    ),
    Problem.TOO_LATE: (
        gettext_noop("This check waited too long"),
        gettext_noop(
            "Nobody was looked up. Is the person still there? Then check again. Does it happen "
            "again? Tell the administrator."
        ),
    ),
    Problem.ERROR: (
        gettext_noop("Something went wrong"),
        gettext_noop(
            "That is our mistake, and it was written down. Try again; does it happen again? Tell "
            "the administrator."
        ),
    ),
}
STOPPED = (
    gettext_noop("You stopped this check"),
    gettext_noop("No source is asked any more, and there is no advice."),
)


def waited(request: CheckRequest) -> dict[str, Any]:
    """Where a request stands: for whom it waits and since when, or why it came to nothing."""
    title, text = _ended(request) if not request.open else (_("We ask the sources"), "")
    return {
        "id": request.pk,
        "title": title,
        "text": text or _progress(request),
        "reason": request.reason,
        "at": request.asked_at,
        "moving": request.open,
        "slow": _slow(request) if request.open else "",
    }


def _ended(request: CheckRequest) -> tuple[str, str]:
    cancelled = request.state == State.CANCELLED
    title, text = STOPPED if cancelled else ENDED[Problem(request.problem)]
    return _(title), _(text)


def _progress(request: CheckRequest) -> str:
    if request.state == State.WAITING:
        return _("It waits for its turn.")
    if not request.source or request.source_since is None:
        return _("It has begun.")
    return _("We wait for: %(source)s, since %(time)s.") % {
        "source": sources.name(f"magda/{request.source}"),
        "time": _second(request.source_since),
    }


def _slow(request: CheckRequest) -> str:
    waiting = clock.now() - request.asked_at
    if request.state == State.WAITING and waiting > UNHEARD:
        return _("Nothing has taken it up yet. Tell the administrator: a worker is not running.")
    if waiting > SLOW:
        return _("This takes longer than usual: a source is slow. We keep waiting for it.")
    return ""


def _second(moment: datetime) -> str:
    """14.02.11: a moment that stays the same while one waits, so that it is read out once."""
    shape = "%H:%M:%S" if current() == "en" else "%H.%M.%S"
    return timezone.localtime(moment).strftime(shape)
