"""The requests of a clerk. They tell nothing about a person, so nothing is logged."""

from __future__ import annotations

from datetime import date

from vanzelf.city.checks.models import OPEN, CheckRequest
from vanzelf.city.staff.models import StaffMember


def request_of(staff: StaffMember, request_id: int) -> CheckRequest | None:
    """A request that this member of staff made; None for anyone else's."""
    return CheckRequest.objects.filter(pk=request_id, by=staff).first()


def open_requests(staff: StaffMember, *, on: date) -> list[CheckRequest]:
    """What this member of staff asked on a day and still waits for, newest first."""
    found = CheckRequest.objects.filter(by=staff, asked_at__date=on, state__in=OPEN)
    return list(found.order_by("-asked_at"))
