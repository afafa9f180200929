"""Making members of staff."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.auth.models import User
from django.db import transaction

from vanzelf.city import secrets
from vanzelf.city.staff.models import Role, StaffMember

# Invented people, for the demo. An Peeters approves; Lies Maes prepares; Sam De Wilde serves;
# Nele Claes asks what a change would cost; Joke Maertens looks after personal data.
DEMO: tuple[tuple[str, str, str, tuple[Role, ...]], ...] = (
    ("an.peeters", "An Peeters", "Dienst Sociale Regie", (Role.APPROVER,)),
    ("lies.maes", "Lies Maes", "Dienst Sociale Regie", (Role.PREPARER,)),
    ("sam.dewilde", "Sam De Wilde", "Loket Rabot", (Role.CLERK,)),
    ("fatma.yildiz", "Fatma Yildiz", "Dienst Sociale Regie", (Role.PREPARER, Role.APPROVER)),
    ("nele.claes", "Nele Claes", "Cel Armoedebeleid", (Role.POLICY,)),
    ("joke.maertens", "Joke Maertens", "Gegevensbescherming", (Role.PRIVACY,)),
)


@transaction.atomic
def create_staff_member(
    *, username: str, name: str, service: str, roles: Sequence[Role], human: str
) -> StaffMember:
    """Makes an account without a password; `human` identifies the human being behind it."""
    user, made = User.objects.get_or_create(username=username, defaults={"first_name": name})
    if made:
        user.set_unusable_password()
        user.save()
    member, _ = StaffMember.objects.update_or_create(
        user=user,
        defaults={
            "name": name,
            "service": service,
            "roles": list(roles),
            "human": secrets.blind_index(f"staff|{human}"),
        },
    )
    return member


def create_demo_staff() -> list[StaffMember]:
    """The invented members of staff; called again it changes nothing."""
    return [
        create_staff_member(username=username, name=name, service=service, roles=roles, human=name)
        for username, name, service, roles in DEMO
    ]
