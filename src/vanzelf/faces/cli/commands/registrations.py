"""`vanzelf registrations`: for whom MAGDA knows that we hold a file, and telling it."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict

import click

from vanzelf.faces.cli.django_setup import setup_django

WHILE = 3_600.0


@click.command()
@click.option("--tell", is_flag=True, help="Compare with the awards, and tell MAGDA what changed.")
@click.option(
    "--seconds",
    type=click.FloatRange(min=1),
    default=WHILE,
    show_default=True,
    help="With --tell: stop after so long; what is left waits.",
)
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def command(tell: bool, seconds: float, as_json: bool) -> None:
    """Show how many persons are registered with MAGDA, and what waits to be told.

    Whose awards run is registered, under each identity that asks for the right; who died, left, or
    whose awards ended is taken back. The worker tells it every night. Ends with 1 when the source
    does not answer, or when something that waits has a problem.
    """
    setup_django()
    from vanzelf.city.database.migrate import migrate
    from vanzelf.city.registrations import domain, queries, work
    from vanzelf.sources import EndpointError, Endpoints
    from vanzelf.sources.data import DataError

    migrate()
    if tell:
        try:
            endpoints = Endpoints.from_env(os.environ)
            planned = domain.plan(endpoints=endpoints)
            click.echo(f"{planned.new:,} new, {planned.ending:,} to take back", err=True)
            worked = work.work(seconds=seconds, endpoints=endpoints)
        except (EndpointError, DataError) as error:
            raise click.ClickException(str(error)) from None
        click.echo(
            f"{worked.registered:,} registered, {worked.taken_back:,} taken back, "
            f"{worked.failed:,} failed, {worked.left:,} left"
            + (f"; stopped: {worked.stopped}" if worked.stopped else ""),
            err=True,
        )
    standing = queries.standing()
    if as_json:
        click.echo(json.dumps(asdict(standing)))
    else:
        click.echo(f"{standing.registered:>9,}  registered")
        click.echo(f"{standing.to_register:>9,}  to register")
        click.echo(f"{standing.to_take_back:>9,}  to take back")
        click.echo(f"{standing.ended:>9,}  ended")
        for problem, count in standing.problems.items():
            click.echo(f"{count:>9,}  of those that wait: {problem}")
        if not standing.registered and not standing.to_register:
            click.echo("Nobody yet: whose award runs is registered with --tell, or at night.")
    sys.exit(1 if standing.problems else 0)
