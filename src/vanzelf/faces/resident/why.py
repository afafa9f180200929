"""Why someone gets a right or not: the row we have on it, its steps, and who decided."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from vanzelf.city.awards import queries as awards
from vanzelf.city.awards.declaring import question_of
from vanzelf.city.awards.held import taken_back
from vanzelf.city.awards.models import Award, LatestVerdict
from vanzelf.city.people.models import Person
from vanzelf.faces.look.cards import Card, Worth, worths
from vanzelf.faces.look.regulations import regulations, said
from vanzelf.faces.look.tree import Node, explained
from vanzelf.faces.look.wording import day
from vanzelf.faces.resident.cards import award_card, maybe_card, no_card, pending_card
from vanzelf.faces.resident.facts import names, paths_of
from vanzelf.rights import Regulation
from vanzelf.rights.model import criteria_of

CARDS: tuple[tuple[str, Callable[[Any, Person], Card]], ...] = (
    ("awards", lambda row, person: award_card(row)),
    ("pending", lambda row, person: pending_card(row)),
    ("maybe", lambda row, person: maybe_card(row, mine=question_of(row, person) is not None)),
    ("not_entitled", lambda row, person: no_card(row)),
)


@dataclass(frozen=True)
class Why:
    person: Person
    row: Award | LatestVerdict
    card: Card
    regulation: Regulation
    verdict: dict[str, Any] | None

    @classmethod
    def of(cls, person: Person, right: str) -> Why | None:
        """What we have on this right for this person; None when it was never checked."""
        found = awards.overview(person, viewer=person)
        for group, card_of in CARDS:
            for row in getattr(found, group):
                if row.right == right and right in regulations():
                    verdict = awards.why(row, viewer=person)
                    card = card_of(row, person)
                    return cls(person, row, card, regulations()[right], verdict)
        return None

    def context(self) -> dict[str, Any]:
        """What the page shows."""
        return {
            "card": self.card,
            "heading": self._heading(),
            "lead": self._lead(),
            "nodes": self._nodes(),
            "on": self._on(),
            "older": self.row.regulation_hash != self.regulation.content_hash,
            "decided": self._decided(),
            "amounts": self._amounts(),
            "appeal": self._appeal(),
        }

    def _on(self) -> date | None:
        """For which day it was checked last; an award keeps the day of its own explanation."""
        if isinstance(self.row, LatestVerdict):
            return self.row.on
        return date.fromisoformat(self.verdict["on"]) if self.verdict else None

    def _heading(self) -> str:
        texts = {
            "yes": _("%(right)s: why do you get this?"),
            "ask": _("%(right)s: what do we know already?"),
            "no": _("%(right)s: why do you not get this?"),
        }
        return texts[self.card.kind] % {"right": self.card.name}

    def _lead(self) -> str:
        """For a yes the conditions that decided; else what the card says."""
        holds = (self.verdict or {}).get("reasons", ())
        sentences = [
            said(one.says)
            for one in criteria_of(self.regulation.content.criteria)
            if one.id in holds
        ]
        return " ".join(sentences) if self.card.kind == "yes" and sentences else self.card.sentence

    def _nodes(self) -> list[Node]:
        if not self.verdict:
            return []
        own = {"persoon", *paths_of(self.person, self.row)}
        return explained(self.regulation, self.verdict, names(self.row), own)

    def _amounts(self) -> list[Worth]:
        return worths(self.row.amounts, self.regulation) if self.card.kind == "yes" else []

    def _decided(self) -> str:
        if not isinstance(self.row, Award):
            return self._taken_back() or _(
                "Nobody decided yet. The computer checked it; only a person can refuse, "
                "and only with a written reason."
            )
        who = {"name": self.row.approved_by.name, "service": self.row.approved_by.service}
        if self.row.run_id:
            text = _("The computer checked it. %(name)s of %(service)s approved it on %(day)s.")
        else:
            text = _("%(name)s of %(service)s decided it on %(day)s, after a check.")
        return text % {**who, "day": day(self.row.known_from)}

    def _taken_back(self) -> str:
        """Who ended the award that there was, and why; empty when there was none."""
        assert isinstance(self.row, LatestVerdict)
        period = self.regulation.period_label(self.row.on)
        award = taken_back(self.row.right, period, self.person)
        if award is None or award.ended_by is None or award.known_until is None:
            return ""
        text = _("%(name)s of %(service)s took the award back on %(day)s.")
        # What was said at the counter is for whoever was asked about, not for all who live there.
        decision = award.decision
        if decision is None or decision.advice.check_ref.person == self.person:
            text = _("%(name)s of %(service)s took the award back on %(day)s: “%(reason)s”")
        return text % {
            "name": award.ended_by.name,
            "service": award.ended_by.service,
            "day": day(award.known_until),
            "reason": award.ended_reason,
        }

    def _appeal(self) -> str:
        return said(self.regulation.authority.appeal_clause)
