"""`vanzelf register`: the delivery of the population register in the city's folder."""

from __future__ import annotations

import click

from vanzelf.faces.cli.django_setup import setup_django
from vanzelf.faces.cli.identity import refuse_names_for_real_people


@click.group()
def command() -> None:
    """The delivery of the population register, in VANZELF_CITY."""


@command.command()
@click.option("--by", help="Who says that a much smaller delivery is right.")
@click.option("--because", default="", help="Why it is right.")
def take(by: str | None, because: str) -> None:
    """Take in the delivery that is in the city's folder.

    A run does this by itself. Only when far fewer people are in it than in the last one, someone
    has to say why that is right: with --by and --because.
    """
    setup_django()
    from django.core.exceptions import PermissionDenied

    from vanzelf.city.database.migrate import migrate
    from vanzelf.city.paths import city_folder
    from vanzelf.city.people.domain import import_population
    from vanzelf.city.staff.queries import find_staff
    from vanzelf.population import PopulationError, read

    migrate()
    if by:
        refuse_names_for_real_people()
    try:
        taken = import_population(
            population=read(city_folder()), by=find_staff(by) if by else None, reason=because
        )
    except (LookupError, ValueError, PopulationError, PermissionDenied) as error:
        raise click.ClickException(str(error.args[0] if error.args else error)) from None
    click.echo(f"{taken.persons:,} people in {taken.households:,} households are in use.")
