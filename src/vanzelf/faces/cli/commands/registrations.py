"""`vanzelf registrations`: for whom MAGDA knows that we hold a file, and telling it."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict

import click

from vanzelf.faces.cli.django_setup import setup_django

WHILE = 3_600.0
Progress = Callable[[int, int], None]


@click.command()
@click.option("--tell", is_flag=True, help="Compare with the awards, and tell MAGDA what changed.")
@click.option("--collect", is_flag=True, help="Fetch answers to files, and take them in.")
@click.option(
    "--seconds",
    type=click.FloatRange(min=1),
    default=WHILE,
    show_default=True,
    help="With --tell: stop after so long; what is left waits.",
)
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def command(tell: bool, collect: bool, seconds: float, as_json: bool) -> None:
    """Show how many persons are registered with MAGDA, and what waits to be told.

    Whose awards run is registered, under each identity that asks for the right; who died, left, or
    whose awards ended is taken back: by message, or by file when there are many and VANZELF_BULK
    says where files go. The worker tells it every night. Ends with 1 when the source does not
    answer, or when something that waits has a problem.
    """
    setup_django()
    from vanzelf.city.database.migrate import migrate
    from vanzelf.city.registrations import queries
    from vanzelf.sources import EndpointError
    from vanzelf.sources.data import DataError
    from vanzelf.sources.magda.bulk import MailboxError

    migrate()
    try:
        if tell:
            _tell(seconds)
        if collect:
            _collect()
    except (EndpointError, DataError, MailboxError) as error:
        raise click.ClickException(str(error)) from None
    standing = queries.standing()
    if as_json:
        click.echo(json.dumps(asdict(standing)))
    else:
        click.echo(f"{standing.registered:>9,}  registered")
        click.echo(f"{standing.to_register:>9,}  to register")
        click.echo(f"{standing.to_take_back:>9,}  to take back")
        click.echo(f"{standing.under_way:>9,}  of those in files that wait for an answer")
        click.echo(f"{standing.ended:>9,}  ended")
        for problem, count in standing.problems.items():
            click.echo(f"{count:>9,}  of those that wait: {problem}")
        if not standing.registered and not standing.to_register:
            click.echo("Nobody yet: whose award runs is registered with --tell, or at night.")
    sys.exit(1 if standing.problems else 0)


def _tell(seconds: float) -> None:
    """Compares, puts in files what is too much for messages, sends both."""
    from vanzelf.city.bulk import work as bulk
    from vanzelf.city.registrations import domain, filing, sending, work
    from vanzelf.sources import Endpoints
    from vanzelf.sources.magda.bulk import BulkSettings

    endpoints = Endpoints.from_env(os.environ)
    with _shown("Comparing") as progress:
        planned = domain.plan(endpoints=endpoints, progress=progress)
    click.echo(f"{planned.new:,} new, {planned.ending:,} to take back", err=True)
    if bulk.in_use():
        settings = BulkSettings.from_env()
        filed = filing.file_what_waits(endpoints=endpoints, settings=settings)
        with _shown("Files") as progress:
            sent = sending.send(settings=settings, progress=progress)
        click.echo(f"{filed:,} to take back put in files; {sent:,} files sent", err=True)
    with _shown("Telling") as progress:
        worked = work.work(seconds=seconds, endpoints=endpoints, progress=progress)
    click.echo(
        f"{worked.registered:,} registered, {worked.taken_back:,} taken back, "
        f"{worked.failed:,} failed, {worked.left:,} left"
        + (f"; stopped: {worked.stopped}" if worked.stopped else ""),
        err=True,
    )


def _collect() -> None:
    """Fetches all that came in, as `vanzelf bulk collect` does, and lets go of what is late."""
    from vanzelf.city import clock
    from vanzelf.city.bulk import work as bulk
    from vanzelf.city.registrations import filing
    from vanzelf.city.runs.states import NotNow

    try:
        received = bulk.collect()
    except NotNow as error:
        raise click.ClickException(str(error)) from None
    late = filing.give_up(clock.now())
    click.echo(f"{len(received):,} files came in; {late:,} without an answer in time", err=True)


@contextmanager
def _shown(label: str) -> Iterator[Progress]:
    """A bar on standard error."""
    with click.progressbar(length=1, label=label, file=sys.stderr) as bar:

        def progress(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        yield progress
