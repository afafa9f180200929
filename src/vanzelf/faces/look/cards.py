"""A right as a card: its state, what it is worth, one sentence, one action."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Protocol

from django.utils.translation import gettext as _

from vanzelf.faces.look.regulations import fact_name, question, regulations, said
from vanzelf.faces.look.wording import NARROW, PER, euro, number
from vanzelf.rights import Regulation
from vanzelf.rights.model import AmountLine, criteria_of

KINDS = {"YES": "yes", "UNKNOWN": "ask", "NO": "no"}


class Row(Protocol):
    """What a card needs of a verdict, advice or award."""

    right: str
    delivery: str


@dataclass(frozen=True)
class Worth:
    """One amount to show: a large figure and what it is of or per."""

    figure: str
    unit: str = ""


@dataclass
class Card:
    """What the page shows of one right; `kind` is yes, ask or no."""

    right: str
    name: str
    kind: str
    state: str
    sentence: str
    amounts: list[Worth] = field(default_factory=list)
    can_answer: bool = False
    elsewhere: bool = False


def worth(amount: dict[str, Any], regulation: Regulation) -> Worth:
    """An amount as stored (id, kind, value, per) in words."""
    lines = {line.id: line for line in regulation.content.amounts}
    line = lines.get(amount.get("id", ""), regulation.content.amounts[0])
    value = _decimal(amount.get("value"))
    if amount["kind"] == "in kind":
        figure = number(value) if value is not None else ""
        return Worth(figure, said(line.of)) if figure else Worth("", said(line.of))
    if value is None:
        return Worth(_("Amount not known yet"))
    if amount["kind"] == "percentage":
        return Worth(f"−{NARROW}{number(value)}{NARROW}%", _of(line))
    per = PER.get(amount.get("per") or "")
    shown = _(per) if per and amount["per"] != "eenmalig" else ""
    return Worth(euro(int((value * 100).to_integral_value())), shown)


def _of(line: AmountLine) -> str:
    return _("of %(what)s") % {"what": said(line.of)} if line.of else ""


def _decimal(value: object) -> Decimal | None:
    return None if value in (None, "unknown") else Decimal(str(value))


def delivered(regulation: Regulation, delivery: str) -> str:
    """How the right reaches people; what it is when that is not known."""
    told = {one.id: said(one.says) for one in regulation.content.deliveries}
    return told.get(delivery) or said(regulation.content.summary)


def because(regulation: Regulation, reasons: Sequence[str]) -> str:
    """The conditions that failed, in one sentence."""
    sentences = [
        said(one.says) for one in criteria_of(regulation.content.criteria) if one.id in reasons
    ]
    if not sentences:
        return _("The conditions are not met.")
    if len(sentences) == 1:
        return _("This does not hold: %(what)s") % {"what": sentences[0]}
    return _("None of the %(count)s grounds for it holds.") % {"count": len(sentences)}


def elsewhere(regulation: Regulation) -> str:
    """Who decides on a right that is not the city's to give; empty when the city does."""
    return said(regulation.authority.names) if regulation.advice_only else ""


def asked(next_question: str, missing: Sequence[str]) -> str:
    """What is still to be known: the question for a resident, or which datum we wait for."""
    paths = [next_question] if next_question else list(missing[:3])
    if not paths:
        return _("We cannot say yes or no yet. Someone looks into it.")
    if next_question and question(next_question):
        return question(next_question)
    names = ", ".join(dict.fromkeys(fact_name(path) for path in paths))
    return _("We do not know this yet: %(what)s.") % {"what": names}


def regulation_of(row: Row) -> Regulation:
    """The regulation of a row as it is now."""
    return regulations()[row.right]


def worths(amounts: Sequence[dict[str, Any]], regulation: Regulation) -> list[Worth]:
    """Every amount of a row; what comes on top of the first says what it is."""
    shown = [worth(one, regulation) for one in amounts]
    for place, one in enumerate(amounts[1:], 1):
        if one["kind"] == "money" and shown[place].figure.startswith("€"):
            unit = f"{one['id']} {shown[place].unit}".strip()
            shown[place] = Worth(f"+{NARROW}{shown[place].figure}", unit)
    return shown
