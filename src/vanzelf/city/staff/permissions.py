"""Who may do what, in one table; a domain function asks here before it does anything."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from vanzelf.city.staff.models import Role, StaffMember

ALLOWED: dict[str, frozenset[Role]] = {
    "people.find": frozenset({Role.CLERK}),
    "awards.point_check": frozenset({Role.CLERK}),
    "awards.decide": frozenset({Role.CLERK}),
    "awards.overview": frozenset({Role.CLERK}),
    "runs.see": frozenset({Role.PREPARER, Role.APPROVER}),
    "runs.prepare": frozenset({Role.PREPARER}),
    "runs.request_approval": frozenset({Role.PREPARER}),
    "runs.read_dossier": frozenset({Role.PREPARER, Role.APPROVER}),
    "runs.approve": frozenset({Role.APPROVER}),
    "runs.withdraw": frozenset({Role.APPROVER, Role.PREPARER}),
    "bulk.order": frozenset({Role.PREPARER}),
    "bulk.see": frozenset({Role.PREPARER, Role.APPROVER}),
    "rechecks.see": frozenset({Role.PREPARER, Role.APPROVER}),
    "rechecks.answer": frozenset({Role.APPROVER}),
    "lists.see": frozenset({Role.PREPARER, Role.APPROVER}),
    "lists.deliver": frozenset({Role.PREPARER, Role.APPROVER}),
    "lists.take": frozenset({Role.PREPARER, Role.APPROVER}),
    "simulations.see": frozenset({Role.POLICY}),
    "simulations.try": frozenset({Role.POLICY}),
    "simulations.save": frozenset({Role.POLICY}),
    "authorisations.see": frozenset({Role.PRIVACY}),
    "authorisations.change": frozenset({Role.PRIVACY}),
    "assessment.see": frozenset({Role.PRIVACY}),
    "operations.see": frozenset({Role.APPROVER, Role.PRIVACY}),
    "operations.probe": frozenset({Role.APPROVER, Role.PRIVACY}),
}


def may(staff: StaffMember, action: str) -> bool:
    """Whether one of this member's roles allows the action."""
    return staff.active and bool(ALLOWED[action] & set(staff.roles))


def require(staff: StaffMember, action: str) -> None:
    """Raises PermissionDenied, with who and what, when the action is not allowed."""
    if not may(staff, action):
        needed = " or ".join(sorted(ALLOWED[action]))
        raise PermissionDenied(f"{staff.name} may not do {action}: it needs the role {needed}.")
