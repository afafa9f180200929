"""How a request ends: once, and without its number."""

from __future__ import annotations

from vanzelf.city import clock
from vanzelf.city.awards.models import PointCheck
from vanzelf.city.checks.models import OPEN, CheckRequest, Problem, State


def end(
    request_id: int,
    state: State,
    *,
    problem: Problem | None = None,
    check: PointCheck | None = None,
) -> bool:
    """Ends a request that is open and forgets its number; False when it had ended already."""
    ended = CheckRequest.objects.filter(pk=request_id, state__in=OPEN).update(
        state=state,
        problem=problem or "",
        check_ref=check,
        ended_at=clock.now(),
        number=None,
        key_id="",
        source="",
        source_since=None,
    )
    return bool(ended)
