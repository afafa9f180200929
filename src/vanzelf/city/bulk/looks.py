"""The log of who was asked about by file: one look per set of facts, with everyone it is about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from vanzelf.city.access.domain import record
from vanzelf.city.access.models import Look
from vanzelf.city.database import copy_rows
from vanzelf.city.staff.models import StaffMember

ASKED, TOLD, WITHHELD = "bevraging", "melding", "teruggehouden"
"""Purposes in the log of who looked: we asked about someone, a source told by itself, or what we
meant to ask was stopped before it left."""


def log(
    *,
    actor: StaffMember | None,
    persons: Iterable[int],
    purpose: str,
    rights: Sequence[str],
    facts: Sequence[str],
    reason: str,
) -> Look:
    """Writes it in the caller's transaction: these facts, about each of these persons. A million
    rows are copied, not made one by one."""
    right = rights[0] if len(rights) == 1 else ""
    paths = [f"persoon.{fact}" for fact in facts]
    look = record(
        actor=actor, subjects=(), purpose=purpose, right=right, facts=paths, reason=reason
    )
    copy_rows(
        "access_looksubject",
        ("person_id", "look_id", "facts"),
        ("int8", "int8", "varchar[]"),
        ((person, look.pk, []) for person in dict.fromkeys(persons)),
    )
    return look
