"""Checks, advice and decisions as the counter shows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from vanzelf.city.awards import held as awards
from vanzelf.city.awards.models import Advice, Decision, PointCheck
from vanzelf.city.awards.undoing import Obstacle, obstacle
from vanzelf.city.staff.models import StaffMember
from vanzelf.city.unasked.queries import left_out
from vanzelf.faces.look.cards import KINDS, Card, asked, because, delivered, regulation_of, worths
from vanzelf.faces.look.language import current
from vanzelf.faces.look.regulations import fact_name, regulations
from vanzelf.faces.look.unasked import Unasked, source_fact, unasked
from vanzelf.faces.look.wording import day

STATES = {
    "yes": gettext_noop("Entitled"),
    "ask": gettext_noop("Not sure"),
    "no": gettext_noop("Not entitled"),
}
TITLES = {
    "yes": gettext_noop("Entitled, ready to decide"),
    "elsewhere": gettext_noop("Entitled elsewhere: advice to take along"),
    "ask": gettext_noop("Not sure: one datum would tell"),
    "has": gettext_noop("Already gets it"),
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
    has: bool = False
    advice_kind: str = ""
    advice_state: str = ""


def checked(check: PointCheck) -> dict[str, Any]:
    """A check: of whom, when and why. Its own id is all that an address has of it."""
    return {
        "id": check.pk,
        "name": check.person.name or _("Person without a name"),
        "at": check.at,
        "reason": check.reason,
        "decided": awards.decided(check),
    }


def advice_card(advice: Advice) -> AdviceCard:
    """An advice; when it was decided on, the card says how, and when they have it already: since
    when, and by whom."""
    regulation = regulation_of(advice)
    kind = KINDS[advice.get_outcome_display()]
    sentence = {
        "yes": lambda: delivered(regulation, advice.delivery),
        "ask": lambda: asked(advice.next_question, advice.missing),
        "no": lambda: because(regulation, advice.reasons),
    }[kind]()
    decision = awards.in_force(advice)
    shown, state = DECIDED[decision.kind] if decision else (kind, STATES[kind])
    has = awards.held(advice) if kind == "yes" and not decision else None
    if has:
        shown, state, sentence = "yes", TITLES["has"], since(has)
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
        has=has is not None,
        advice_kind=kind,
        advice_state=_(STATES[kind]),
    )


def grouped(check: PointCheck) -> list[dict[str, Any]]:
    """The cards in the order of work: entitled, not sure, had already, not entitled, decided."""
    cards = [advice_card(one) for one in check.advices.order_by("id") if one.right in regulations()]
    groups = [
        {"kind": kind, "title": _(title), "cards": [c for c in cards if _place(c) == kind]}
        for kind, title in TITLES.items()
    ]
    return [group for group in groups if group["cards"]]


def _place(card: AdviceCard) -> str:
    if card.decided:
        return "done"
    if card.has:
        return "has"
    return "elsewhere" if card.elsewhere and card.advice_kind == "yes" else card.advice_kind


def lead(check: PointCheck) -> str:
    """How many rights, in one sentence."""
    advices = list(check.advices.all())
    outcomes = [one.get_outcome_display() for one in advices]
    entitled = outcomes.count("YES")
    has = sum(
        one.get_outcome_display() == "YES" and awards.held(one) is not None for one in advices
    )
    text = ngettext(
        "One right was checked.",
        "Entitled to %(count)s of the %(total)s rights that were checked.",
        len(outcomes),
    )
    text %= {"count": entitled, "total": len(outcomes)}
    if has:
        had = ngettext("%(n)s of these is had already.", "%(n)s of these are had already.", has)
        text += " " + had % {"n": has}
    return text


def since(has: awards.Held) -> str:
    """Since when they have it, by which run or by whom at the counter; and who, when not all."""
    award = has.award
    values = {
        "day": day(award.valid_from or award.known_from),
        "who": award.approved_by.name,
        "names": ", ".join(one.first_name or one.name for one in has.by),
    }
    if award.run_id:
        text = _("Gets it since %(day)s, by the run for everyone that %(who)s approved.") % values
    else:
        text = _("Gets it since %(day)s, awarded at the counter by %(who)s.") % values
    only = _("Not everyone in the household, only: %(names)s.") % values
    return text if has.everyone else f"{text} {only}"


def had(advice: Advice) -> dict[str, str] | None:
    """That they have it already, and whom to ask when that is a mistake; None when decided here."""
    found = awards.held(advice) if awards.in_force(advice) is None else None
    if found is None:
        return None
    mistake = _("A mistake? Ask your team leader: an award is ended with a written reason.")
    decision = found.award.decision
    # Asked as whoever decided: what they themselves could still do today.
    if decision is not None and obstacle(decision, by=decision.by) is None:
        mistake = _("A mistake? %(who)s can undo it today, in their own list of checks.") % {
            "who": decision.by.name
        }
    return {"since": since(found), "mistake": mistake}


def missing(advice: Advice) -> str:
    """The data that are still missing, by name."""
    return ", ".join(dict.fromkeys(fact_name(path) for path in advice.missing))


def not_asked(advice: Advice) -> list[Unasked]:
    """What no source was asked for it, of how many people, and why."""
    return [
        unasked(_of_people(source_fact(fact), people), left.why)
        for left in left_out(advice.check_ref, advice.right)
        for fact, people in left.facts
    ]


def _of_people(fact: str, people: int) -> str:
    if people == 1:
        return fact
    return _("%(fact)s, of %(people)s people") % {"fact": fact, "people": people}


def decided(decision: Decision, staff: StaffMember) -> dict[str, Any]:
    """A decision, how it can be undone, and by whom it was."""
    stands = {
        None: _("A mistake? You can undo it today, with a written reason."),
        Obstacle.LATER: _(
            "It can no longer be undone here: that is only possible on the day itself. Ask your "
            "team leader: an award is ended with a written reason."
        ),
        Obstacle.OTHERS: _("Only who awarded it can undo it here, on the day itself."),
        Obstacle.ENDED: "",
        Obstacle.NO_AWARD: "",
    }
    found = obstacle(decision, by=staff)
    award = decision.awards.select_related("ended_by").first()
    undo = {
        "award": stands[found],
        "refuse": _("A mistake? Check the person again: the new advice can still be awarded."),
        "ask": _("As soon as the answer is there, check again."),
    }
    return {
        "title": _(DECIDED[decision.kind][1]),
        "by": decision.by.name,
        "at": decision.at,
        "motivation": decision.motivation,
        "undo": undo[decision.kind],
        "can_undo": found is None,
        "ended": award if award is not None and award.ended_by else None,
    }
