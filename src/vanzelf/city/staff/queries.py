"""Finding members of staff."""

from __future__ import annotations

from vanzelf.city.staff.models import StaffMember


def staff_of(user: object) -> StaffMember | None:
    """The active member of staff behind a signed-in user, None for anyone else."""
    pk = getattr(user, "pk", None)
    if pk is None:
        return None
    return StaffMember.objects.filter(user_id=pk, active=True).first()


def find_staff(name: str) -> StaffMember:
    """By user name or full name; raises LookupError that lists who there is."""
    active = StaffMember.objects.filter(active=True).select_related("user").order_by("name")
    for member in active:
        if name.casefold() in {member.name.casefold(), member.user.get_username().casefold()}:
            return member
    known = ", ".join(f"{m.user.get_username()} ({m.name})" for m in active) or "nobody yet"
    raise LookupError(f"No member of staff is called {name!r}; there is {known}.")
