"""`vanzelf authorisations`: on what ground sources may be asked."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from vanzelf.city import clock
from vanzelf.city.lawfulness.register import about_whom
from vanzelf.faces.cli.django_setup import setup_django
from vanzelf.faces.cli.effects import table
from vanzelf.faces.cli.identity import refuse_names_for_real_people
from vanzelf.faces.cli.installed import has_database
from vanzelf.sources.data import DataError
from vanzelf.sources.lawfulness import Lawfulness, expiring, load_authorisations, state
from vanzelf.sources.lawfulness.validity import WARN_DAYS

FILE = click.argument(
    "file", required=False, type=click.Path(path_type=Path, exists=True, dir_okay=False)
)

NONE = (
    "There is none, so nothing may be asked of any source (invented ones count in a demonstration"
    " only: VANZELF_DEMO=1). Take in the city's own: vanzelf authorisations take-in FILE"
)


@click.group()
def command() -> None:
    """Show on what ground sources may be asked, what runs out, and take in a file of the city."""


@command.command("list")
@FILE
def show(file: Path | None) -> None:
    """Show every authorisation of FILE; without it, those that this installation asks on."""
    today, found = clock.today(), _read(file)
    if not found.all:
        click.echo(NONE)
        return
    table(
        ["reference", "state", "until", "services", "facts", "about"],
        [
            [
                one.reference,
                state(one, today),
                _until(one.valid_until),
                str(len(one.services)),
                str(len(one.facts)),
                about_whom(one.units),
            ]
            for one in found.all
        ],
    )


@command.command()
@FILE
def check(file: Path | None) -> None:
    """Check a file: is it whole, are its names known, what may not be asked that rights need.

    Ends with 1 when there is something to look at, with 2 when it cannot be read.
    """
    from vanzelf.city.lawfulness.checking import oddities
    from vanzelf.city.regulations import regulations
    from vanzelf.sources.catalogue import shipped

    found = _read(file)
    odd = list(oddities(found, regulations(), shipped(), clock.today()))
    for line in odd:
        click.echo(line)
    click.echo(f"{len(found.all)} authorisations, {len(odd)} to look at.")
    if odd:
        raise SystemExit(1)


@command.command("expiring")
@FILE
@click.option(
    "--days",
    type=click.IntRange(0, 3650),
    default=WARN_DAYS,
    show_default=True,
    help="How far ahead.",
)
def soon(file: Path | None, days: int) -> None:
    """Show the authorisations that end soon; ends with 1 when there are any."""
    ending = expiring(_read(file).all, clock.today(), days)
    for one in ending:
        left = f"{one.days} {'day' if one.days == 1 else 'days'} left"
        click.echo(f"{one.authorisation.reference}: {left}, until {one.authorisation.valid_until}")
    if ending:
        raise SystemExit(1)
    click.echo(f"None ends within {days} days.")


@command.command("take-in")
@FILE
@click.option("--by", required=True, metavar="NAME", help="Who takes it in: the privacy role.")
@click.option("--reason", required=True, help="Why: it stays with every change.")
def take_in(file: Path | None, by: str, reason: str) -> None:
    """Take FILE into the database, wholly or not at all; without it the shipped, invented ones.

    \b
    vanzelf authorisations take-in own.yaml --by joke.maertens --reason "Nieuw protocol van 3 mei"
    """  # fmt: skip
    setup_django()
    from django.core.exceptions import PermissionDenied

    from vanzelf.city.database.migrate import migrate
    from vanzelf.city.lawfulness.domain import take_in as taken
    from vanzelf.city.staff.queries import find_staff

    migrate()
    refuse_names_for_real_people()
    try:
        done = taken(file=file, by=find_staff(by), reason=reason)
    except (DataError, LookupError, PermissionDenied, ValueError) as error:
        raise click.UsageError(str(error)) from None
    for what in ("new", "changed", "removed"):
        for name in getattr(done, what):
            click.echo(f"{what}: {name}")
    click.echo(f"{done.same} stayed as they were.")


def _read(file: Path | None) -> Lawfulness:
    try:
        if file is None and has_database():
            setup_django()
            from vanzelf.city.database.migrate import migrate
            from vanzelf.city.lawfulness.queries import in_force

            migrate()
            return in_force()
        return load_authorisations(file)
    except DataError as error:
        raise click.UsageError(str(error)) from None


def _until(day: date | None) -> str:
    return "no end" if day is None else day.isoformat()
