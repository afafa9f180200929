"""Runs in words: their title, their state, and where they are."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from vanzelf.city.runs import queries
from vanzelf.city.runs.domain import may_withdraw
from vanzelf.city.runs.models import Run, State
from vanzelf.city.staff.models import StaffMember
from vanzelf.faces.look.regulations import name_of

STATES = {
    State.PREPARED: ("ask", gettext_noop("About to begin")),
    State.EVALUATING: ("ask", gettext_noop("Calculating")),
    State.PREVIEW: ("ask", gettext_noop("Preview ready")),
    State.REQUESTED: ("ask", gettext_noop("Waits for approval")),
    State.APPROVED: ("yes", gettext_noop("Approved")),
    State.AWARDING: ("yes", gettext_noop("Being awarded")),
    State.DONE: ("yes", gettext_noop("Awarded")),
    State.WITHDRAWN: ("no", gettext_noop("Undone")),
    State.FAILED: ("stop", gettext_noop("Failed")),
}


def run(one: Run) -> dict[str, Any]:
    """A run as a line in the list and as a heading."""
    kind, state = STATES[State(one.state)]
    name = name_of(one.regulation)
    if one.rechecks_id:
        name = _("Recheck: %(name)s") % {"name": name}
    return {
        "id": one.pk,
        "name": name,
        "period": one.period,
        "title": f"{name}, {one.period}",
        "kind": kind,
        "state": _(state),
        "on": one.on,
        "by": one.created_by.name,
        "at": one.created_at,
    }


def progress(one: Run, staff: StaffMember) -> dict[str, Any]:
    """How far the calculation or the awarding is."""
    found = queries.progress(one)
    awarding = one.state in (State.APPROVED, State.AWARDING)
    phase = _("Awarding") if awarding else _("Calculating")
    if one.state == State.FAILED:
        lead = one.problem or _("Something went wrong. Nothing half-done was kept.")
    elif awarding:
        lead = _("A colleague approved. The awards are being written, each once.")
    else:
        lead = _("It only calculates. Nothing is awarded yet.")
    return {
        "run": run(one),
        "progress": found,
        "phase": phase,
        "lead": lead,
        "moving": one.state not in (State.FAILED, State.WITHDRAWN),
        "can_withdraw": one.state != State.WITHDRAWN and may_withdraw(one, staff),
    }


def undo_lead(one: Run) -> str:
    """What undoing means at this moment."""
    if one.state in (State.APPROVED, State.AWARDING, State.DONE):
        return _("The awards of this run end, and each person can read the reason you write here.")
    return _("Nothing was awarded yet, so nobody notices. The reason stays with the run.")
