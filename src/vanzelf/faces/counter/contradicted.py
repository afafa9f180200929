"""Where someone said one thing and a source another, as the clerk reads it."""

from __future__ import annotations

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from vanzelf.city.awards.declared import contradictions
from vanzelf.city.awards.models import PointCheck
from vanzelf.city.staff.models import StaffMember
from vanzelf.faces.look import sources
from vanzelf.faces.look.language import current
from vanzelf.faces.look.regulations import fact_name, regulations
from vanzelf.faces.look.wording import day
from vanzelf.rights.wording import fact_value


def contradicted(check: PointCheck, staff: StaffMember, right: str | None = None) -> list[str]:
    """One sentence for each contradiction in a check, or in what one right needs."""
    facts = regulations().facts
    return [
        _(
            "%(fact)s (%(who)s): %(said)s according to their own answer of %(said_at)s, "
            "%(found)s according to %(source)s, %(found_at)s."
        )
        % {
            "fact": capfirst(fact_name(one.fact)),
            "who": one.about.name if one.about else _("household"),
            "said": fact_value(facts, one.fact, one.said, current()),
            "said_at": day(one.said_at),
            "found": fact_value(facts, one.fact, one.found, current()),
            "source": sources.name(one.source),
            "found_at": day(one.found_at),
        }
        for one in contradictions(check, viewer=staff, right=right)
    ]
