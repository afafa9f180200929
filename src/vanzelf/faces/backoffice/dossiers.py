"""A dossier of the sample: its steps, who lives there, and whether it was read."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from vanzelf.city.runs import queries
from vanzelf.city.runs.models import Run, SampleDossier
from vanzelf.city.staff.models import StaffMember
from vanzelf.city.staff.permissions import may
from vanzelf.faces.backoffice import inquiries_shown, reasons, shown
from vanzelf.faces.look.cards import KINDS, asked, because, delivered, worths
from vanzelf.faces.look.regulations import fact_name, regulations
from vanzelf.faces.look.tree import explained
from vanzelf.faces.look.wording import moment


def following(run: Run) -> int | None:
    """The number of the next dossier that nobody has read."""
    unread = SampleDossier.objects.filter(run=run, read_at=None).order_by("number").first()
    return unread.number if unread else None


def context(run: Run, one: SampleDossier, staff: StaffMember) -> dict[str, Any]:
    """What the page shows; reading it is logged with the people in it."""
    found = queries.dossier(one, staff)
    regulation, verdict = regulations()[run.regulation], found.verdict
    kind = KINDS[verdict.get_outcome_display()]
    lead = {
        "yes": lambda: delivered(regulation, verdict.delivery),
        "ask": lambda: asked(verdict.next_question, verdict.missing),
        "no": lambda: because(regulation, verdict.reasons),
    }[kind]()
    household = found.household
    address = f"{household.street} {household.number}, {household.postcode}".strip(" ,")
    return {
        "run": shown.run(run),
        "title": reasons.dossier(one),
        "lead": lead,
        "nodes": explained(regulation, found.explanation) if found.explanation else [],
        "kind": kind,
        "state": reasons.outcome(verdict.get_outcome_display()),
        "amounts": worths(verdict.amounts, regulation) if kind == "yes" else [],
        "missing": ", ".join(dict.fromkeys(fact_name(path) for path in verdict.missing)),
        "members": found.members,
        "address": address,
        "left": inquiries_shown.of_dossier(
            run, verdict, {person.pk: str(person.name) for person in found.members}
        ),
        "read": _read(one),
        "following": following(run),
        "can_read": may(staff, "runs.read_dossier"),
    }


def _read(one: SampleDossier) -> str:
    if one.read_at is None or one.read_by is None:
        return ""
    return _("%(who)s read this on %(when)s.") % {
        "who": one.read_by.name,
        "when": moment(one.read_at),
    }
