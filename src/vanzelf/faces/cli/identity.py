"""Who types a command: nobody knows yet."""

from __future__ import annotations

import click

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
