"""Asking a point check without waiting for it, and stopping one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from vanzelf.city import clock
from vanzelf.city.checks.ending import end
from vanzelf.city.checks.models import CheckRequest, State
from vanzelf.city.checks.tasks import queue_answer
from vanzelf.city.people.queries import plain
from vanzelf.city.reasons import ReasonError, without_number
from vanzelf.city.staff.models import StaffMember
from vanzelf.city.staff.permissions import require


@transaction.atomic
def ask(
    *,
    insz: str,
    on: date,
    by: StaffMember,
    reason: str,
    rights: Sequence[str] = (),
    queue: bool = True,
) -> CheckRequest:
    """Leaves a point check (`awards.domain.point_check`) to the worker; `rights` empty: all.

    Nothing was looked at yet: the worker logs that before it asks a source. Raises ReasonError for
    a reason that cannot be shown to the person.
    """
    require(by, "awards.point_check")
    reason = without_number(reason)
    if not reason:
        raise ReasonError("Zeg waarom je deze persoon opzoekt.")
    request = CheckRequest.objects.create(
        by=by, on=on, reason=reason, rights=list(rights), asked_at=clock.now()
    )
    request.seal(plain(insz))
    request.save(update_fields=["number", "key_id"])
    if queue:
        queue_answer(request.pk)
    return request


def cancel(*, request: CheckRequest, by: StaffMember) -> bool:
    """Stops a request of one's own: no more questions leave. False when it had ended already."""
    if request.by_id != by.pk:
        raise PermissionDenied("Only who asked a check stops it.")
    return end(request.pk, State.CANCELLED)
