"""Where someone said one thing and a source another, and the evidence, as the clerk reads it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vanzelf.city.awards.declared import Contradiction, contradictions
from vanzelf.city.awards.models import PointCheck
from vanzelf.city.disputes.queries import closed
from vanzelf.city.evidence.models import Scan
from vanzelf.city.evidence.queries import of_check
from vanzelf.city.staff.models import StaffMember
from vanzelf.faces.look import sources
from vanzelf.faces.look.language import current
from vanzelf.faces.look.regulations import fact_name, regulations
from vanzelf.faces.look.wording import day
from vanzelf.rights.wording import fact_value

HOW = {
    "reported": gettext_lazy("Told to the source"),
    "set-aside": gettext_lazy("The answer counts no more"),
}

SCANS = {
    Scan.UNSCANNED: gettext_lazy("not scanned for viruses"),
    Scan.WAITING: gettext_lazy("still being scanned for viruses"),
    Scan.HARMFUL: gettext_lazy("a virus was in it: we removed it"),
}


@dataclass(frozen=True)
class Beside:
    """A file that someone added to their answer."""

    number: int
    name: str
    fact: str
    at: datetime
    opens: bool
    scan: str  # what staff must know of it


@dataclass(frozen=True)
class Contradicted:
    """One contradiction, in a sentence, and what was done about it."""

    number: int
    sentence: str
    closed: str

    @classmethod
    def of(cls, one: Contradiction, check: PointCheck) -> Contradicted:
        found = closed(check, one)
        done = found and _("%(how)s (%(by)s): %(reason)s") % {
            "how": HOW[found.how],
            "by": found.by.name,
            "reason": found.reason,
        }
        return cls(one.number, _sentence(one), done or "")


def contradicted(
    check: PointCheck, staff: StaffMember, right: str | None = None
) -> list[Contradicted]:
    """The contradictions in a check, or in what one right needs."""
    return [Contradicted.of(one, check) for one in contradictions(check, viewer=staff, right=right)]


def _sentence(one: Contradiction) -> str:
    facts = regulations().facts
    return _(
        "%(fact)s (%(who)s): %(said)s according to their own answer of %(said_at)s, "
        "%(found)s according to %(source)s, %(found_at)s."
    ) % {
        "fact": capfirst(fact_name(one.fact)),
        "who": one.about.name if one.about else _("household"),
        "said": fact_value(facts, one.fact, one.said, current()),
        "said_at": day(one.said_at),
        "found": fact_value(facts, one.fact, one.found, current()),
        "source": sources.name(one.source),
        "found_at": day(one.found_at),
    }


def beside(check: PointCheck) -> list[Beside]:
    """The evidence that lies beside the answers in a check."""
    return [
        Beside(
            number=one.pk,
            name=one.name,
            fact=capfirst(fact_name(one.fact)),
            at=one.at,
            opens=one.opens,
            scan=str(SCANS.get(Scan(one.scan), "")),
        )
        for one in of_check(check)
    ]
