"""What a resident sees of each right, by the state it is in."""

from __future__ import annotations

from django.utils.translation import gettext as _

from vanzelf.city.awards.models import Award, LatestVerdict
from vanzelf.faces.look.cards import (
    Card,
    asked,
    because,
    delivered,
    elsewhere,
    regulation_of,
    worths,
)
from vanzelf.faces.look.language import current
from vanzelf.faces.look.wording import day


def award_card(award: Award) -> Card:
    """A right that was awarded."""
    regulation = regulation_of(award)
    until = award.valid_until
    sentence = delivered(regulation, award.delivery)
    if until:
        sentence += " " + _("It holds until %(day)s.") % {"day": day(until)}
    return Card(
        award.right,
        regulation.name(current()),
        "yes",
        _("Awarded"),
        sentence,
        worths(award.amounts, regulation),
    )


def pending_card(verdict: LatestVerdict) -> Card:
    """A right that we found, and that a person still has to decide on, here or elsewhere."""
    regulation = regulation_of(verdict)
    other = elsewhere(regulation)
    if other:
        sentence = _("%(who)s decides on it. We can help you to get it.") % {"who": other}
    else:
        sentence = _("You have this right. A member of staff still has to approve it.")
    return Card(
        verdict.right,
        regulation.name(current()),
        "yes",
        _("Found"),
        sentence,
        worths(verdict.amounts, regulation),
        elsewhere=bool(other),
    )


def maybe_card(verdict: LatestVerdict, *, mine: bool) -> Card:
    """A right that we are not sure about: with the one question that would tell, when it is this
    resident who may answer it (`mine`)."""
    regulation = regulation_of(verdict)
    return Card(
        verdict.right,
        regulation.name(current()),
        "ask",
        _("1 question left") if mine else _("Not sure yet"),
        asked(verdict.next_question if mine else "", verdict.missing),
        can_answer=mine,
    )


def no_card(verdict: LatestVerdict) -> Card:
    """A right that someone does not have, and why not."""
    regulation = regulation_of(verdict)
    return Card(
        verdict.right,
        regulation.name(current()),
        "no",
        _("No"),
        because(regulation, verdict.reasons),
    )
