"""Who types a command: nobody knows yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from vanzelf.city.staff.models import StaffMember

NO_STAFF = "There is no staff yet. To try it out with invented staff, set VANZELF_DEMO=1."
NO_IDENTITY = (
    "The register holds numbers that are not invented (not of the TST form), and a shell does not\n"
    "say who types: a name in --by or --reader is not a person. Prepare, read and approve on the\n"
    "site, signed in; here only in a demo's own data (VANZELF_DATA or DATABASE_URL)."
)


def refuse_names_for_real_people() -> None:
    """Raises ClickException when a typed name would stand for a member of staff who decides about
    real people. Call it once the database is there."""
    from vanzelf.city.people.queries import holds_real_people

    if holds_real_people():
        raise click.ClickException(NO_IDENTITY)


def member(by: str) -> StaffMember:
    """The member of staff with this name, invented ones in a demo. Raises LookupError."""
    from django.conf import settings

    from vanzelf.city.staff.domain import create_demo_staff
    from vanzelf.city.staff.models import StaffMember
    from vanzelf.city.staff.queries import find_staff

    if settings.VANZELF_DEMO:
        create_demo_staff()
    elif not StaffMember.objects.exists():
        raise click.ClickException(NO_STAFF)
    return find_staff(by)
