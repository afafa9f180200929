"""Checks, advice and decisions as the counter shows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from vanzelf.city.awards.models import Advice, Decision, PointCheck
from vanzelf.faces.look.cards import KINDS, Card, asked, because, delivered, regulation_of, worths
from vanzelf.faces.look.language import current
from vanzelf.faces.look.regulations import fact_name, regulations

STATES = {
    "yes": gettext_noop("Entitled"),
    "ask": gettext_noop("Not sure"),
    "no": gettext_noop("Not entitled"),
}
TITLES = {
    "yes": gettext_noop("Entitled, ready to decide"),
    "elsewhere": gettext_noop("Entitled elsewhere: advice to take along"),
    "ask": gettext_noop("Not sure: one datum would tell"),
    "no": gettext_noop("Not entitled"),
    "done": gettext_noop("Decided"),
}
DECIDED = {
    "award": ("yes", gettext_noop("Awarded")),
    "refuse": ("no", gettext_noop("Refused")),
    "ask": ("ask", gettext_noop("Asked")),
}


@dataclass
class AdviceCard(Card):
    number: int = 0
    decided: bool = False
    advice_kind: str = ""
    advice_state: str = ""


def checked(check: PointCheck) -> dict[str, Any]:
    """A check: of whom, when and why. Its own id is all that an address has of it."""
    return {
        "id": check.pk,
        "name": check.person.name or _("Person without a name"),
        "at": check.at,
        "reason": check.reason,
        "decided": Decision.objects.filter(advice__check_ref=check).count(),
    }


def advice_card(advice: Advice) -> AdviceCard:
    """An advice; when it was decided on, the card says how."""
    regulation = regulation_of(advice)
    kind = KINDS[advice.get_outcome_display()]
    sentence = {
        "yes": lambda: delivered(regulation, advice.delivery),
        "ask": lambda: asked(advice.next_question, advice.missing),
        "no": lambda: because(regulation, advice.reasons),
    }[kind]()
    decision = advice.decisions.order_by("-id").first()
    shown, state = DECIDED[decision.kind] if decision else (kind, STATES[kind])
    return AdviceCard(
        advice.right,
        regulation.name(current()),
        shown,
        _(state),
        sentence,
        worths(advice.amounts, regulation) if kind == "yes" else [],
        elsewhere=regulation.advice_only,
        number=advice.pk,
        decided=decision is not None,
        advice_kind=kind,
        advice_state=_(STATES[kind]),
    )


def grouped(check: PointCheck) -> list[dict[str, Any]]:
    """The cards in the order of work: entitled, not sure, not entitled, decided."""
    cards = [advice_card(one) for one in check.advices.order_by("id") if one.right in regulations()]
    groups = [
        {"kind": kind, "title": _(title), "cards": [c for c in cards if _place(c) == kind]}
        for kind, title in TITLES.items()
    ]
    return [group for group in groups if group["cards"]]


def _place(card: AdviceCard) -> str:
    if card.decided:
        return "done"
    return "elsewhere" if card.elsewhere and card.advice_kind == "yes" else card.advice_kind


def lead(check: PointCheck) -> str:
    """How many rights, in one sentence."""
    outcomes = [one.get_outcome_display() for one in check.advices.all()]
    entitled = outcomes.count("YES")
    text = ngettext(
        "One right was checked.",
        "Entitled to %(count)s of the %(total)s rights that were checked.",
        len(outcomes),
    )
    return text % {"count": entitled, "total": len(outcomes)}


def missing(advice: Advice) -> str:
    """The data that are still missing, by name."""
    return ", ".join(dict.fromkeys(fact_name(path) for path in advice.missing))


def decided(decision: Decision) -> dict[str, Any]:
    """A decision, and how it can be undone."""
    undo = {
        "award": _("A mistake? Ask your team leader: an award is ended with a written reason."),
        "refuse": _("A mistake? Check the person again: the new advice can still be awarded."),
        "ask": _("As soon as the answer is there, check again."),
    }
    return {
        "title": _(DECIDED[decision.kind][1]),
        "by": decision.by.name,
        "at": decision.at,
        "motivation": decision.motivation,
        "undo": undo[decision.kind],
    }
