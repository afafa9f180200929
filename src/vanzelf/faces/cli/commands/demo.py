"""`vanzelf demo`: the main job at work, from an empty folder to the site."""

from __future__ import annotations

import os

import click

from vanzelf.faces.cli import showing
from vanzelf.faces.cli.django_setup import setup_django
from vanzelf.faces.cli.processes import Children, Interrupted, free_port
from vanzelf.faces.cli.serving import start_site


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=8000,
    show_default=True,
    help="Port to listen on.",
)
@click.option("--once", is_flag=True, help="End when everything was shown, without staying.")
def command(host: str, port: int, once: bool) -> None:
    """Show the main job at work: an invented city, a run over all of it, a check, the site."""
    os.environ["VANZELF_DEMO"] = "1"
    setup_django()
    from vanzelf.city import clock
    from vanzelf.city.paths import data_folder

    today = clock.today()
    with Children(data_folder() / "log") as children:
        try:
            showing.invent_city(today)
            showing.prepare_city()
            os.environ["VANZELF_MAGDA_URL"] = showing.start_standin(children)
            showing.check_everyone(today)
            showing.check_one(today)
            address = start_site(children, host, free_port(port, host))
            click.secho(f"\nREADY {address}", bold=True)
            click.echo("Sign in as an invented resident or member of staff. Ctrl-C ends it.")
            if not once:
                children.stay()
        except Interrupted:
            click.echo("\nEnded.")
        except RuntimeError as error:
            raise click.ClickException(str(error)) from None
