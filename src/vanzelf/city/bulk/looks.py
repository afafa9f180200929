"""The log of who was asked about by file: one look, with everyone it is about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from vanzelf.city.access.domain import record
from vanzelf.city.access.models import Look
from vanzelf.city.database import copy_rows
from vanzelf.city.staff.models import StaffMember


def log(
    *,
    actor: StaffMember | None,
    persons: Iterable[int],
    purpose: str,
    rights: Sequence[str],
    facts: Sequence[str],
    reason: str,
) -> Look:
    """Writes it in the caller's transaction. A million rows are copied, not made one by one."""
    right = rights[0] if len(rights) == 1 else ""
    look = record(
        actor=actor, subjects=(), purpose=purpose, right=right, facts=facts, reason=reason
    )
    copy_rows(
        "access_looksubject",
        ("person_id", "look_id", "facts"),
        ("int8", "int8", "varchar[]"),
        ((person, look.pk, []) for person in dict.fromkeys(persons)),
    )
    return look
