"""What was kept. No person's data are in it, so nobody's log gets a line."""

from __future__ import annotations

from django.db.models import QuerySet

from vanzelf.city.simulations.budget import Left, left
from vanzelf.city.simulations.models import SavedSimulation
from vanzelf.city.staff.models import StaffMember
from vanzelf.city.staff.permissions import require

__all__ = ["Left", "find", "left", "saved"]


def saved(viewer: StaffMember, right: str = "") -> QuerySet[SavedSimulation]:
    """All that were kept and not removed, the newest first; of one right only, if asked."""
    require(viewer, "simulations.see")
    found = SavedSimulation.objects.filter(removed_at=None).select_related("by").order_by("-pk")
    return found.filter(right=right) if right else found


def find(pk: int, viewer: StaffMember) -> SavedSimulation | None:
    """One, a removed one too: it can be put back."""
    require(viewer, "simulations.see")
    return SavedSimulation.objects.select_related("by").filter(pk=pk).first()
