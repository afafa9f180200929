"""What was done about the contradictions in a check."""

from __future__ import annotations

from vanzelf.city.awards.declared import Contradiction
from vanzelf.city.awards.models import PointCheck
from vanzelf.city.disputes.models import Dispute


def closed(check: PointCheck, about: Contradiction) -> Dispute | None:
    """How this one was closed, None while it is open."""
    found = check.disputes.filter(fact=about.fact, person=about.about)
    return found.select_related("by").first()
