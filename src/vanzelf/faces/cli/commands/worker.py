"""`vanzelf worker`: the queue's worker."""

from __future__ import annotations

import click

from vanzelf.faces.cli.django_setup import setup_django


@click.command()
def command() -> None:
    """Do the work that pages queue, such as runs, until it is told to stop."""
    setup_django()
    from vanzelf.city import jobs

    jobs.work()
