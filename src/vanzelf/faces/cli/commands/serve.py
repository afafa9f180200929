"""`vanzelf serve`: the site in the foreground."""

from __future__ import annotations

import os

import click

from vanzelf.faces.cli.django_setup import setup_django
from vanzelf.faces.cli.processes import Children, Interrupted, free_port
from vanzelf.faces.cli.serving import start_site

NO_SIGN_IN = (
    "There is no sign-in for real people yet, so the site does not start with it.\n"
    "To look around with invented people, set VANZELF_DEMO=1 or use: vanzelf demo"
)
REAL_PEOPLE = (
    "The register holds numbers that are not invented (not of the TST form), and the demo's\n"
    "sign-in lets anyone in. Point VANZELF_DATA or DATABASE_URL to a demo's own data."
)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=8000,
    show_default=True,
    help="Port to listen on.",
)
def command(host: str, port: int) -> None:
    """Serve the pages, and do the work that they queue."""
    if os.environ.get("VANZELF_DEMO") != "1":
        raise click.ClickException(NO_SIGN_IN)
    setup_django()
    from vanzelf.city.database.migrate import migrate
    from vanzelf.city.paths import data_folder
    from vanzelf.city.people.queries import holds_real_people

    migrate()
    if holds_real_people():
        raise click.ClickException(REAL_PEOPLE)
    with Children(data_folder() / "log") as children:
        try:
            address = start_site(children, host, free_port(port, host))
            click.echo(f"READY {address}  (Ctrl-C ends it)")
            children.stay()
        except Interrupted:
            click.echo("\nEnded.")
        except RuntimeError as error:
            raise click.ClickException(str(error)) from None
