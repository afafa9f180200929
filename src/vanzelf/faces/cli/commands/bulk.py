"""`vanzelf bulk`: ask everyone's facts by file, and take in what comes back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

import click

from vanzelf.faces.cli import inquiries
from vanzelf.faces.cli.django_setup import setup_django
from vanzelf.faces.cli.identity import member, refuse_names_for_real_people
from vanzelf.faces.cli.regulations import one

if TYPE_CHECKING:
    from vanzelf.city.bulk.models import Received
    from vanzelf.city.bulk.queries import Standing

DAY = click.DateTime(["%Y-%m-%d"])
BY = click.option("--by", default="lies.maes", show_default=True, help="Who asks.")


@click.group()
def command() -> None:
    """Files to and from MAGDA. VANZELF_BULK names a YAML file that says where they go:
    host, port, user, certificate, key, authority; the password is in VANZELF_BULK_PASSWORD."""


@command.command()
@click.argument("regulation", nargs=-1, required=True)
@click.option("--on", type=DAY, required=True, help="The day for which is asked.")
@BY
def order(regulation: tuple[str, ...], on: datetime, by: str) -> None:
    """Ask what the REGULATIONs need of everyone who lives here, and send it.

    Interrupted? `vanzelf bulk send` goes on; nobody is asked about twice.
    """
    rights = [one(name)[1].id for name in regulation]
    with _told(named=True):
        from vanzelf.city.bulk import domain
        from vanzelf.sources.magda.bulk import BulkSettings

        made = domain.order(
            regulation_ids=rights,
            on=on.date(),
            by=member(by),
            settings=BulkSettings.from_env(),
            queue=False,
        )
        what = f"{', '.join(made.facts)} on {made.on}"
        click.echo(f"Order {made.pk}: {what}; {made.persons:,} persons.")
        _send(made.pk)


@command.command()
@click.argument("number", type=int, required=False)
def send(number: int | None) -> None:
    """Send what was not sent yet: of order NUMBER, or of all."""
    with _told():
        from vanzelf.city.bulk.models import ListFile

        left = ListFile.objects.to_send()
        orders = sorted(set(left.values_list("order_id", flat=True)))
        chosen = [one for one in orders if number in (None, one)]
        if not chosen:
            click.echo("Nothing waits to be sent.")
        for each in chosen:
            _send(each)


@command.command()
@click.option("--by", help="In whose name rechecks start; default: who ordered last.")
def collect(by: str | None) -> None:
    """Fetch what came in, take it in, and start rechecks of just those of whom a source told
    something late or by itself."""
    with _told(named=by is not None):
        from vanzelf.city.bulk import rechecking, work

        with click.progressbar(length=1, label="Files", show_eta=True) as bar:

            def progress(done: int, total: int) -> None:
                bar.length = total
                bar.update(done - bar.pos)

            taken = work.collect(progress)
            bar.update((bar.length or 0) - bar.pos)
        for each in taken:
            click.echo(_line(each))
        if not taken:
            click.echo("Nothing new came in.")
        for run in rechecking.start(member(by) if by else None):
            click.echo(f"Recheck {run.pk} of {run.regulation} on {run.on} waits for the worker.")


@command.command()
@click.option("--on", type=DAY, required=True, help="The day for which was asked.")
def lay(on: datetime) -> None:
    """Lay the answers beside the delivery of the register, so that a run uses them."""
    with _told():
        from vanzelf.city.bulk import laying

        laid = laying.lay(on.date())
        click.echo(
            f"{laid.folder}: {', '.join(laid.facts)}; {laid.answered:,} persons answered, "
            f"{laid.unanswered:,} not (yet): these stay unknown."
        )
        click.echo(f"Next: vanzelf run REGULATION --on {on:%Y-%m-%d}")


@command.command()
def status() -> None:
    """How orders stand, which files came in, and what waits."""
    with _told():
        from vanzelf.city.bulk import queries

        orders, files = queries.standings(20), queries.received(20)
        if not orders and not files:
            click.echo("Nothing was asked by file yet. Begin with: vanzelf bulk order")
        for each in orders:
            click.echo(_standing(each))
        for one in files:
            click.echo(_line(one))
        waiting = queries.waiting()
        if waiting.feedback:
            click.echo(f"{waiting.feedback} words of feedback wait for the next collection.")
        if waiting.rechecks:
            click.echo("Persons wait for a recheck: vanzelf bulk collect")


def _send(number: int) -> None:
    from vanzelf.city.bulk import work

    with click.progressbar(length=1, label=f"Order {number}: sending", show_eta=True) as bar:

        def progress(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        work.send(number, progress)
        bar.update((bar.length or 0) - bar.pos)
    click.echo("Sent. Answers come in their own time: vanzelf bulk collect")


def _standing(standing: Standing) -> str:
    order = standing.order
    state = "waits for answers" if standing.waits else "no longer waits"
    if standing.answered == standing.asked:
        state = "answered"
    if standing.withdrawn:
        state += f", {standing.withdrawn} more files were withdrawn before they left"
    text = (
        f"Order {order.pk} ({', '.join(order.rights)}, {order.on}): {standing.sent} of "
        f"{standing.files} files sent, {standing.answered:,} of {standing.asked:,} answered; "
        f"{state}"
    )
    return f"{text}. Problem: {order.problem}" if order.problem else text


def _line(received: Received) -> str:
    told = f"{received.name}: {received.state}, {received.matched:,} persons"
    if received.strangers:
        told += f", {received.strangers:,} dropped whom we did not ask about"
    if received.contradicted:
        told += f", {received.contradicted:,} contradicted"
    return f"{told}. {received.problem}" if received.problem else told


@contextmanager
def _told(*, named: bool = False) -> Iterator[None]:
    """Sets up the city, and tells what cannot be done without a trace; `named`: it is done in the
    name of whoever is typed."""
    setup_django()
    from django.core.exceptions import PermissionDenied

    from vanzelf.city.database.migrate import migrate
    from vanzelf.city.runs.states import NotNow
    from vanzelf.sources.data import DataError
    from vanzelf.sources.lawfulness import NoAuthorisation
    from vanzelf.sources.magda.bulk import MailboxError

    migrate()
    if named:
        refuse_names_for_real_people()
    try:
        yield
    except (
        *(LookupError, NotNow, PermissionDenied),
        *(DataError, NoAuthorisation, MailboxError),
    ) as error:
        raise click.ClickException(str(error.args[0] if error.args else error)) from None


inquiries.add(command, _told)
